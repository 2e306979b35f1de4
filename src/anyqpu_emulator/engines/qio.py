"""Scaleway's exchange format for programs and results: a text, its format as a number, and maybe compressed."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from anyqpu_emulator.shapes import is_object

from .errors import InvalidProgramError, ProgramTooLargeError

FORMATS: Mapping[int, str] = {
    1: "QASM_V1",
    2: "QASM_V2",
    3: "QASM_V3",
    4: "QIR_V1",
    5: "CIRQ_CIRCUIT_JSON_V1",
    6: "PERCEVAL_CIRCUIT_JSON_V1",
    7: "PULSER_SEQUENCE_JSON_V1",
}
QASM_VERSIONS: Mapping[int, tuple[int, ...]] = {2: (2,), 3: (3,)}
CIRQ_JSON, PERCEVAL_JSON, PULSER_JSON = 5, 6, 7
CIRQ_RESULT_JSON, QISKIT_RESULT_JSON = 1, 2
_ZLIB_BASE64 = 2
_LARGEST = 16 * 1024 * 1024


def decode_program(value: Any, here: str) -> tuple[int, str]:
    """The serialization format and the text of a program; `here` names its place in messages."""
    program = value if is_object(value) else {}
    number, text = program.get("serialization_format"), program.get("serialization")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(text, str):
        wanted = "{compression_format: 1 or 2, serialization_format: number, serialization: text}"
        raise InvalidProgramError(f"{here} should be {wanted}")
    match program.get("compression_format"):
        case 1 | None:
            return number, text
        case 2:
            return number, _unpack(text, here)
        case other:
            raise InvalidProgramError(f"{here}: compression_format should be 1 (none) or 2 (zlib), not {other!r}")


def _unpack(text: str, here: str) -> str:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b64decode(text), _LARGEST)
        if unpacker.unconsumed_tail:
            raise ProgramTooLargeError(f"{here} is longer than {_LARGEST} bytes")
        if not unpacker.eof:
            raise InvalidProgramError(f"{here}: the compressed text is cut off")
        return content.decode()
    except (ValueError, binascii.Error, zlib.error) as error:
        raise InvalidProgramError(f"{here} is not base64 of zlib of UTF-8: {error}") from None


def encode_result(result: Mapping[str, Any], serialization_format: int) -> str:
    """A result, compressed, as JSON."""
    packed = base64.b64encode(zlib.compress(json.dumps(result).encode())).decode()
    body = {
        "compression_format": _ZLIB_BASE64,
        "serialization_format": serialization_format,
        "serialization": packed,
    }
    return json.dumps(body)

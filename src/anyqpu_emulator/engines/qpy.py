"""Circuits in Qiskit's own file format, read by Qiskit where it is installed (extra `qiskit`)."""

from __future__ import annotations

import base64
import importlib
import io
import zlib
from collections.abc import Mapping
from typing import Any

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError

# Before this one, a file could have Qiskit run code of its own (CVE-2025-2000).
_SAFE = (1, 4, 2)
_MOST_BYTES = 32 * 2**20


def openqasm3(value: Mapping[str, Any]) -> str:
    """The circuit in `{"__type__": "QuantumCircuit", "__value__": base64 of zlib}`, as OpenQASM 3.

    Raises UnsupportedProgramError, naming the extra, where there is no Qiskit.
    """
    try:
        qiskit: Any = importlib.import_module("qiskit")
        qpy, qasm3 = (importlib.import_module(f"qiskit.{name}") for name in ("qpy", "qasm3"))
    except ImportError:
        message = "QPY circuits are read by Qiskit: pip install 'anyqpu[qiskit]', or send OpenQASM 3 text"
        raise UnsupportedProgramError(message) from None
    if tuple(int(part) for part in qiskit.__version__.split("rc")[0].split(".")[:3]) < _SAFE:
        raise UnsupportedProgramError(f"Qiskit {qiskit.__version__} does not read QPY safely; 1.4.2 and later do")
    raw = _unpacked(value.get("__value__"))
    try:
        circuits: list[Any] = qpy.load(io.BytesIO(raw))
        if len(circuits) != 1:
            raise InvalidProgramError(f"one circuit at a time; there are {len(circuits)}")
        if circuits[0].parameters:
            raise UnsupportedProgramError("parameter values are not emulated; bind them in the circuit")
        return str(qasm3.dumps(circuits[0]))
    except (InvalidProgramError, UnsupportedProgramError):
        raise
    except Exception as error:  # Qiskit's readers raise all sorts
        raise InvalidProgramError(f"Qiskit cannot read the circuit: {error}") from None


def _unpacked(value: Any) -> bytes:
    if not isinstance(value, str):
        raise InvalidProgramError("a circuit in QPY is an object with a text under __value__")
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(base64.b64decode(value, validate=True), _MOST_BYTES)
    except (ValueError, zlib.error) as error:
        raise InvalidProgramError(f"the circuit is not base64 of zlib: {error}") from None
    if reader.unconsumed_tail:
        raise ProgramTooLargeError(f"the circuit has more than {_MOST_BYTES} bytes")
    return raw

"""Scaleway's exchange format: programs and results as text, with numbers for their form, and maybe compressed.

Source: the package qio of Scaleway, which its own Qiskit and Cirq packages use; the API document calls it "payload".
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, cast

from anyqpu._version import __version__
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.program import ProgramFormat
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.model.status import Technology

PLAIN, ZLIB_BASE64 = 1, 2
PROGRAMS: Mapping[ProgramFormat, tuple[str, int]] = {
    ProgramFormat.OPENQASM2: ("QASM_V2", 2),
    ProgramFormat.OPENQASM3: ("QASM_V3", 3),
}
CIRQ_RESULT, QISKIT_RESULT = 1, 2
# What a compressed result may grow to; far more than a million shots of a hundred qubits have.
LARGEST = 512 * 1024 * 1024


def formats_of(technology: Technology, backend: str | None) -> tuple[str, ...]:
    """What a platform takes (inferred: what Scaleway's own packages send to it; the API does not say)."""
    if technology is Technology.PHOTONIC:
        return ("PERCEVAL_CIRCUIT_JSON_V1",)
    if technology is Technology.NEUTRAL_ATOM:
        return ("PULSER_SEQUENCE_JSON_V1",)
    if backend == "qsim":
        return ("QASM_V2", "CIRQ_CIRCUIT_JSON_V1")
    return ("QASM_V2", "QASM_V3")


def word_of(format: ProgramFormat) -> str:
    """The format in Scaleway's word, or in ours if it has none."""
    return PROGRAMS[format][0] if format in PROGRAMS else str(format)


def payload(program: str, format: ProgramFormat, *, platform: str, version: str | None) -> str:
    """A model's payload with one program."""
    packed = base64.b64encode(zlib.compress(program.encode())).decode()
    return json.dumps(
        {
            "programs": [
                {
                    "compression_format": ZLIB_BASE64,
                    "serialization_format": PROGRAMS[format][1],
                    "serialization": packed,
                }
            ],
            "backend": {"name": platform, "version": version, "options": {}},
            "client": {"user_agent": f"anyqpu/{__version__}"},
            "noise_model": None,
        }
    )


def decode(body: Any) -> list[ResultItem]:
    """The results in what a job gave back: wrapped by qio or not, of Qiskit, Cirq, Pulser or Perceval.

    A form that is not known gives one item of kind RAW.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It looks like a form that is known, and is not.
    """
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    if "serialization" in fields and "serialization_format" in fields:
        inner = json.loads(_unpacked(fields["serialization"], fields.get("compression_format")))
        match fields["serialization_format"]:
            case 1:
                return [_cirq(inner)]
            case 2:
                return [_qiskit(each) for each in inner["results"]]
            case _:
                return [ResultItem(kind=ResultKind.RAW)]
    if isinstance(fields.get("counter"), dict):
        # One bit for each atom, in the order of the register, whose names the result does not hold.
        counts = Counts(fields["counter"], order=BitOrder.NATIVE_REGISTER)
        return [ResultItem(kind=ResultKind.COUNTS, counts=counts)]
    results = fields.get("results")
    if isinstance(results, list) and results and all("header" in each for each in cast("list[Any]", results)):
        return [_qiskit(each) for each in cast("list[Any]", results)]
    return [ResultItem(kind=ResultKind.RAW)]


def _unpacked(content: str, compression: int | None) -> str:
    if compression != ZLIB_BASE64:
        return content
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(base64.b64decode(content), LARGEST)
    except zlib.error as error:
        raise ValueError(f"it is not compressed as it says: {error}") from error
    if unpacker.unconsumed_tail:
        raise ValueError(f"it has more than {LARGEST} bytes")
    if not unpacker.eof:
        raise ValueError("it is cut off")
    return text.decode()


def _qiskit(experiment: Mapping[str, Any]) -> ResultItem:
    """Qiskit's counts: hexadecimal numbers whose bit k is classical bit k, padded to the classical registers."""
    header = experiment["header"]
    registers = [(str(name), int(size)) for name, size in header.get("creg_sizes") or ()]
    width = int(header.get("memory_slots") or sum(size for _, size in registers) or header["n_qubits"])
    native = experiment["data"]["counts"]
    totals: Counter[str] = Counter()
    for key, count in native.items():
        number = int(key, 16) if key.startswith("0x") else int(key.replace(" ", ""), 2)
        # Qiskit writes an empty register before the one that was measured; qio drops it the same way.
        totals[f"{number if number < 1 << width else number >> width:0{width}b}"] += int(count)
    bits = [f"{name}[{bit}]" for name, size in registers for bit in range(size)]
    labels = bits[::-1] if len(bits) == width else None
    counts = Counts(totals, bit_labels=labels)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)


def _cirq(result: Mapping[str, Any]) -> ResultItem:
    """Cirq's records: for each measurement key an array (shots, 1, bits), first qubit first, as packed bits."""
    measured = {name: _register(name, record) for name, record in result["records"].items()}
    only = next(iter(measured.values())) if len(measured) == 1 else None
    return ResultItem(kind=ResultKind.COUNTS, counts=only, registers=measured)


def _register(name: str, record: Mapping[str, Any]) -> Counts:
    shots, instances, width = (int(size) for size in record["shape"])
    if not record["binary"] or instances != 1:
        raise ValueError(f"the measurements of {name!r} are no bits, or several for each shot")
    bits = "".join(f"{byte:08b}" for byte in bytes.fromhex(record["packed_digits"]))
    rows = (bits[shot * width : (shot + 1) * width] for shot in range(shots))
    counts = Counts(
        _whole_rows(rows, width), order=BitOrder.LSB_LEFT, bit_labels=[f"{name}[{i}]" for i in range(width)]
    )
    return counts.to(BitOrder.MSB_LEFT)


def _whole_rows(rows: Iterable[str], width: int) -> Counter[str]:
    counted = Counter(rows)
    if any(len(row) != width for row in counted):
        raise ValueError("there are fewer measurements than the shape says")
    return counted

"""Scaleway's exchange format: programs and results as text, with numbers for their form, and maybe compressed.

Source: the package qio of Scaleway, which its own Qiskit and Cirq packages use; the API document calls it "payload".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from anyqpu._version import __version__
from anyqpu.model.counts import Counts
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.model.status import Technology
from anyqpu.providers import photonics
from anyqpu.providers.packing import pack, unpack
from anyqpu.providers.registers import WIDEST, RegisterShots, check_size, joint, labels_of, split
from anyqpu.providers.scaleway import pulser

PLAIN, ZLIB_BASE64 = 1, 2
PROGRAMS: Mapping[ProgramFormat, tuple[str, int]] = {
    ProgramFormat.OPENQASM2: ("QASM_V2", 2),
    ProgramFormat.OPENQASM3: ("QASM_V3", 3),
    ProgramFormat.CIRQ_JSON: ("CIRQ_CIRCUIT_JSON_V1", 5),
    ProgramFormat.PERCEVAL_JSON: ("PERCEVAL_CIRCUIT_JSON_V1", 6),
    ProgramFormat.PULSER_JSON: ("PULSER_SEQUENCE_JSON_V1", 7),
}
FORMATS: Mapping[int, ProgramFormat] = {number: format for format, (_, number) in PROGRAMS.items()}
CIRQ_RESULT, QISKIT_RESULT = 1, 2
# What reading raises where something has another form than it says.
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


def formats_of(technology: Technology, backend: str | None) -> tuple[ProgramFormat, ...]:
    """What a platform takes (inferred: what Scaleway's own packages send to it; the API does not say)."""
    if technology is Technology.PHOTONIC:
        # Of a circuit, a job is made.
        return (ProgramFormat.PERCEVAL_JSON, ProgramFormat.PERCEVAL)
    if technology is Technology.NEUTRAL_ATOM:
        return (ProgramFormat.PULSER_JSON,)
    if backend == "qsim":
        return (ProgramFormat.OPENQASM2, ProgramFormat.CIRQ_JSON)
    return (ProgramFormat.OPENQASM3, ProgramFormat.OPENQASM2)


def words_of(formats: Iterable[ProgramFormat]) -> tuple[str, ...]:
    """The formats in Scaleway's words."""
    return tuple(PROGRAMS[format][0] for format in formats if format in PROGRAMS)


def payload(programs: Sequence[Program], *, platform: str, version: str | None) -> str:
    """A model's payload."""
    return json.dumps(
        {
            "programs": [
                {
                    "compression_format": ZLIB_BASE64,
                    "serialization_format": PROGRAMS[program.format][1],
                    "serialization": pack(program.text),
                }
                for program in programs
            ],
            "backend": {"name": platform, "version": version, "options": {}},
            "client": {"user_agent": f"anyqpu/{__version__}"},
            "noise_model": None,
        }
    )


def programs_in(payload: str) -> tuple[Program, ...]:
    """The programs in a model's payload, or in the `qiskit_circuit` of a job of the older form.

    Raises:
        One of `MALFORMED`: It is neither, or in a language that is not known here.
    """
    fields = json.loads(payload)
    if "sequence" in fields:
        return (Program(fields["sequence"], ProgramFormat.PULSER_JSON),)
    if "run" in fields:
        return tuple(_program(each, "circuit_serialization") for each in fields["run"]["circuits"])
    return tuple(_program(each, "serialization") for each in fields["programs"])


def _program(packed: Mapping[str, Any], key: str) -> Program:
    number = packed["serialization_format"]
    if number not in FORMATS:
        raise ValueError(f"a program has the serialization format {number!r}")
    return Program(_unpacked(packed[key], packed.get("compression_format")), FORMATS[number])


def decode(body: Any) -> list[ResultItem]:
    """The results in what a job gave back: wrapped by qio or not, of Qiskit, Cirq, Pulser or Perceval.

    A form that is not known gives one item of kind RAW.

    Raises:
        One of `MALFORMED`: It looks like a form that is known, and is not.
    """
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    if "serialization" in fields and "serialization_format" in fields:
        inner = json.loads(_unpacked(fields["serialization"], fields.get("compression_format")))
        match fields["serialization_format"]:
            case 1:
                return [_cirq(inner)]
            case 2:
                return _experiments(inner)
            case _:
                return [ResultItem(kind=ResultKind.RAW)]
    if (atoms := pulser.decode(fields)) is not None:
        return [atoms]
    results: Any = fields.get("results")
    if isinstance(results, list) and results and all("header" in each for each in cast("list[Any]", results)):
        # Before Cirq's records: for OpenQASM the older form has both, and only this one names the registers.
        return _experiments(fields)
    if isinstance(fields.get("records"), dict):
        return [_cirq(fields)]
    return photonics.decode(body) or [ResultItem(kind=ResultKind.RAW)]


def _unpacked(content: str, compression: int | None) -> str:
    return unpack(content) if compression == ZLIB_BASE64 else content


def _experiments(result: Mapping[str, Any]) -> list[ResultItem]:
    """Qiskit's result: one experiment for each circuit, of which some may have failed."""
    return [
        _qiskit(each) if each.get("success", True) else _failed(each, result.get("status"))
        for each in result["results"]
    ]


def _failed(experiment: Mapping[str, Any], overall: Any) -> ResultItem:
    """Qiskit's simulators write `ERROR: why` for the status of an experiment."""
    reason = str(experiment.get("status") or overall or "the cloud does not say why")
    return ResultItem(kind=ResultKind.COUNTS, success=False, error=reason.removeprefix("ERROR: "))


def _qiskit(experiment: Mapping[str, Any]) -> ResultItem:
    """Qiskit's counts: hexadecimal numbers whose bit k is classical bit k, padded to the classical registers."""
    header = experiment["header"]
    registers = {str(name): int(size) for name, size in header.get("creg_sizes") or ()}
    declared = sum(registers.values())
    width = int(header.get("memory_slots") or declared or header["n_qubits"])
    if not 0 <= width <= WIDEST or min(registers.values(), default=0) < 0:
        raise ValueError(f"a circuit has {width} classical bits")
    data = experiment["data"]
    memory = data.get("memory")
    check_size(len(data["counts"]) + len(memory or ()), width)
    totals: Counter[str] = Counter()
    for key, count in data["counts"].items():
        totals[_bits(key, width)] += int(count)
    named = registers if declared == width else {}
    counts = Counts(totals, bit_labels=labels_of(named) or None)
    return ResultItem(
        kind=ResultKind.COUNTS,
        counts=counts,
        registers=split(counts, named) if named else None,
        samples=tuple(_bits(each, width) for each in memory) if memory else None,
    )


def _bits(key: str, width: int) -> str:
    number = int(key, 16) if key.startswith("0x") else int(key.replace(" ", ""), 2)
    # Qiskit writes an empty register before the one that was measured; qio drops it the same way.
    return f"{number if number < 1 << width else number >> width:0{width}b}"


def _cirq(result: Mapping[str, Any]) -> ResultItem:
    """Cirq's records: for each measurement key an array (shots, 1, bits), first qubit first, as packed bits.

    Keys are in the order in which the circuit measures them, which is the order that their registers count as
    declared in.
    """
    return joint({str(name): _register(name, record) for name, record in result["records"].items()})


def _register(name: str, record: Mapping[str, Any]) -> RegisterShots:
    shots, instances, width = (int(size) for size in record["shape"])
    if not record["binary"] or instances != 1:
        raise ValueError(f"the measurements of {name!r} are not bits, or several for each shot")
    packed = bytes.fromhex(record["packed_digits"])
    # Before anything of that size is made.
    if not 1 <= width <= WIDEST or not 0 <= shots * width <= 8 * len(packed):
        raise ValueError(f"the measurements of {name!r} are fewer than their shape {shots} times {width} says")
    digits = "".join(f"{byte:08b}" for byte in packed)
    # Bit k of the number is qubit k of the key.
    return RegisterShots(width, [int(digits[shot * width : (shot + 1) * width][::-1], 2) for shot in range(shots)])

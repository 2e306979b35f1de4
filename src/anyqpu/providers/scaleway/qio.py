"""Scaleway's exchange format: programs and results as text, with numbers for their form, and maybe compressed.

Source: the package qio of Scaleway, which its own Qiskit and Cirq packages use; the API document calls it "payload".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from anyqpu._version import __version__
from anyqpu.core.programs import photonics
from anyqpu.core.programs.packing import pack, unpack
from anyqpu.core.results.forms import Budget, FormError, check_shots, parsed, size_of, whole
from anyqpu.core.results.registers import WIDEST, RegisterShots, check_registers, check_size, joint, labels_of, split
from anyqpu.core.results.registers import bits as written
from anyqpu.core.values import text
from anyqpu.model.counts import Counts
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.model.status import Technology
from anyqpu.providers.scaleway import pulser

PLAIN, ZLIB_BASE64 = 1, 2
LONGEST_MESSAGE = 1000
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
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


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
    fields = parsed(payload)
    if "sequence" in fields:
        return (Program(_text(fields["sequence"]), ProgramFormat.PULSER_JSON),)
    if "run" in fields:
        return tuple(_program(program, "circuit_serialization") for program in fields["run"]["circuits"])
    return tuple(_program(program, "serialization") for program in fields["programs"])


def _program(packed: Mapping[str, Any], key: str) -> Program:
    number = packed["serialization_format"]
    if number not in FORMATS:
        raise FormError(f"a program has the serialization format {number!r:.40}")
    return Program(_unpacked(packed[key], packed.get("compression_format"), None), FORMATS[number])


def decode(body: Any, shots: int | None = None) -> list[ResultItem]:
    """Return the results in what a job gave back: wrapped by qio or not, of Qiskit, Cirq, Pulser or Perceval.

    A form that is not known gives one item of kind RAW. `shots` are those of the job, which limit what is unpacked.

    Raises:
        One of `MALFORMED`: It looks like a form that is known, and is not.
    """
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    budget = Budget(shots, size_of(body))
    if "serialization" in fields and "serialization_format" in fields:
        inner = parsed(_unpacked(fields["serialization"], fields.get("compression_format"), budget))
        match fields["serialization_format"]:
            case 1:
                return [_cirq(inner, shots)]
            case 2:
                return _experiments(inner)
            case _:
                return [ResultItem(kind=ResultKind.RAW)]
    if (atoms := pulser.decode(fields)) is not None:
        return [atoms]
    results: Any = fields.get("results")
    if isinstance(results, list) and results and all("header" in result for result in cast("list[Any]", results)):
        # Before Cirq's records: for OpenQASM the older form has both, and only this one names the registers.
        return _experiments(fields)
    if isinstance(fields.get("records"), dict):
        return [_cirq(fields, shots)]
    return photonics.decode(body, budget) or [ResultItem(kind=ResultKind.RAW)]


def _unpacked(content: Any, compression: int | None, budget: Budget | None) -> str:
    text = _text(content)
    return unpack(text, budget) if compression == ZLIB_BASE64 else text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise FormError("a text is missing")


def _experiments(result: Mapping[str, Any]) -> list[ResultItem]:
    """Qiskit's result: one experiment for each circuit, of which some may have failed."""
    return [
        _qiskit(experiment) if experiment.get("success", True) else _failed(experiment, result.get("status"))
        for experiment in result["results"]
    ]


def _failed(experiment: Mapping[str, Any], overall: Any) -> ResultItem:
    """Qiskit's simulators write `ERROR: why` for the status of an experiment."""
    reason = text(experiment.get("status")) or text(overall) or "the cloud does not say why"
    return ResultItem(kind=ResultKind.COUNTS, success=False, error=reason.removeprefix("ERROR: ")[:LONGEST_MESSAGE])


def _qiskit(experiment: Mapping[str, Any]) -> ResultItem:
    """Qiskit's counts: hexadecimal numbers whose bit k is classical bit k, padded to the classical registers."""
    header = experiment["header"]
    registers = {_text(name): whole(size, "a register's size") for name, size in header.get("creg_sizes") or ()}
    check_registers(registers)
    declared = sum(registers.values())
    width = whole(header.get("memory_slots") or declared or header["n_qubits"], "the number of classical bits")
    if width > WIDEST:
        raise FormError(f"a circuit has {width:,} classical bits")
    data = experiment["data"]
    memory = data.get("memory")
    check_size(len(data["counts"]) + len(memory or ()), width)
    totals: Counter[str] = Counter()
    for key, count in data["counts"].items():
        totals[_bits(key, width)] += whole(count)
    named = registers if declared == width else {}
    counts = Counts(totals, bit_labels=labels_of(named) or None)
    return ResultItem(
        kind=ResultKind.COUNTS,
        counts=counts,
        registers=split(counts, named) if named else None,
        samples=tuple(_bits(outcome, width) for outcome in memory) if memory else None,
    )


def _bits(key: str, width: int) -> str:
    number = int(key, 16) if key.startswith("0x") else int(key.replace(" ", ""), 2)
    # Qiskit writes an empty register before the one that was measured; qio drops it the same way.
    return written(number if number < 1 << width else number >> width, width) or "0"


def _cirq(result: Mapping[str, Any], job_shots: int | None) -> ResultItem:
    """Cirq's records: for each measurement key an array (shots, 1, bits), first qubit first, as packed bits.

    Keys are in the order in which the circuit measures them, which is the order that their registers count as
    declared in.
    """
    return joint({str(name): _register(name, record, job_shots) for name, record in result["records"].items()})


def _register(name: str, record: Mapping[str, Any], job_shots: int | None) -> RegisterShots:
    shots, instances, width = (whole(size, "a size") for size in record["shape"])
    if not record["binary"] or instances != 1:
        raise FormError(f"the measurements of {name!r:.60} are not bits, or several for each shot")
    packed = bytes.fromhex(_text(record["packed_digits"]))
    # Before anything of that size is made.
    check_shots(shots, job_shots)
    if not 1 <= width <= WIDEST or not 0 <= shots * width <= 8 * len(packed):
        raise FormError(f"the measurements of {name!r:.60} are fewer than their shape {shots} times {width} says")
    digits = "".join(f"{byte:08b}" for byte in packed)
    # Bit k of the number is qubit k of the key.
    return RegisterShots(width, [int(digits[shot * width : (shot + 1) * width][::-1], 2) for shot in range(shots)])

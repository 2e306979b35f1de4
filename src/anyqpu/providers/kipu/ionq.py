"""IonQ's machines behind Kipu, which measure every qubit: which of them are the program's bits, and their results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from anyqpu.core.results.forms import FormError
from anyqpu.core.results.registers import bits as written
from anyqpu.core.results.registers import check_size
from anyqpu.core.values import count, finite
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.result import ResultItem, ResultKind

REGISTER = "c"
# Far more qubits than any machine has.
WIDEST = 4096


def is_ionq(device_id: str) -> bool:
    """Whether a backend is one of IonQ's through Azure."""
    return device_id.startswith("azure.") and ".ionq." in device_id


def with_bits(program: Program) -> Program:
    """The program with its number of bits as a register in its text, where the machine measures further qubits.

    The job's input is the only place in which the document has room for that: `registers` of AzureIonq_JobInput
    (components/schemas) is a list of qubits for each register, while AzureIonq_JobInputParams has no properties and
    allows no others. Another process reads it back with getJobInput (GET /jobs/{id}/input). A tag would work too, but
    tags are the user's.
    """
    if program.format is not ProgramFormat.IONQ_JSON or program.bits is None:
        return program
    content: dict[str, Any] = program.content
    if "registers" in content or program.bits == content.get("qubits"):
        return program
    content["registers"] = {REGISTER: list(range(program.bits))}
    return replace(program, text=json.dumps(content))


def bits_in(job_input: Any) -> int | None:
    """How many bits, from bit 0, a job's input says are the program's; None where it does not say.

    Other registers than `with_bits` writes are left alone: whether IonQ reorders its histogram for them is not known.
    """
    registers: Any = cast("dict[str, Any]", job_input).get("registers") if isinstance(job_input, dict) else None
    match registers:
        case {"c": [0, *more]} if len(cast("dict[str, Any]", registers)) == 1 and len(more) < WIDEST:
            return 1 + len(more) if more == list(range(1, 1 + len(more))) else None
        case _:
            return None


def items_of(body: Mapping[str, Any], qubits: object = None, bits: int | None = None) -> list[ResultItem]:
    """IonQ's histogram: shares by the number whose bit k is qubit k.

    Args:
        body: The result.
        qubits: How many qubits there are, as the job says it: a number or its text.
        bits: How many of them, from qubit 0, are the program's bits; the others are summed over. None: all.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: It has another form, or is too wide to write out.
    """
    states = cast("dict[str, Any]", body["histogram"])
    # Python reads numbers of a few thousand digits; one of 4096 qubits has 1234.
    if any(len(state) > 1300 or not (state.isascii() and state.isdigit()) for state in states):
        raise FormError("an outcome is not a number of qubit states")
    histogram = {int(state): _share(share) for state, share in states.items()}
    width = _width(qubits) or max([state.bit_length() for state in histogram] + [1])
    if width > WIDEST or any(state < 0 or state >> width for state in histogram):
        raise FormError(f"the outcomes do not fit in {width} qubits, of which there can be {WIDEST}")
    kept = width if bits is None else min(bits, width)
    shares: dict[int, float] = {}
    for state, share in histogram.items():
        outcome = state & ((1 << kept) - 1)
        shares[outcome] = shares.get(outcome, 0.0) + share
    check_size(len(shares), kept)
    return [
        ResultItem(
            kind=ResultKind.PROBABILITIES,
            probabilities={written(state, kept): share for state, share in sorted(shares.items())},
        )
    ]


def _share(value: Any) -> float:
    share = finite(value)
    if share is None or share < 0:
        raise FormError("a share is not a number from 0 to 1")
    return float(share)


def _width(qubits: object) -> int | None:
    """The number of qubits in what the cloud adds to a job's parameters, which is a text."""
    if isinstance(qubits, int):
        qubits = "" if count(qubits) is None or isinstance(qubits, bool) else str(qubits)
    text = qubits if isinstance(qubits, str) else ""
    if not text.isascii() or not text.isdigit():
        return None
    # Not read as a number before it is known to be a short one.
    if len(text) > 9 or not 1 <= int(text) <= WIDEST:
        raise FormError(f"the job has {text[:20]} qubits, of which there can be {WIDEST}")
    return int(text)

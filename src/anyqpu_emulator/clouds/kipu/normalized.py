"""Results and inputs in the form that all backends share.

They are made from the samples and states of the computation, not from the results in the makers' own forms, so that a
client can compare the two. Classical bit 0 is the rightmost character of a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from anyqpu_emulator.engines.statevector import Samples, State
from anyqpu_emulator.shapes import is_list

from .encoding import PIECE, Pieces, encode
from .submission import Submission

# Where more outcomes have a share, the least likely are left out; the number is inferred.
MOST_OUTCOMES = 2**16
_NOISE = 1e-12
# What Qiskit calls the measurement of a classical bit on IQM's machines: register, its length, its place, the bit.
_IQM_KEY = re.compile(r"(.+)_(\d{1,7})_(\d{1,7})_(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job gives: its result in the maker's own form, an entry for each program, and the single shots if any."""

    raw: Mapping[str, Any] | list[Any]
    pubs: tuple[dict[str, Any], ...] = ()
    shots: Samples | None = None


def encoded(outcome: Outcome, names: Sequence[str | None]) -> bytes:
    """Return three lines of JSON: the raw result, the normalized one, and the shots; the last two may be empty."""
    lines = [encode(outcome.raw), b"", b""]
    if outcome.pubs:
        lines[1] = encode({"pubs": [_entry(pub, place, names) for place, pub in enumerate(outcome.pubs)]})
    if outcome.shots is not None:
        lines[2] = encode(_memory(outcome.shots))
    return b"\n".join(lines)


def part(content: bytes, place: int) -> bytes:
    """Return one of the three lines; the first one where a result was stored before there were three."""
    lines = content.split(b"\n")
    return lines[place] if place < len(lines) else b""


def _entry(pub: dict[str, Any], place: int, names: Sequence[str | None]) -> dict[str, Any]:
    return {"type": pub["type"], "index": place, **_named(place, names), **pub}


def _named(place: int, names: Sequence[str | None]) -> dict[str, str]:
    name = names[place] if place < len(names) else None
    return {} if name is None else {"name": name}


def counts(samples: Samples) -> dict[str, Any]:
    """Return the entry of a program that was sampled."""
    return {
        "type": "counts",
        "key_format": "bitstring",
        "counts": samples.counts(),
        "shots": len(samples.slots),
        "qubits": samples.width,
    }


def probabilities(state: State, num_qubits: int) -> dict[str, Any]:
    """Return the entry of a program that was not sampled, from its final state."""
    shares = np.abs(state) ** 2
    outcomes = np.flatnonzero(shares > _NOISE)
    truncated = len(outcomes) > MOST_OUTCOMES
    if truncated:
        outcomes = np.sort(outcomes[np.argsort(shares[outcomes])[-MOST_OUTCOMES:]])
    return {
        "type": "probabilities",
        "key_format": "bitstring",
        "probabilities": {f"{index:0{num_qubits}b}": float(shares[index]) for index in outcomes.tolist()},
        "qubits": num_qubits,
        "truncated": truncated,
    }


def by_classical_bit(samples: Samples, keys: Sequence[str]) -> Samples:
    """Return samples of IQM's, whose bits are in the order of measurement keys, in the order of classical bits.

    Where the keys do not name classical bits, the first one is bit 0.
    """
    named = [_IQM_KEY.fullmatch(key) for key in keys]
    places = [(int(match[3]), int(match[4])) for match in named if match]
    lengths = {int(match[3]): int(match[2]) for match in named if match}
    if len(places) < len(keys) or len(set(places)) < len(places):
        return samples
    starts, width = dict[int, int](), 0
    for register in sorted(lengths):
        starts[register] = width
        width += lengths[register]
    moves = [(bit, starts[register] + index) for bit, (register, index) in enumerate(places)]
    values = [sum((value >> bit & 1) << target for bit, target in moves) for value in samples.values]
    return replace(samples, width=width, values=values)


def _memory(samples: Samples) -> dict[str, Any]:
    texts = [hex(value) for value in samples.values]
    slots: list[int] = samples.slots.tolist()

    def lists() -> Iterator[list[str]]:
        for start in range(0, len(slots), PIECE):
            yield [texts[slot] for slot in slots[start : start + PIECE]]

    return {"memory": Pieces(lists()), "qubits": samples.width, "shots": len(slots)}


def input_of(job: Submission) -> dict[str, Any] | None:
    """Return the programs of a job in OpenQASM; None where the job's input is in another language.

    The emulator translates nothing: what is not OpenQASM is shown only if the client sent that beside it.
    """
    texts = list(job.captured) or _texts(job)
    if not texts or len(texts) != job.programs:
        return None
    old = all(re.match(r"\s*(//[^\n]*\s*)*OPENQASM\s+2", text) for text in texts)
    pubs = [
        {**_named(place, job.names), "qasm": text, "shots": shots}
        for place, (text, shots) in enumerate(zip(texts, job.shots_of_programs(), strict=True))
    ]
    return {"format": "openqasm.v2" if old else "openqasm.v3", "pubs": pubs}


def _texts(job: Submission) -> list[str]:
    match job.backend.input_kind:
        case "qasm":
            return job.texts
        case "ibm":
            circuits = [pub[0] if is_list(pub) and pub else pub for pub in job.input["pubs"]]
            texts = [circuit for circuit in circuits if isinstance(circuit, str)]
            return texts if len(texts) == len(circuits) else []
        case _:
            return []


def failed(code: str, message: str) -> dict[str, Any]:
    """Return the normalized result of a job that failed."""
    return {"pubs": [{"type": "error", "error": {"message": message, "code": code}}]}

"""Single photons through a linear interferometer, given as a unitary, by permanents."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, StoppedError, TooLargeHereError, UnsupportedProgramError

Unitary: TypeAlias = NDArray[np.complex128]
MAX_PHOTONS, MAX_OUTPUTS = 10, 20_000


@dataclass(frozen=True, slots=True)
class Interferometer:
    """Photons of mode j leave in mode i with amplitude `unitary[i, j]`; `state` counts those that enter."""

    unitary: Unitary
    state: tuple[int, ...]


def parse(text: str) -> Interferometer:
    """Read `{"unitary": rows of [real, imaginary] or numbers, "input_state": [1, 0, …]}`."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"the photonic program is not JSON: {error}") from None
    if not is_object(value) or "unitary" not in value:
        raise UnsupportedProgramError(
            "the photonic program is neither a job of Perceval's, with `circuit` or `experiment`, nor "
            '{"unitary": [[[re, im], …], …], "input_state": [1, 1, …]}'
        )
    return interferometer(_unitary(value["unitary"]), _state(value.get("input_state")))


def interferometer(unitary: Unitary, state: tuple[int, ...]) -> Interferometer:
    """Photons in a circuit, if there are not too many to compute."""
    if len(state) != len(unitary):
        raise InvalidProgramError(f"input_state has {len(state)} modes, unitary {len(unitary)}")
    photons = sum(state)
    outputs = math.comb(photons + len(state) - 1, photons)
    if photons > MAX_PHOTONS or outputs > MAX_OUTPUTS:
        raise TooLargeHereError(
            f"{photons} photons in {len(state)} modes have {outputs} outcomes; "
            f"this emulator computes up to {MAX_PHOTONS} photons and {MAX_OUTPUTS} outcomes"
        )
    return Interferometer(unitary, state)


def _unitary(value: Any) -> Unitary:
    rows: list[Any] = value if is_list(value) else []
    if not rows or not all(is_list(row) and len(row) == len(rows) for row in rows):
        raise InvalidProgramError("unitary should be a square matrix, as a list of rows")
    matrix = np.array([[_number(entry) for entry in row] for row in rows], dtype=np.complex128)
    if not np.allclose(matrix @ matrix.conj().T, np.eye(len(rows)), atol=1e-6):
        raise InvalidProgramError("unitary is not unitary")
    return matrix


def _number(entry: Any) -> complex:
    parts: list[Any] = entry if is_list(entry) else [entry, 0]
    if len(parts) != 2 or not all(isinstance(p, int | float) and abs(p) <= 2 for p in parts):
        raise InvalidProgramError("entries of unitary should be [real, imaginary] or numbers, of size up to 1")
    return complex(parts[0], parts[1])


def _state(value: Any) -> tuple[int, ...]:
    counts: list[Any] = value if is_list(value) else []
    if not counts or not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= 100 for n in counts):
        raise InvalidProgramError("input_state should be a list of photon numbers, one per mode")
    if not any(counts):
        raise InvalidProgramError("input_state has no photon")
    return tuple(counts)


def probabilities(program: Interferometer, stopped: Callable[[], bool]) -> dict[tuple[int, ...], float]:
    """How likely each outcome is."""
    columns = [mode for mode, count in enumerate(program.state) for _ in range(count)]
    scale = math.prod(math.factorial(count) for count in program.state)
    signs = _signs(len(columns))
    amplitudes: dict[tuple[int, ...], float] = {}
    for rows in itertools.combinations_with_replacement(range(len(program.state)), len(columns)):
        if stopped():
            raise StoppedError("the computation was stopped")
        outcome = tuple(rows.count(mode) for mode in range(len(program.state)))
        amplitude = permanent(program.unitary[np.ix_(rows, columns)], signs)
        amplitudes[outcome] = abs(amplitude) ** 2 / (scale * math.prod(math.factorial(count) for count in outcome))
    return amplitudes


def _signs(size: int) -> NDArray[np.float64]:
    """All rows of signs that begin with 1."""
    return np.array([(1.0, *rest) for rest in itertools.product((1.0, -1.0), repeat=size - 1)])


def permanent(matrix: Unitary, signs: NDArray[np.float64] | None = None) -> complex:
    """Glynn's formula: 2^(n-1) products instead of n! ones. `signs` saves making them again."""
    rows = _signs(len(matrix)) if signs is None else signs
    return complex(np.sum(np.prod(rows, axis=1) * np.prod(rows @ matrix, axis=1))) / len(rows)


def sample(
    program: Interferometer, shots: int, rng: np.random.Generator, stopped: Callable[[], bool]
) -> dict[str, int]:
    """How often each outcome was seen, under keys such as `|0,2>`."""
    likely = probabilities(program, stopped)
    weights = np.array(list(likely.values()))
    draws = rng.multinomial(shots, weights / weights.sum()).tolist()
    return {spell(outcome): count for outcome, count in zip(likely, draws, strict=True) if count}


def spell(outcome: tuple[int, ...]) -> str:
    """An outcome such as `|0,2>`."""
    return "|" + ",".join(map(str, outcome)) + ">"

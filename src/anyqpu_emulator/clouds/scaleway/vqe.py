"""The application `vqe`: the lowest energy of a Hamiltonian of Pauli strings, found by rotating one angle at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.engines.circuit import Circuit, Gate, Operation
from anyqpu_emulator.engines.errors import EngineError, StoppedError
from anyqpu_emulator.engines.gates import matrix, ry
from anyqpu_emulator.engines.statevector import State, final_state
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.workers import Failure

MAX_QUBITS, MAX_TERMS, MAX_LAYERS, MAX_SWEEPS = 6, 100, 5, 100
_X = matrix([[0, 1], [1, 0]])
# An angle that moves the energy by less than this is at its best.
_ENOUGH = 1e-9


class InputError(ValueError):
    """An invalid input of a process."""


@dataclass(frozen=True, slots=True)
class Term:
    """A Pauli string: the bits that it flips, the bits whose value is its sign, how many Y, and its weight."""

    flips: int
    signs: int
    ys: int
    weight: float


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem to minimise, and limits of the search."""

    num_qubits: int
    terms: tuple[Term, ...]
    layers: int
    max_sweeps: int


def parse(text: str) -> Problem:
    """Read an input as in the application's template; the rightmost letter of a string is qubit 0."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"should be JSON: {error}") from None
    if not is_object(value):
        raise InputError("should be a JSON object")
    rows: Any = value.get("hamiltonian")
    if not is_list(rows) or not 1 <= len(rows) <= MAX_TERMS:
        raise InputError(f'hamiltonian should be a list of 1 to {MAX_TERMS} terms such as ["ZZ", 0.5]')
    terms: list[Term] = []
    widths: set[int] = set()
    for row in rows:
        letters, weight = _term(row)
        widths.add(len(letters))
        terms.append(_masks(letters, weight))
    if len(widths) != 1:
        raise InputError("all Pauli strings of hamiltonian should be of one length")
    layers = _count(value, "layers", 1, MAX_LAYERS)
    return Problem(widths.pop(), tuple(terms), layers, _count(value, "max_sweeps", 20, MAX_SWEEPS))


def _term(row: Any) -> tuple[str, float]:
    parts: list[Any] = row if is_list(row) else []
    if (
        len(parts) == 2
        and isinstance(parts[0], str)
        and 1 <= len(parts[0]) <= MAX_QUBITS
        and set(parts[0]) <= set("IXYZ")
    ):
        weight = parts[1]
        if isinstance(weight, int | float) and not isinstance(weight, bool) and abs(weight) < 1e12:
            return parts[0], float(weight)
    raise InputError(f"a term should be [1 to {MAX_QUBITS} of the letters I, X, Y, Z, number]")


def _masks(letters: str, weight: float) -> Term:
    def bits(of: str) -> int:
        return sum(1 << place for place, letter in enumerate(reversed(letters)) if letter in of)

    return Term(bits("XY"), bits("YZ"), letters.count("Y"), weight)


def _count(value: Mapping[str, Any], key: str, default: int, most: int) -> int:
    number = value.get(key, default)
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= most:
        raise InputError(f"{key} should be a whole number of 1 to {most}")
    return number


def computation(problem: Problem, seed: list[int]) -> Callable[[Callable[[], bool]], bytes | Failure]:
    """Return the computation of a problem."""

    def compute(stopped: Callable[[], bool]) -> bytes | Failure:
        try:
            return json.dumps(_solve(problem, np.random.default_rng(seed), stopped)).encode()
        except EngineError as error:
            return Failure(error.code, str(error))

    return compute


def _solve(problem: Problem, rng: np.random.Generator, stopped: Callable[[], bool]) -> dict[str, Any]:
    """Rotosolve: in one angle the energy is a sine, so three values give the best angle exactly."""
    angles = rng.uniform(-math.pi, math.pi, problem.num_qubits * (problem.layers + 1)).tolist()

    def energy_with(place: int, angle: float) -> float:
        changed = [*angles[:place], angle, *angles[place + 1 :]]
        return energy(problem, final_state(_ansatz(problem, changed), stopped=stopped))

    history = [energy_with(0, angles[0])]
    for _ in range(problem.max_sweeps):
        for place, angle in enumerate(angles):
            if stopped():
                raise StoppedError("the computation was stopped")
            here, up, down = (energy_with(place, angle + shift) for shift in (0.0, math.pi / 2, -math.pi / 2))
            best = angle - math.pi / 2 - math.atan2(2 * here - up - down, up - down)
            angles[place] = math.remainder(best, 2 * math.pi)
        history.append(energy_with(0, angles[0]))
        if history[-2] - history[-1] < _ENOUGH:
            break
    return {"eigenvalue": history[-1], "optimal_parameters": angles, "energies": history, "sweeps": len(history) - 1}


def _ansatz(problem: Problem, angles: list[float]) -> Circuit:
    """Layers of RY on every qubit, with a chain of CX between them."""
    count = problem.num_qubits
    operations: list[Operation] = []
    for place, angle in enumerate(angles):
        qubit = place % count
        if place and qubit == 0:
            operations += [Gate(_X, (target,), (target - 1,)) for target in range(1, count)]
        operations.append(Gate(ry(angle), (qubit,)))
    return Circuit(count, (), tuple(operations))


def energy(problem: Problem, state: State) -> float:
    """The expectation of the Hamiltonian."""
    indices: NDArray[np.int64] = np.arange(len(state), dtype=np.int64)
    total = 0.0
    for term in problem.terms:
        negative = np.zeros(len(state), dtype=np.int64)
        for qubit in range(problem.num_qubits):
            negative ^= (indices & term.signs) >> qubit & 1
        moved = np.where(negative == 1, -state, state) * 1j**term.ys
        total += term.weight * float(np.real(np.vdot(state[indices ^ term.flips], moved)))
    return total

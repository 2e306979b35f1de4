"""Gates as short lists of operations on qubits 0, 1, 2 … of their own, and what modifiers make of them.

Phases are exact: a controlled gate turns the phase of what it controls into one that can be measured. The convention
is Qiskit's (`U` and `u3` as there, a power by the principal logarithm, for a rotation by its angle).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from anyqpu_emulator.engines.circuit import Gate, Phase
from anyqpu_emulator.engines.gates import GATES, GateDefinition, Matrix

from .limits import MAX_MATRIX_QUBITS, MAX_OPERATIONS
from .types import TooWideError, TypeMismatchError

Template: TypeAlias = tuple[Gate | Phase, ...]

# Qiskit raises these to a power by their (first) angle, and all other gates by the principal logarithm. The two differ
# where the angle is beyond the cut.
_BY_ANGLE = frozenset(("rx", "ry", "rz", "p", "phase", "r", "rxx", "ryy", "rzz", "rzx", "cp", "cphase"))
# Powers of these are phase gates there.
_PHASES = {"z": math.pi, "s": math.pi / 2, "sdg": -math.pi / 2, "t": math.pi / 4, "tdg": -math.pi / 4}
_REPEATED = 16
"""Powers up to this one are written out; beyond, the matrix is raised, also that of several operations."""
_X = GATES["x"].build()


@dataclass(frozen=True, slots=True)
class Applied:
    """A gate of the table with its angles; kept apart from its matrix as long as modifiers only change an angle."""

    name: str
    definition: GateDefinition
    angles: tuple[float, ...]

    def template(self) -> Template:
        """The gate itself."""
        controls = tuple(range(self.definition.controls))
        targets = tuple(range(self.definition.controls, self.definition.qubits))
        return (Gate(self.definition.build(*self.angles), targets, controls),)

    def power(self, exponent: float) -> Applied | None:
        """The power of a rotation; None for other gates."""
        if self.name in _PHASES:
            return (
                self
                if exponent == -1 and self.name == "z"
                else Applied("p", GATES["p"], (_PHASES[self.name] * exponent,))
            )
        if self.name not in _BY_ANGLE:
            return None
        return Applied(self.name, self.definition, (self.angles[0] * exponent, *self.angles[1:]))

    def controlled(self) -> Applied | None:
        """The phase gate under one control, which is a rotation too; None for other gates."""
        return Applied("cp", GATES["cp"], self.angles) if self.name in ("p", "phase") else None


def moved(template: Sequence[Gate | Phase], qubits: Sequence[int]) -> list[Gate | Phase]:
    """The operations on other qubits: qubit i becomes `qubits[i]`."""
    at = qubits.__getitem__
    return [
        op
        if isinstance(op, Phase)
        else Gate(op.matrix, tuple(map(at, op.targets)), tuple(map(at, op.controls)) if op.controls else ())
        for op in template
    ]


def inverse(template: Template) -> Template:
    """The inverse."""
    return tuple(
        Phase(-op.angle) if isinstance(op, Phase) else Gate(op.matrix.conj().T, op.targets, op.controls)
        for op in reversed(template)
    )


def controlled(template: Template, count: int, *, negative: bool) -> Template:
    """The gate under `count` more controls, which come first among the qubits; `negative` ones act at 0."""
    controls = tuple(range(count))
    inner: list[Gate | Phase] = []
    for op in template:
        if isinstance(op, Phase):
            inner.append(Gate(np.diag([1, cmath.exp(1j * op.angle)]), (count - 1,), controls[:-1]))
        else:
            targets = tuple(target + count for target in op.targets)
            inner.append(Gate(op.matrix, targets, controls + tuple(control + count for control in op.controls)))
    if not negative:
        return tuple(inner)
    flips = tuple(Gate(_X, (control,)) for control in controls)
    return (*flips, *inner, *flips)


def power(template: Template, qubits: int, exponent: float) -> Template:
    """The power of a gate on so many qubits.

    Raises TooWideError where that needs the matrix of too many qubits.
    """
    whole = isinstance(exponent, int) or float(exponent).is_integer()
    if whole and exponent < 0:
        return power(inverse(template), qubits, -exponent)
    if whole and exponent in (0, 1):
        return template if exponent == 1 else ()
    if len(template) == 1:
        return (_single_power(template[0], exponent, whole),)
    if whole and (exponent <= _REPEATED or qubits > MAX_MATRIX_QUBITS):
        if exponent * len(template) > MAX_OPERATIONS:
            raise TooWideError(
                f"pow({exponent:g}) of a gate of {len(template)} operations comes to more than the limit of "
                f"{MAX_OPERATIONS}"
            )
        return template * int(exponent)
    if not template:
        return ()
    if qubits > MAX_MATRIX_QUBITS:
        raise TooWideError(
            f"a fractional power of a gate on {qubits} qubits; the limit of such powers is {MAX_MATRIX_QUBITS} qubits"
        )
    matrix = matrix_power(unitary(template, qubits), exponent, whole)
    return (Gate(matrix, tuple(range(qubits))),)


def _single_power(op: Gate | Phase, exponent: float, whole: bool) -> Gate | Phase:
    if isinstance(op, Phase):
        return Phase(math.remainder(op.angle, 2 * math.pi) * exponent)
    # The power of a controlled gate is the controlled power: the rest of its matrix is 1.
    return Gate(matrix_power(op.matrix, exponent, whole), op.targets, op.controls)


def matrix_power(matrix: Matrix, exponent: float, whole: bool) -> Matrix:
    """A real power of a unitary matrix: products for integers, else the principal logarithm."""
    if whole:
        return np.asarray(np.linalg.matrix_power(matrix, int(exponent)), dtype=np.complex128)
    if not math.isfinite(exponent):
        raise TypeMismatchError("the exponent of pow must be finite")
    vectors, phases = _diagonalized(matrix)
    return np.asarray((vectors * np.exp(1j * phases * exponent)) @ vectors.conj().T, dtype=np.complex128)


def _diagonalized(matrix: Matrix) -> tuple[Matrix, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Eigenvectors of a unitary, orthonormal also where eigenvalues coincide, and the phases in (-π, π].

    The Hermitian parts U + U† and (U - U†)/i share them; a mixture of both separates all eigenvalues, for all but
    few ratios.
    """
    real, imaginary = (matrix + matrix.conj().T) / 2, (matrix - matrix.conj().T) / 2j
    blocks: list[tuple[float, Matrix, Matrix]] = []
    for ratio in (0.7390851332, 1.3247179572, 0.2078795764):
        _values, vectors = np.linalg.eigh(real + ratio * imaginary)
        diagonal = vectors.conj().T @ matrix @ vectors
        rest = float(np.abs(diagonal - np.diag(np.diag(diagonal))).max())
        blocks.append((rest, vectors, diagonal))
    _rest, vectors, diagonal = min(blocks, key=lambda one: one[0])
    phases = np.angle(np.diag(diagonal))
    # -1 is on the cut; rounding must not choose the side.
    phases[phases < -math.pi + 1e-9] = math.pi
    return vectors, phases


def unitary(template: Template, qubits: int) -> Matrix:
    """The matrix of a gate; qubit 0 is the most significant bit of an index."""
    size = 1 << qubits
    columns = np.eye(size, dtype=np.complex128).reshape((2,) * qubits + (size,))
    for op in template:
        if isinstance(op, Phase):
            columns = columns * cmath.exp(1j * op.angle)
            continue
        places = (*op.controls, *op.targets)
        whole = np.eye(1 << len(places), dtype=np.complex128)
        whole[-len(op.matrix) :, -len(op.matrix) :] = op.matrix
        tensor = whole.reshape((2,) * (2 * len(places)))
        axes = tuple(range(len(places), 2 * len(places)))
        columns = np.moveaxis(np.tensordot(tensor, columns, axes=(axes, places)), range(len(places)), places)
    return np.asarray(columns.reshape(size, size), dtype=np.complex128)

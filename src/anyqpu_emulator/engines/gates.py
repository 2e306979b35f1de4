"""The gate set: every name that the front ends know, with its matrix.

Definitions follow OpenQASM's qelib1.inc and stdgates.inc (with `U` and `u3` of the same phase, as Qiskit has
it) and the gate reference of Amazon Braket. Angles are in radians. The first target is the most significant bit
of a matrix index.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class GateDefinition:
    """How many parameters, controls and targets a name takes, and the matrix on the targets."""

    params: int
    controls: int
    targets: int
    build: Callable[..., Matrix]

    @property
    def qubits(self) -> int:
        """Controls come first in the operands, then targets."""
        return self.controls + self.targets


def matrix(rows: Sequence[Sequence[complex]]) -> Matrix:
    """A complex matrix from rows."""
    return np.array(rows, dtype=np.complex128)


def u(theta: float, phi: float, lam: float) -> Matrix:
    """The general rotation of one qubit."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return matrix([[c, -cmath.exp(1j * lam) * s], [cmath.exp(1j * phi) * s, cmath.exp(1j * (phi + lam)) * c]])


def phase(lam: float) -> Matrix:
    """diag(1, e^{iλ})."""
    return matrix([[1, 0], [0, cmath.exp(1j * lam)]])


def rx(theta: float) -> Matrix:
    """exp(-iθX/2)."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return matrix([[c, -1j * s], [-1j * s, c]])


def ry(theta: float) -> Matrix:
    """exp(-iθY/2)."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return matrix([[c, -s], [s, c]])


def rz(theta: float) -> Matrix:
    """exp(-iθZ/2)."""
    return matrix([[cmath.exp(-0.5j * theta), 0], [0, cmath.exp(0.5j * theta)]])


def prx(theta: float, phi: float) -> Matrix:
    """A rotation by θ about the axis at angle φ in the XY plane; also called r and phased-RX."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return matrix([[c, -1j * cmath.exp(-1j * phi) * s], [-1j * cmath.exp(1j * phi) * s, c]])


def _cu(theta: float, phi: float, lam: float, gamma: float) -> Matrix:
    return cmath.exp(1j * gamma) * u(theta, phi, lam)


_I = matrix([[1, 0], [0, 1]])
_X = matrix([[0, 1], [1, 0]])
_Y = matrix([[0, -1j], [1j, 0]])
_Z = matrix([[1, 0], [0, -1]])
_H = matrix([[1, 1], [1, -1]]) / math.sqrt(2)
_SX = matrix([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2
_SWAP = matrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
_ECR = matrix([[0, 0, 1, 1j], [0, 0, 1j, 1], [1, -1j, 0, 0], [-1j, 1, 0, 0]]) / math.sqrt(2)
# The Toffoli gates up to phases of qelib1.inc; the two and three controls come first.
_RCCX = np.eye(8, dtype=np.complex128)
_RCCX[5, 5] = -1
_RCCX[6:, 6:] = [[0, -1j], [1j, 0]]
_RC3X = np.eye(16, dtype=np.complex128)
_RC3X[12, 12], _RC3X[13, 13] = 1j, -1j
_RC3X[14:, 14:] = [[0, 1], [-1, 0]]
_DCX = matrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 1, 0, 0]])


def _ising(first: Matrix, second: Matrix) -> Callable[[float], Matrix]:
    """exp(-iθ/2 A⊗B) for Pauli matrices A, B, whose product squares to one."""
    product = np.kron(first, second)
    one = np.eye(4, dtype=np.complex128)
    return lambda theta: math.cos(theta / 2) * one - 1j * math.sin(theta / 2) * product


def _xy(theta: float) -> Matrix:
    c, s = math.cos(theta / 2), 1j * math.sin(theta / 2)
    return matrix([[1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, 1]])


def _pswap(angle: float) -> Matrix:
    e = cmath.exp(1j * angle)
    return matrix([[1, 0, 0, 0], [0, 0, e, 0], [0, e, 0, 0], [0, 0, 0, 1]])


def _phase_at(place: int) -> Callable[[float], Matrix]:
    def build(angle: float) -> Matrix:
        diagonal = np.ones(4, dtype=np.complex128)
        diagonal[place] = cmath.exp(1j * angle)
        return np.diag(diagonal)

    return build


def _gpi(angle: float) -> Matrix:
    return matrix([[0, cmath.exp(-1j * angle)], [cmath.exp(1j * angle), 0]])


def _gpi2(angle: float) -> Matrix:
    return matrix([[1, -1j * cmath.exp(-1j * angle)], [-1j * cmath.exp(1j * angle), 1]]) / math.sqrt(2)


def _ms(phi0: float, phi1: float, theta: float) -> Matrix:
    c, s = math.cos(theta / 2), -1j * math.sin(theta / 2)
    plus, minus = cmath.exp(1j * (phi0 + phi1)), cmath.exp(1j * (phi0 - phi1))
    return matrix(
        [
            [c, 0, 0, s * plus.conjugate()],
            [0, c, s * minus.conjugate(), 0],
            [0, s * minus, c, 0],
            [s * plus, 0, 0, c],
        ]
    )


def _u2(phi: float, lam: float) -> Matrix:
    return u(math.pi / 2, phi, lam)


def _u0(_cycles: float) -> Matrix:
    return _I


def _fixed(value: Matrix) -> Callable[[], Matrix]:
    return lambda: value


_SINGLE: dict[str, tuple[int, Callable[..., Matrix]]] = {
    "id": (0, _fixed(_I)),
    "x": (0, _fixed(_X)),
    "y": (0, _fixed(_Y)),
    "z": (0, _fixed(_Z)),
    "h": (0, _fixed(_H)),
    "s": (0, _fixed(phase(math.pi / 2))),
    "sdg": (0, _fixed(phase(-math.pi / 2))),
    "t": (0, _fixed(phase(math.pi / 4))),
    "tdg": (0, _fixed(phase(-math.pi / 4))),
    "sx": (0, _fixed(_SX)),
    "sxdg": (0, _fixed(_SX.conj().T)),
    "rx": (1, rx),
    "ry": (1, ry),
    "rz": (1, rz),
    "p": (1, phase),
    "u2": (2, _u2),
    "u3": (3, u),
    "u0": (1, _u0),
    "prx": (2, prx),
    "gpi": (1, _gpi),
    "gpi2": (1, _gpi2),
}
_DOUBLE: dict[str, tuple[int, Callable[..., Matrix]]] = {
    "swap": (0, _fixed(_SWAP)),
    "iswap": (0, lambda: _xy(math.pi)),
    "dcx": (0, _fixed(_DCX)),
    "ecr": (0, _fixed(_ECR)),
    "rxx": (1, _ising(_X, _X)),
    "ryy": (1, _ising(_Y, _Y)),
    "rzz": (1, _ising(_Z, _Z)),
    "rzx": (1, _ising(_Z, _X)),
    "xy": (1, _xy),
    "pswap": (1, _pswap),
    "cphaseshift00": (1, _phase_at(0)),
    "cphaseshift01": (1, _phase_at(1)),
    "cphaseshift10": (1, _phase_at(2)),
    "ms": (3, _ms),
}
# name: (number of controls, the gate under control)
_CONTROLLED = {
    "cx": (1, "x"),
    "cy": (1, "y"),
    "cz": (1, "z"),
    "ch": (1, "h"),
    "cs": (1, "s"),
    "csdg": (1, "sdg"),
    "csx": (1, "sx"),
    "cp": (1, "p"),
    "crx": (1, "rx"),
    "cry": (1, "ry"),
    "crz": (1, "rz"),
    "cu3": (1, "u3"),
    "ccx": (2, "x"),
    "ccz": (2, "z"),
    "c3x": (3, "x"),
    "c4x": (4, "x"),
    "c3sx": (3, "sx"),
    "cswap": (1, "swap"),
}
ALIASES = {
    "i": "id",
    "not": "x",
    "si": "sdg",
    "ti": "tdg",
    "v": "sx",
    "vi": "sxdg",
    "u": "u3",
    "U": "u3",
    "u1": "p",
    "phase": "p",
    "phaseshift": "p",
    "r": "prx",
    "cnot": "cx",
    "CX": "cx",
    "cv": "csx",
    "cu1": "cp",
    "cphase": "cp",
    "cphaseshift": "cp",
    "ccnot": "ccx",
    "toffoli": "ccx",
    "c3sqrtx": "c3sx",
    "xx": "rxx",
    "yy": "ryy",
    "zz": "rzz",
}


def _definitions() -> dict[str, GateDefinition]:
    table = {name: GateDefinition(params, 0, 1, build) for name, (params, build) in _SINGLE.items()}
    table |= {name: GateDefinition(params, 0, 2, build) for name, (params, build) in _DOUBLE.items()}
    for name, (controls, base) in _CONTROLLED.items():
        table[name] = GateDefinition(table[base].params, controls, table[base].targets, table[base].build)
    table["rccx"] = GateDefinition(0, 0, 3, _fixed(_RCCX))
    table["rc3x"] = GateDefinition(0, 0, 4, _fixed(_RC3X))
    table["cu"] = GateDefinition(4, 1, 1, _cu)
    return table | {alias: table[name] for alias, name in ALIASES.items()}


GATES: dict[str, GateDefinition] = _definitions()

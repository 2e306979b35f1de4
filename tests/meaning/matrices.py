"""Gate matrices, written from Amazon Braket's gate reference and IonQ's API documentation. The first qubit is the most
significant of a matrix, as both print them."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.complex128]

_X = np.array([[0, 1], [1, 0]], dtype=complex)
_Y = np.array([[0, -1j], [1j, 0]])
_Z = np.diag([1, -1]).astype(complex)


def _diagonal(*phases: float) -> Matrix:
    return np.diag([cmath.exp(1j * phase) for phase in phases])


def _around(axis: Matrix, angle: float) -> Matrix:
    """exp(-i angle/2 axis), for an axis that is its own inverse."""
    return math.cos(angle / 2) * np.eye(len(axis)) - 1j * math.sin(angle / 2) * axis


def controlled(matrix: Matrix, on: int = 1) -> Matrix:
    """The gate with one control more, which comes first."""
    size = len(matrix)
    result = np.eye(2 * size, dtype=complex)
    place = size if on else 0
    result[place : place + size, place : place + size] = matrix
    return result


def _u(theta: float, phi: float, lam: float) -> Matrix:
    """U of OpenQASM 3."""
    cos, sin = math.cos(theta / 2), math.sin(theta / 2)
    return np.array([[cos, -cmath.exp(1j * lam) * sin], [cmath.exp(1j * phi) * sin, cmath.exp(1j * (phi + lam)) * cos]])


def _gpi(phi: float) -> Matrix:
    return np.array([[0, cmath.exp(-1j * phi)], [cmath.exp(1j * phi), 0]])


def _gpi2(phi: float) -> Matrix:
    return np.array([[1, -1j * cmath.exp(-1j * phi)], [-1j * cmath.exp(1j * phi), 1]]) / math.sqrt(2)


def _prx(theta: float, phi: float) -> Matrix:
    cos, sin = math.cos(theta / 2), math.sin(theta / 2)
    return np.array([[cos, -1j * cmath.exp(-1j * phi) * sin], [-1j * cmath.exp(1j * phi) * sin, cos]])


def _ms(one: float, two: float, angle: float = math.pi / 2) -> Matrix:
    """Mølmer-Sørensen with a partial angle."""
    cos, sin = math.cos(angle / 2), -1j * math.sin(angle / 2)
    result = cos * np.eye(4, dtype=complex)
    result[0, 3], result[3, 0] = sin * cmath.exp(-1j * (one + two)), sin * cmath.exp(1j * (one + two))
    result[1, 2], result[2, 1] = sin * cmath.exp(-1j * (one - two)), sin * cmath.exp(1j * (one - two))
    return result


def _exchange(phase: complex) -> Matrix:
    """A swap whose moved amplitudes get a factor."""
    return np.array([[1, 0, 0, 0], [0, 0, phase, 0], [0, phase, 0, 0], [0, 0, 0, 1]])


def _xy(angle: float) -> Matrix:
    cos, sin = math.cos(angle / 2), 1j * math.sin(angle / 2)
    return np.array([[1, 0, 0, 0], [0, cos, sin, 0], [0, sin, cos, 0], [0, 0, 0, 1]])


_H = (_X + _Z) / math.sqrt(2)
_V = np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2
_ECR = np.array([[0, 0, 1, 1j], [0, 0, 1j, 1], [1, -1j, 0, 0], [-1j, 1, 0, 0]]) / math.sqrt(2)
_SIMPLE: dict[str, Callable[..., Matrix]] = {
    "x": lambda: _X,
    "y": lambda: _Y,
    "z": lambda: _Z,
    "h": lambda: _H,
    "s": lambda: _diagonal(0, math.pi / 2),
    "si": lambda: _diagonal(0, -math.pi / 2),
    "t": lambda: _diagonal(0, math.pi / 4),
    "ti": lambda: _diagonal(0, -math.pi / 4),
    "v": lambda: _V,
    "vi": lambda: _V.conj().T,
    "rx": lambda angle: _around(_X, angle),
    "ry": lambda angle: _around(_Y, angle),
    "rz": lambda angle: _around(_Z, angle),
    "cnot": lambda: controlled(_X),
    "swap": lambda: _exchange(1),
    "xx": lambda angle: _around(np.kron(_X, _X), angle),
    "yy": lambda angle: _around(np.kron(_Y, _Y), angle),
    "zz": lambda angle: _around(np.kron(_Z, _Z), angle),
}
IONQ: dict[str, Callable[..., Matrix]] = _SIMPLE | {"not": lambda: _X}
BRAKET: dict[str, Callable[..., Matrix]] = _SIMPLE | {
    "i": lambda: np.eye(2, dtype=complex),
    "phaseshift": lambda angle: _diagonal(0, angle),
    "U": _u,
    "gpi": _gpi,
    "gpi2": _gpi2,
    "prx": _prx,
    "ms": _ms,
    "cy": lambda: controlled(_Y),
    "cz": lambda: controlled(_Z),
    "cv": lambda: controlled(_V),
    "iswap": lambda: _exchange(1j),
    "pswap": lambda angle: _exchange(cmath.exp(1j * angle)),
    "xy": _xy,
    "ecr": lambda: _ECR,
    "cphaseshift": lambda angle: _diagonal(0, 0, 0, angle),
    "cphaseshift00": lambda angle: _diagonal(angle, 0, 0, 0),
    "cphaseshift01": lambda angle: _diagonal(0, angle, 0, 0),
    "cphaseshift10": lambda angle: _diagonal(0, 0, angle, 0),
    "ccnot": lambda: controlled(controlled(_X)),
    "cswap": lambda: controlled(_exchange(1)),
}


def apply(state: Matrix, matrix: Matrix, places: list[int]) -> Matrix:
    """A state after a gate; bit k of an index is qubit k."""
    if len(set(places)) != len(places):
        raise ValueError(f"a qubit is used twice: {places}")
    count = state.size.bit_length() - 1
    axes = [count - 1 - place for place in places]
    shaped = np.moveaxis(state.reshape((2,) * count), axes, range(len(axes)))
    turned = matrix @ shaped.reshape(len(matrix), -1)
    return np.moveaxis(turned.reshape((2,) * count), range(len(axes)), axes).reshape(-1)


def outcomes(state: Matrix, measured: dict[int, int], bits: int) -> dict[str, float]:
    """The distribution of bits that take the values of qubits (`measured`: bit to qubit); other bits are 0."""
    totals: dict[str, float] = {}
    shares = np.abs(state) ** 2
    for index in np.flatnonzero(shares > 1e-12):
        values = ((int(index) >> measured[bit]) & 1 if bit in measured else 0 for bit in reversed(range(bits)))
        key = "".join(map(str, values))
        totals[key] = totals.get(key, 0.0) + float(shares[index])
    return totals

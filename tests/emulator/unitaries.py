"""Gates built from Pauli algebra and kron, sharing nothing with the simulator under test.

In a matrix the first operand is the most significant bit; in a state, qubit 0 is the least significant.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence

import numpy as np

I2 = np.eye(2)
X = np.array([[0, 1], [1, 0]], dtype=complex)
Y = np.array([[0, -1j], [1j, 0]])
Z = np.diag([1, -1]).astype(complex)


def expi(hermitian: np.ndarray, angle: float) -> np.ndarray:
    """exp(-i·angle·H), by diagonalisation."""
    values, vectors = np.linalg.eigh(hermitian)
    return (vectors * np.exp(-1j * angle * values)) @ vectors.conj().T


def axis(phi: float) -> np.ndarray:
    return math.cos(phi) * X + math.sin(phi) * Y


def rx(t: float) -> np.ndarray:
    return expi(X, t / 2)


def ry(t: float) -> np.ndarray:
    return expi(Y, t / 2)


def rz(t: float) -> np.ndarray:
    return expi(Z, t / 2)


def p(t: float) -> np.ndarray:
    return cmath.exp(0.5j * t) * rz(t)


def u3(t: float, f: float, g: float) -> np.ndarray:
    return cmath.exp(0.5j * (f + g)) * rz(f) @ ry(t) @ rz(g)


def sqrt_x() -> np.ndarray:
    return cmath.exp(0.25j * math.pi) * rx(math.pi / 2)


def controlled(matrix: np.ndarray, controls: int = 1) -> np.ndarray:
    size = len(matrix) << controls
    out = np.eye(size, dtype=complex)
    out[size - len(matrix) :, size - len(matrix) :] = matrix
    return out


def phase_at(place: int) -> Callable[[float], np.ndarray]:
    return lambda t: np.diag([cmath.exp(1j * t) if i == place else 1 for i in range(4)])


H = (X + Z) / math.sqrt(2)
SWAP = (np.eye(4) + np.kron(X, X) + np.kron(Y, Y) + np.kron(Z, Z)) / 2
EXCHANGE = np.kron(X, X) + np.kron(Y, Y)


def rccx() -> np.ndarray:
    """The relative-phase Toffoli gate as qelib1.inc defines it."""
    steps = [(H, [2]), (p(math.pi / 4), [2]), (controlled(X), [1, 2]), (p(-math.pi / 4), [2]), (controlled(X), [0, 2])]
    steps += [(p(math.pi / 4), [2]), (controlled(X), [1, 2]), (p(-math.pi / 4), [2]), (H, [2])]
    return product(steps, 3)


def rc3x() -> np.ndarray:
    """The relative-phase gate of three controls as qelib1.inc defines it."""
    t, tdg, cx = p(math.pi / 4), p(-math.pi / 4), controlled(X)
    ends = [(H, [3]), (t, [3]), (cx, [2, 3]), (tdg, [3]), (H, [3])]
    middle = [(cx, [0, 3]), (t, [3]), (cx, [1, 3]), (tdg, [3])]
    return product([*ends, *middle, *middle, *ends], 4)


def product(steps: Sequence[tuple[np.ndarray, Sequence[int]]], qubits: int) -> np.ndarray:
    """The matrix of several gates in a row; the first qubit is the most significant bit."""
    matrix = np.eye(1 << qubits, dtype=complex)
    for gate, operands in steps:
        matrix = embedded(gate, [qubits - 1 - operand for operand in operands], qubits) @ matrix
    return matrix


# name: (parameters, qubits, matrix)
GATES: dict[str, tuple[int, int, Callable[..., np.ndarray]]] = {
    "id": (0, 1, lambda: I2),
    "x": (0, 1, lambda: X),
    "y": (0, 1, lambda: Y),
    "z": (0, 1, lambda: Z),
    "h": (0, 1, lambda: H),
    "s": (0, 1, lambda: p(math.pi / 2)),
    "sdg": (0, 1, lambda: p(-math.pi / 2)),
    "t": (0, 1, lambda: p(math.pi / 4)),
    "tdg": (0, 1, lambda: p(-math.pi / 4)),
    "sx": (0, 1, sqrt_x),
    "sxdg": (0, 1, lambda: sqrt_x().conj().T),
    "rx": (1, 1, rx),
    "ry": (1, 1, ry),
    "rz": (1, 1, rz),
    "p": (1, 1, p),
    "u1": (1, 1, p),
    "u2": (2, 1, lambda f, g: u3(math.pi / 2, f, g)),
    "u3": (3, 1, u3),
    "U": (3, 1, u3),
    "u": (3, 1, u3),
    "u0": (1, 1, lambda _: I2),
    "r": (2, 1, lambda t, f: expi(axis(f), t / 2)),
    "prx": (2, 1, lambda t, f: expi(axis(f), t / 2)),
    "gpi": (1, 1, axis),
    "gpi2": (1, 1, lambda f: expi(axis(f), math.pi / 4)),
    "phaseshift": (1, 1, p),
    "i": (0, 1, lambda: I2),
    "si": (0, 1, lambda: p(-math.pi / 2)),
    "ti": (0, 1, lambda: p(-math.pi / 4)),
    "v": (0, 1, sqrt_x),
    "vi": (0, 1, lambda: sqrt_x().conj().T),
    "cx": (0, 2, lambda: controlled(X)),
    "CX": (0, 2, lambda: controlled(X)),
    "cnot": (0, 2, lambda: controlled(X)),
    "cy": (0, 2, lambda: controlled(Y)),
    "cz": (0, 2, lambda: controlled(Z)),
    "ch": (0, 2, lambda: controlled(H)),
    "cs": (0, 2, lambda: controlled(p(math.pi / 2))),
    "csdg": (0, 2, lambda: controlled(p(-math.pi / 2))),
    "csx": (0, 2, lambda: controlled(sqrt_x())),
    "cv": (0, 2, lambda: controlled(sqrt_x())),
    "cp": (1, 2, lambda t: controlled(p(t))),
    "cu1": (1, 2, lambda t: controlled(p(t))),
    "cphaseshift": (1, 2, lambda t: controlled(p(t))),
    "cphaseshift00": (1, 2, phase_at(0)),
    "cphaseshift01": (1, 2, phase_at(1)),
    "cphaseshift10": (1, 2, phase_at(2)),
    "crx": (1, 2, lambda t: controlled(rx(t))),
    "cry": (1, 2, lambda t: controlled(ry(t))),
    "crz": (1, 2, lambda t: controlled(rz(t))),
    "cu3": (3, 2, lambda t, f, g: controlled(u3(t, f, g))),
    "cu": (4, 2, lambda t, f, g, a: controlled(cmath.exp(1j * a) * u3(t, f, g))),
    "swap": (0, 2, lambda: SWAP),
    "iswap": (0, 2, lambda: expi(EXCHANGE, -math.pi / 4)),
    "xy": (1, 2, lambda t: expi(EXCHANGE, -t / 4)),
    "pswap": (1, 2, lambda t: SWAP @ phase_at(1)(t) @ phase_at(2)(t)),
    "dcx": (0, 2, lambda: SWAP @ controlled(X) @ SWAP @ controlled(X)),
    "ecr": (0, 2, lambda: (np.kron(X, I2) - np.kron(Y, X)) / math.sqrt(2)),
    "rxx": (1, 2, lambda t: expi(np.kron(X, X), t / 2)),
    "ryy": (1, 2, lambda t: expi(np.kron(Y, Y), t / 2)),
    "rzz": (1, 2, lambda t: expi(np.kron(Z, Z), t / 2)),
    "rzx": (1, 2, lambda t: expi(np.kron(Z, X), t / 2)),
    "xx": (1, 2, lambda t: expi(np.kron(X, X), t / 2)),
    "yy": (1, 2, lambda t: expi(np.kron(Y, Y), t / 2)),
    "zz": (1, 2, lambda t: expi(np.kron(Z, Z), t / 2)),
    "ms": (3, 2, lambda f, g, t: expi(np.kron(axis(f), axis(g)), t / 2)),
    "ccx": (0, 3, lambda: controlled(X, 2)),
    "ccnot": (0, 3, lambda: controlled(X, 2)),
    "ccz": (0, 3, lambda: controlled(Z, 2)),
    "cswap": (0, 3, lambda: controlled(SWAP)),
    "rccx": (0, 3, rccx),
    "rc3x": (0, 4, rc3x),
    "c3x": (0, 4, lambda: controlled(X, 3)),
    "c3sqrtx": (0, 4, lambda: controlled(sqrt_x(), 3)),
    "c4x": (0, 5, lambda: controlled(X, 4)),
}


def embedded(matrix: np.ndarray, operands: Sequence[int], num_qubits: int) -> np.ndarray:
    """The matrix on all qubits, by permuting kron(matrix, 1) so that the operands are its first factors."""
    order = [*operands, *(q for q in range(num_qubits) if q not in operands)]
    wide = np.kron(matrix, np.eye(1 << (num_qubits - len(operands))))
    # Index of `wide`: order[0] is the most significant bit. Index of a state: qubit 0 is the least.
    place = [
        sum(((index >> qubit) & 1) << (num_qubits - 1 - position) for position, qubit in enumerate(order))
        for index in range(1 << num_qubits)
    ]
    return wide[np.ix_(place, place)]


def final_state(steps: Sequence[tuple[np.ndarray, Sequence[int]]], num_qubits: int) -> np.ndarray:
    state = np.zeros(1 << num_qubits, dtype=complex)
    state[0] = 1
    for matrix, operands in steps:
        state = embedded(matrix, operands, num_qubits) @ state
    return state

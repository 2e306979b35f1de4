"""Gates: their definitions, inverses and powers.

All identities here are exact, global phases included, because a control makes a global phase observable. Sources:
qelib1.inc (arXiv:1707.03429 and Qiskit's version of it), stdgates.inc (OpenQASM 3 specification), and Amazon Braket's
gate reference. Phases follow Qiskit: `U` is its `UGate`.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence
from math import pi
from typing import NamedTuple, TypeAlias

from anyqpu_programs.circuit import Gate

Part: TypeAlias = tuple[str, tuple[float, ...], tuple[int, ...], tuple[int, ...]]
"""A gate in a definition: name, angles, targets and controls, as positions among the defined gate's targets."""
Matrix: TypeAlias = tuple[complex, complex, complex, complex]
"""A matrix of one qubit, row by row."""


class Definition(NamedTuple):
    """The parts of a gate, in order of time.

    Where `after` undoes `before`, a control applies to `middle` alone.
    """

    before: tuple[Part, ...]
    middle: tuple[Part, ...]
    after: tuple[Part, ...]


# (angles, targets) of every gate, by its name here.
BASES: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("id", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "sxdg"), (0, 1)),
    **dict.fromkeys(("rx", "ry", "rz", "p", "gpi", "gpi2"), (1, 1)),
    "prx": (2, 1),
    "u": (3, 1),
    "gphase": (1, 0),
    **dict.fromkeys(("swap", "iswap", "dcx", "ecr"), (0, 2)),
    **dict.fromkeys(("rxx", "ryy", "rzz", "rzx", "xy", "pswap"), (1, 2)),
    **dict.fromkeys(("cphaseshift00", "cphaseshift01", "cphaseshift10"), (1, 2)),
    "ms": (3, 2),
}

_OWN_INVERSE = {"id", "x", "y", "z", "h", "swap", "ecr", "gpi"}
_PAIRS = {"s": "sdg", "sdg": "s", "t": "tdg", "tdg": "t", "sx": "sxdg", "sxdg": "sx"}
# Gates of one angle that scales with the power.
_ROTATIONS = {
    *("rx", "ry", "rz", "p", "gphase", "rxx", "ryy", "rzz", "rzx", "xy"),
    *("cphaseshift00", "cphaseshift01", "cphaseshift10"),
}


def _part(name: str, *angles: float, on: Sequence[int] = (0,), by: Sequence[int] = ()) -> Part:
    return name, angles, tuple(on), tuple(by)


def _cx(control: int, target: int) -> Part:
    return _part("x", on=(target,), by=(control,))


def _around(before: Sequence[Part], middle: Sequence[Part], after: Sequence[Part] | None = None) -> Definition:
    """Return a definition in which `after` undoes `before`; if omitted, it equals `before`."""
    return Definition(tuple(before), tuple(middle), tuple(before if after is None else after))


def _plain(*parts: Part) -> Definition:
    return Definition((), parts, ())


def _phase(angle: float) -> Callable[[], Definition]:
    return lambda: _plain(_part("p", angle))


_H = _part("h")
_BOTH_H = (_part("h"), _part("h", on=(1,)))


def _u(theta: float, phi: float, lam: float) -> Definition:
    return _plain(_part("rz", lam), _part("ry", theta), _part("rz", phi), _part("gphase", (phi + lam) / 2, on=()))


def _prx(theta: float, phi: float) -> Definition:
    return _around([_part("rz", -phi)], [_part("rx", theta)], [_part("rz", phi)])


def _on_state(first: int, second: int) -> Callable[[float], Definition]:
    """Return a phase on one of the four states of two qubits."""
    flips = [_part("x", on=(place,)) for place, value in enumerate((first, second)) if value == 0]
    return lambda angle: _around(flips, [_part("p", angle, on=(1,), by=(0,))])


def _ryy(theta: float) -> Definition:
    before = (_part("rx", pi / 2), _part("rx", pi / 2, on=(1,)))
    return _around(before, [_part("rzz", theta, on=(0, 1))], (_part("rx", -pi / 2), _part("rx", -pi / 2, on=(1,))))


def _ms(phi0: float, phi1: float, theta: float) -> Definition:
    before = (_part("rz", -phi0), _part("rz", -phi1, on=(1,)))
    return _around(before, [_part("rxx", theta, on=(0, 1))], (_part("rz", phi0), _part("rz", phi1, on=(1,))))


_FIXED: Mapping[str, Callable[[], Definition]] = {
    "id": _plain,
    "y": lambda: _around([_part("sdg")], [_part("x")], [_part("s")]),
    "z": lambda: _around([_H], [_part("x")]),
    "h": lambda: _around([_part("ry", -pi / 4)], [_part("z")], [_part("ry", pi / 4)]),
    "s": _phase(pi / 2),
    "sdg": _phase(-pi / 2),
    "t": _phase(pi / 4),
    "tdg": _phase(-pi / 4),
    "sx": lambda: _around([_H], [_part("p", pi / 2)]),
    "sxdg": lambda: _around([_H], [_part("p", -pi / 2)]),
    "swap": lambda: _around([_cx(1, 0)], [_cx(0, 1)]),
    "iswap": lambda: _plain(_part("xy", pi, on=(0, 1))),
    "dcx": lambda: _plain(_cx(0, 1), _cx(1, 0)),
    "ecr": lambda: _plain(_part("rzx", pi / 4, on=(0, 1)), _part("x"), _part("rzx", -pi / 4, on=(0, 1))),
}
_BY_ANGLE: Mapping[str, Callable[[float], Definition]] = {
    "p": lambda lam: _plain(_part("rz", lam), _part("gphase", lam / 2, on=())),
    "rx": lambda theta: _around([_H], [_part("rz", theta)]),
    "ry": lambda theta: _around([_part("sdg")], [_part("rx", theta)], [_part("s")]),
    "gpi": lambda phi: _around([_part("rz", -phi)], [_part("x")], [_part("rz", phi)]),
    "gpi2": lambda phi: _plain(_part("prx", pi / 2, phi)),
    "rzz": lambda theta: _around([_cx(0, 1)], [_part("rz", theta, on=(1,))]),
    "rxx": lambda theta: _around(_BOTH_H, [_part("rzz", theta, on=(0, 1))]),
    "ryy": _ryy,
    "rzx": lambda theta: _around([_part("h", on=(1,))], [_part("rzz", theta, on=(0, 1))]),
    "xy": lambda theta: _plain(_part("rxx", -theta / 2, on=(0, 1)), _part("ryy", -theta / 2, on=(0, 1))),
    "pswap": lambda angle: _plain(_part("swap", on=(0, 1)), _cx(0, 1), _part("p", angle, on=(1,)), _cx(0, 1)),
    "cphaseshift00": _on_state(0, 0),
    "cphaseshift01": _on_state(0, 1),
    "cphaseshift10": _on_state(1, 0),
}
DEFINITIONS: Mapping[str, Callable[..., Definition]] = {
    **_FIXED,
    **_BY_ANGLE,
    "prx": _prx,
    "u": _u,
    "ms": _ms,
}
"""The definitions of all gates but the elementary ones, `x`, `rz` and `gphase`."""


_ROOT = math.sqrt(0.5)
_MATRICES: Mapping[str, Matrix] = {
    "id": (1, 0, 0, 1),
    "x": (0, 1, 1, 0),
    "y": (0, -1j, 1j, 0),
    "z": (1, 0, 0, -1),
    "h": (_ROOT, _ROOT, _ROOT, -_ROOT),
    "s": (1, 0, 0, 1j),
    "sdg": (1, 0, 0, -1j),
    "t": (1, 0, 0, complex(_ROOT, _ROOT)),
    "tdg": (1, 0, 0, complex(_ROOT, -_ROOT)),
    "sx": (0.5 + 0.5j, 0.5 - 0.5j, 0.5 - 0.5j, 0.5 + 0.5j),
    "sxdg": (0.5 - 0.5j, 0.5 + 0.5j, 0.5 + 0.5j, 0.5 - 0.5j),
}


def inverse(gate: Gate) -> Gate:
    """Return the inverse of a gate."""
    name, angles, targets, _ = gate
    if name in _OWN_INVERSE:
        return gate
    if name in _PAIRS:
        return gate._replace(name=_PAIRS[name])
    if name in _ROTATIONS or name == "pswap":
        return gate._replace(angles=(-angles[0],))
    match name:
        case "u":
            return gate._replace(angles=(-angles[0], -angles[2], -angles[1]))
        case "prx":
            return gate._replace(angles=(-angles[0], angles[1]))
        case "ms":
            return gate._replace(angles=(angles[0], angles[1], -angles[2]))
        case "gpi2":
            return gate._replace(name="prx", angles=(-pi / 2, angles[0]))
        case "iswap":
            return gate._replace(name="xy", angles=(-pi,))
        case "dcx":
            return gate._replace(targets=targets[::-1])
        case _:
            raise AssertionError(f"no inverse of {name}")


def power(gate: Gate, exponent: float) -> list[Gate] | None:
    """Return the principal power of a gate, in order of time; None where these gates cannot express it.

    A power of a controlled gate, also a fractional one, is the controlled power.
    """
    name, angles, targets, controls = gate
    if name in _ROTATIONS:
        return [gate._replace(angles=(angles[0] * exponent,))]
    if len(targets) == 1:
        value, phase = angles_of(matrix_power(matrix(gate), exponent))
        return [Gate("u", value, targets, controls), Gate("gphase", (phase,), (), controls)]
    if name in _OWN_INVERSE and exponent == int(exponent):
        return [gate] if int(exponent) % 2 else []
    if name == "iswap":
        return [gate._replace(name="xy", angles=(pi * exponent,))]
    if name == "ms":
        return [gate._replace(angles=(angles[0], angles[1], angles[2] * exponent))]
    if name == "swap":
        around = Gate("x", (), (targets[0],), (targets[1],))
        inner = power(Gate("x", (), (targets[1],), (*controls, targets[0])), exponent) or []
        return [around, *inner, around]
    return None


def matrix(gate: Gate) -> Matrix:
    """Return the matrix of a gate on one target, without its controls."""
    name, angles, _, _ = gate
    if name in _MATRICES:
        return _MATRICES[name]
    match name:
        case "p":
            return 1, 0, 0, cmath.exp(1j * angles[0])
        case "rz":
            return cmath.exp(-0.5j * angles[0]), 0, 0, cmath.exp(0.5j * angles[0])
        case "u":
            theta, phi, lam = angles
            cos, sin = math.cos(theta / 2), math.sin(theta / 2)
            return cos, -cmath.exp(1j * lam) * sin, cmath.exp(1j * phi) * sin, cmath.exp(1j * (phi + lam)) * cos
        case _:
            return _xy_rotation(name, angles)


def _xy_rotation(name: str, angles: tuple[float, ...]) -> Matrix:
    """Return a rotation about an axis in the XY plane, or half a turn without its phase."""
    if name == "gpi":
        return 0, cmath.exp(-1j * angles[0]), cmath.exp(1j * angles[0]), 0
    theta = pi / 2 if name == "gpi2" else angles[0]
    axis = {"rx": 0.0, "ry": pi / 2}.get(name, angles[-1])
    cos, sin = math.cos(theta / 2), math.sin(theta / 2)
    return cos, -1j * cmath.exp(-1j * axis) * sin, -1j * cmath.exp(1j * axis) * sin, cos


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix of one gate followed by another."""
    a, b, c, d = second
    e, f, g, h = first
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


def matrix_power(value: Matrix, exponent: float) -> Matrix:
    """Return the principal power of a unitary, with phases of eigenvalues in (-π, π]."""
    a, b, c, d = value
    middle, determinant = (a + d) / 2, a * d - b * c
    root = cmath.sqrt(middle * middle - determinant)
    one, two = middle + root, middle - root
    powers = [cmath.exp(1j * exponent * _principal(gate)) for gate in (one, two)]
    if abs(one - two) < 1e-12:
        return powers[0], 0, 0, powers[0]
    scale, shift = (powers[0] - powers[1]) / (one - two), (powers[1] * one - powers[0] * two) / (one - two)
    return scale * a + shift, scale * b, scale * c, scale * d + shift


def _principal(value: complex) -> float:
    angle = cmath.phase(value)
    return pi if angle < -pi + 1e-9 else angle


def angles_of(value: Matrix) -> tuple[tuple[float, float, float], float]:
    """Return the angles of `u` and the global phase of a unitary of one qubit."""
    a, b, c, d = value
    theta = 2 * math.atan2(abs(c), abs(a))
    if abs(a) > 1e-12:
        phase = cmath.phase(a)
        total = cmath.phase(d) - phase
        phi = cmath.phase(c) - phase if abs(c) > 1e-12 else 0.0
        return (theta, phi, total - phi), phase
    return (theta, 0.0, cmath.phase(-b) - cmath.phase(c)), cmath.phase(c)

"""The names of gates in each language, and the gates that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import pi
from typing import TypeAlias

from anyqpu_programs.circuit import Gate
from anyqpu_programs.gates import BASES

Qubits: TypeAlias = tuple[int, ...]
Angles: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a gate: the numbers of its angles and qubits, and its gates in order of time."""

    angles: int
    qubits: int
    build: Callable[[Angles, Qubits], tuple[Gate, ...]]


def _plain(base: str, controls: int = 0) -> Spelling:
    angles, targets = BASES[base]

    def build(values: Angles, qubits: Qubits) -> tuple[Gate, ...]:
        return (Gate(base, values, qubits[controls:], qubits[:controls]),)

    return Spelling(angles, controls + targets, build)


def _angles(count: int, base: str, change: Callable[[Angles], Angles]) -> Spelling:
    targets = BASES[base][1]
    return Spelling(count, targets, lambda values, qubits: (Gate(base, change(values), qubits),))


def _cu(values: Angles, qubits: Qubits) -> tuple[Gate, ...]:
    theta, phi, lam, gamma = values
    control, target = qubits
    return Gate("p", (gamma,), (control,)), Gate("u", (theta, phi, lam), (target,), (control,))


def _sequence(qubits: int, *parts: tuple[str, float, int] | tuple[str, int, int]) -> Spelling:
    """Return a gate built of parts: ("p", angle, target), ("cx", control, target) or ("h", 0, target)."""

    def build(_: Angles, at: Qubits) -> tuple[Gate, ...]:
        gates: list[Gate] = []
        for name, value, target in parts:
            if name == "cx":
                gates.append(Gate("x", (), (at[target],), (at[int(value)],)))
            elif name == "h":
                gates.append(Gate("h", (), (at[target],)))
            else:
                gates.append(Gate(name, (value,), (at[target],)))
        return tuple(gates)

    return Spelling(0, qubits, build)


_Q = pi / 4
# Toffoli gates up to relative phases, as qelib1.inc of Qiskit has them.
_RCCX = _sequence(
    3,
    *(("h", 0, 2), ("p", _Q, 2), ("cx", 1, 2), ("p", -_Q, 2), ("cx", 0, 2)),
    *(("p", _Q, 2), ("cx", 1, 2), ("p", -_Q, 2), ("h", 0, 2)),
)
_RC3X = _sequence(
    4,
    *(("h", 0, 3), ("p", _Q, 3), ("cx", 2, 3), ("p", -_Q, 3), ("h", 0, 3)),
    *(("cx", 0, 3), ("p", _Q, 3), ("cx", 1, 3), ("p", -_Q, 3), ("cx", 0, 3), ("p", _Q, 3), ("cx", 1, 3)),
    *(("p", -_Q, 3), ("h", 0, 3), ("p", _Q, 3), ("cx", 2, 3), ("p", -_Q, 3), ("h", 0, 3)),
)

_U2 = _angles(2, "u", lambda values: (pi / 2, *values))
_COMMON: Mapping[str, Spelling] = {
    **{name: _plain(name) for name in ("x", "y", "z", "h", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "id", "p", "sx")},
    **{"u1": _plain("p"), "u2": _U2, "u3": _plain("u")},
    **{"cx": _plain("x", 1), "cy": _plain("y", 1), "cz": _plain("z", 1), "ch": _plain("h", 1)},
    **{"cp": _plain("p", 1), "crx": _plain("rx", 1), "cry": _plain("ry", 1), "crz": _plain("rz", 1)},
    **{"swap": _plain("swap"), "ccx": _plain("x", 2), "cswap": _plain("swap", 1), "cu": Spelling(4, 2, _cu)},
}
# Further gates that Qiskit writes and reads, whatever the include contains.
_WIDER: Mapping[str, Spelling] = {
    **{name: _plain(name) for name in ("sxdg", "rxx", "ryy", "rzz", "rzx", "dcx", "iswap", "ecr")},
    **{"u": _plain("u"), "u0": _angles(1, "id", lambda _: ()), "cu1": _plain("p", 1), "cu3": _plain("u", 1)},
    **{"csx": _plain("sx", 1), "cs": _plain("s", 1), "csdg": _plain("sdg", 1), "ccz": _plain("z", 2)},
    **{"c3x": _plain("x", 3), "c4x": _plain("x", 4), "c3sx": _plain("sx", 3), "c3sqrtx": _plain("sx", 3)},
    **{"rccx": _RCCX, "rc3x": _RC3X, "rcccx": _RC3X, "r": _plain("prx")},
}

BUILT_IN: Mapping[str, Spelling] = {"U": _plain("u"), "CX": _plain("x", 1)}
"""The gates of OpenQASM 2 without an include; OpenQASM 3 has only `U`, and `CX` in stdgates.inc."""
QELIB1: Mapping[str, Spelling] = {**_COMMON, **_WIDER}
IN_STDGATES: Mapping[str, Spelling] = {
    **_COMMON,
    **{"CX": _plain("x", 1), "phase": _plain("p"), "cphase": _plain("p", 1)},
}
"""The gates in stdgates.inc."""
STDGATES: Mapping[str, Spelling] = {**_WIDER, **IN_STDGATES}
"""The gates that a program with stdgates.inc may call, including Qiskit's others, whose names are unambiguous."""
BRAKET: Mapping[str, Spelling] = {
    **{name: _plain(name) for name in ("x", "y", "z", "h", "s", "t", "rx", "ry", "rz")},
    **{"i": _plain("id"), "si": _plain("sdg"), "ti": _plain("tdg"), "v": _plain("sx"), "vi": _plain("sxdg")},
    **{name: _plain(name) for name in ("swap", "iswap", "xy", "pswap", "ecr", "gpi", "gpi2", "ms", "prx")},
    **{name: _plain(name) for name in ("cphaseshift00", "cphaseshift01", "cphaseshift10")},
    **{"phaseshift": _plain("p"), "cnot": _plain("x", 1), "cy": _plain("y", 1), "cz": _plain("z", 1)},
    **{"cv": _plain("sx", 1), "cphaseshift": _plain("p", 1), "ccnot": _plain("x", 2), "cswap": _plain("swap", 1)},
    **{"xx": _plain("rxx"), "yy": _plain("ryy"), "zz": _plain("rzz"), "U": _plain("u")},
}
"""Amazon Braket's gates, which its dialect has without an include. Source: its gate reference."""

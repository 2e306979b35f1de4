"""The gates that conversions know: their names, inverses and controlled forms, and what they are made of.

Definitions hold up to a global phase, which no measurement sees; where a phase would be seen, under a control, only
gates whose phase is the same everywhere have a controlled form. Sources: stdgates.inc of the OpenQASM 3 document,
qelib1.inc of arXiv:1707.03429, Amazon Braket's gate reference. `cu3` is left out: two definitions of it are in use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import pi
from typing import TypeAlias

Part: TypeAlias = tuple[str, tuple[float, ...], tuple[int, ...]]
"""A gate in a definition: its name, its angles in radians, and which of the defined gate's qubits it acts on."""

# (angles, qubits) of every gate by the name it has here.
KNOWN: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("id", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "sxdg"), (0, 1)),
    **dict.fromkeys(("rx", "ry", "rz", "p"), (1, 1)),
    "u2": (2, 1),
    "u3": (3, 1),
    **dict.fromkeys(("cx", "cy", "cz", "ch", "csx", "swap", "iswap", "dcx", "ecr"), (0, 2)),
    **dict.fromkeys(("cp", "crx", "cry", "crz", "rxx", "ryy", "rzz", "rzx"), (1, 2)),
    "cu": (4, 2),
    **dict.fromkeys(("ccx", "ccz", "cswap"), (0, 3)),
}

# Other names for them, of all dialects.
ALIASES: Mapping[str, str] = {
    **{"U": "u3", "u": "u3", "u1": "p", "phase": "p", "phaseshift": "p", "i": "id"},
    **{"si": "sdg", "ti": "tdg", "v": "sx", "vi": "sxdg"},
    **{"CX": "cx", "cnot": "cx", "cu1": "cp", "cphase": "cp", "cphaseshift": "cp"},
    **{"xx": "rxx", "yy": "ryy", "zz": "rzz", "ccnot": "ccx", "toffoli": "ccx"},
}

_OWN_INVERSE = {"id", "x", "y", "z", "h", "cx", "cy", "cz", "ch", "swap", "ccx", "ccz", "cswap", "ecr"}
_PAIRS = {"s": "sdg", "sdg": "s", "t": "tdg", "tdg": "t", "sx": "sxdg", "sxdg": "sx"}
_ROTATIONS = {"rx", "ry", "rz", "p", "cp", "crx", "cry", "crz", "rxx", "ryy", "rzz", "rzx"}

_CONTROLLED: Mapping[str, tuple[str, tuple[float, ...]]] = {
    **{"x": ("cx", ()), "y": ("cy", ()), "z": ("cz", ()), "h": ("ch", ()), "sx": ("csx", ())},
    **{"s": ("cp", (pi / 2,)), "sdg": ("cp", (-pi / 2,)), "t": ("cp", (pi / 4,)), "tdg": ("cp", (-pi / 4,))},
    **{"rx": ("crx", ()), "ry": ("cry", ()), "rz": ("crz", ()), "p": ("cp", ())},
    **{"cx": ("ccx", ()), "cz": ("ccz", ()), "swap": ("cswap", ())},
}


def inverse(name: str, angles: Sequence[float]) -> tuple[str, tuple[float, ...]] | None:
    """The inverse of a gate; None if it has no name here."""
    if name in _OWN_INVERSE:
        return name, ()
    if name in _PAIRS:
        return _PAIRS[name], ()
    if name in _ROTATIONS:
        return name, (-angles[0],)
    match name, tuple(angles):
        case "u3", (theta, phi, lam):
            return "u3", (-theta, -lam, -phi)
        case "u2", (phi, lam):
            return "u3", (-pi / 2, -lam, -phi)
        case "cu", (theta, phi, lam, gamma):
            return "cu", (-theta, -lam, -phi, -gamma)
        case _:
            return None


def controlled(name: str, angles: Sequence[float]) -> tuple[str, tuple[float, ...]] | None:
    """The gate with one control more, which comes first among its qubits; None if it has no name here."""
    found = _CONTROLLED.get(name)
    return None if found is None else (found[0], found[1] or tuple(angles))


def _one(*names: str) -> list[Part]:
    return [(name, (), (0,)) for name in names]


def _u3(theta: float, phi: float, lam: float) -> list[Part]:
    return [("rz", (lam,), (0,)), ("ry", (theta,), (0,)), ("rz", (phi,), (0,))]


def _cp(lam: float) -> list[Part]:
    cx: Part = ("cx", (), (0, 1))
    return [("p", (lam / 2,), (0,)), cx, ("p", (-lam / 2,), (1,)), cx, ("p", (lam / 2,), (1,))]


def _cu(theta: float, phi: float, lam: float, gamma: float) -> list[Part]:
    cx: Part = ("cx", (), (0, 1))
    return [
        ("p", (gamma + (lam + phi) / 2,), (0,)),
        ("p", ((lam - phi) / 2,), (1,)),
        cx,
        ("u3", (-theta / 2, 0.0, -(phi + lam) / 2), (1,)),
        cx,
        ("u3", (theta / 2, phi, 0.0), (1,)),
    ]


def _turned(name: str, angle: float) -> list[Part]:
    """A controlled rotation: half of it, and back or forth by the control."""
    cx: Part = ("cx", (), (0, 1))
    return [(name, (angle / 2,), (1,)), cx, (name, (-angle / 2,), (1,)), cx]


def _around(outer: Sequence[Part], inner: Sequence[Part], after: Sequence[Part] | None = None) -> list[Part]:
    return [*outer, *inner, *(outer if after is None else after)]


def _zz(angle: float) -> list[Part]:
    return [("cx", (), (0, 1)), ("rz", (angle,), (1,)), ("cx", (), (0, 1))]


def _both(name: str, *angles: float) -> list[Part]:
    return [(name, angles, (0,)), (name, angles, (1,))]


def _p(lam: float) -> list[Part]:
    return [("rz", (lam,), (0,))]


def _u2(phi: float, lam: float) -> list[Part]:
    return _u3(pi / 2, phi, lam)


def _crx(theta: float) -> list[Part]:
    return _around([("h", (), (1,))], [("crz", (theta,), (0, 1))])


def _cry(theta: float) -> list[Part]:
    return _turned("ry", theta)


def _crz(lam: float) -> list[Part]:
    return _turned("rz", lam)


def _rxx(theta: float) -> list[Part]:
    return _around(_both("h"), _zz(theta))


def _ryy(theta: float) -> list[Part]:
    return _around(_both("rx", pi / 2), _zz(theta), _both("rx", -pi / 2))


def _rzx(theta: float) -> list[Part]:
    return _around([("h", (), (1,))], _zz(theta))


def _ccx() -> list[Part]:
    def cx(control: int, target: int) -> Part:
        return "cx", (), (control, target)

    def on(name: str, qubit: int) -> Part:
        return name, (), (qubit,)

    return [
        *(on("h", 2), cx(1, 2), on("tdg", 2), cx(0, 2), on("t", 2), cx(1, 2), on("tdg", 2), cx(0, 2)),
        *(on("t", 1), on("t", 2), on("h", 2), cx(0, 1), on("t", 0), on("tdg", 1), cx(0, 1)),
    ]


DEFINITIONS: Mapping[str, Callable[..., list[Part]]] = {
    "id": list[Part],
    "sx": lambda: _one("sdg", "h", "sdg"),
    "sxdg": lambda: _one("s", "h", "s"),
    "p": _p,
    "u2": _u2,
    "u3": _u3,
    "cy": lambda: [("sdg", (), (1,)), ("cx", (), (0, 1)), ("s", (), (1,))],
    "cz": lambda: _around([("h", (), (1,))], [("cx", (), (0, 1))]),
    "ch": lambda: [
        *(("s", (), (1,)), ("h", (), (1,)), ("t", (), (1,)), ("cx", (), (0, 1))),
        *(("tdg", (), (1,)), ("h", (), (1,)), ("sdg", (), (1,))),
    ],
    "csx": lambda: _around([("h", (), (1,))], [("cp", (pi / 2,), (0, 1))]),
    "swap": lambda: [("cx", (), (0, 1)), ("cx", (), (1, 0)), ("cx", (), (0, 1))],
    "iswap": lambda: [
        *_both("s"),
        *(("h", (), (0,)), ("cx", (), (0, 1)), ("cx", (), (1, 0)), ("h", (), (1,))),
    ],
    "dcx": lambda: [("cx", (), (0, 1)), ("cx", (), (1, 0))],
    "ecr": lambda: [("rzx", (pi / 4,), (0, 1)), ("x", (), (0,)), ("rzx", (-pi / 4,), (0, 1))],
    "cp": _cp,
    "crx": _crx,
    "cry": _cry,
    "crz": _crz,
    "rxx": _rxx,
    "ryy": _ryy,
    "rzz": _zz,
    "rzx": _rzx,
    "cu": _cu,
    "ccx": _ccx,
    "ccz": lambda: _around([("h", (), (2,))], [("ccx", (), (0, 1, 2))]),
    "cswap": lambda: _around([("cx", (), (2, 1))], [("ccx", (), (0, 1, 2))]),
}
"""What a gate is made of; those without are in every language that is written."""

# Gates of qelib1.inc, Qiskit's too, that stdgates.inc lacks, in its terms.
STDGATES_LACKS: Mapping[str, str] = {
    "u": "gate u(theta, phi, lambda) a { u3(theta, phi, lambda) a; }",
    "u0": "gate u0(gamma) a { }",
    "sxdg": "gate sxdg a { s a; h a; s a; }",
    "cu1": "gate cu1(lambda) a, b { cp(lambda) a, b; }",
    "csx": "gate csx a, b { h b; cp(pi / 2) a, b; h b; }",
    "rxx": "gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h b; h a; }",
    "ryy": "gate ryy(theta) a, b { rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(theta) b; cx a, b; "
    "rx(-pi / 2) a; rx(-pi / 2) b; }",
    "rzz": "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }",
    "dcx": "gate dcx a, b { cx a, b; cx b, a; }",
    "iswap": "gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }",
    "ccz": "gate ccz a, b, c { h c; ccx a, b, c; h c; }",
}
STDGATES = frozenset(
    {*("p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "id", "u1", "u2", "u3", "phase")}
    | {*("cx", "cy", "cz", "cp", "crx", "cry", "crz", "ch", "swap", "ccx", "cswap", "cu", "CX", "cphase")}
)

"""The gates that generated programs use, by how many angles and qubits they have."""

from __future__ import annotations

Gates = dict[str, tuple[int, int]]
"""Name: angles, qubits."""

# qelib1.inc of arXiv:1707.03429.
PAPER: Gates = {
    **dict.fromkeys(("id", "x", "y", "z", "h", "s", "sdg", "t", "tdg"), (0, 1)),
    **dict.fromkeys(("u1", "rx", "ry", "rz"), (1, 1)),
    "u2": (2, 1),
    "u3": (3, 1),
    **dict.fromkeys(("cx", "cy", "cz", "ch"), (0, 2)),
    **dict.fromkeys(("crz", "cu1"), (1, 2)),
    "cu3": (3, 2),
    "ccx": (0, 3),
}
# What Qiskit's qelib1.inc has besides; widely used in published files.
LATER: Gates = {
    **dict.fromkeys(("sx", "sxdg"), (0, 1)),
    "p": (1, 1),
    "u": (3, 1),
    "u0": (1, 1),
    **dict.fromkeys(("swap", "csx"), (0, 2)),
    **dict.fromkeys(("crx", "cry", "cp", "rxx", "rzz"), (1, 2)),
    "cu": (4, 2),
    **dict.fromkeys(("cswap", "rccx"), (0, 3)),
    **dict.fromkeys(("c3x", "c3sqrtx", "rc3x"), (0, 4)),
    "c4x": (0, 5),
}
BUILT_IN2: Gates = {"U": (3, 1), "CX": (0, 2)}
QELIB: Gates = PAPER | LATER

# stdgates.inc of the OpenQASM 3 specification.
STANDARD: Gates = {
    **dict.fromkeys(("x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "id"), (0, 1)),
    **dict.fromkeys(("p", "rx", "ry", "rz", "phase", "u1"), (1, 1)),
    "u2": (2, 1),
    "u3": (3, 1),
    **dict.fromkeys(("cx", "cy", "cz", "ch", "swap", "CX"), (0, 2)),
    **dict.fromkeys(("cp", "crx", "cry", "crz", "cphase"), (1, 2)),
    "cu": (4, 2),
    **dict.fromkeys(("ccx", "cswap"), (0, 3)),
}

# Amazon Braket's gate reference.
BRAKET: Gates = {
    **dict.fromkeys(("i", "x", "y", "z", "h", "s", "si", "t", "ti", "v", "vi"), (0, 1)),
    **dict.fromkeys(("rx", "ry", "rz", "phaseshift", "gpi", "gpi2"), (1, 1)),
    "prx": (2, 1),
    "U": (3, 1),
    **dict.fromkeys(("cnot", "cy", "cz", "cv", "swap", "iswap", "ecr"), (0, 2)),
    **dict.fromkeys(("pswap", "xy", "xx", "yy", "zz", "cphaseshift"), (1, 2)),
    **dict.fromkeys(("cphaseshift00", "cphaseshift01", "cphaseshift10"), (1, 2)),
    "ms": (3, 2),
    **dict.fromkeys(("ccnot", "cswap"), (0, 3)),
}

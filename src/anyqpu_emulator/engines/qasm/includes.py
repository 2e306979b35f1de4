"""Which gates a program may use without defining them: those of the files that it includes, or of its dialect.

Files are not read: what they define is known by name. `qelib1.inc` is Qiskit's version, `stdgates.inc` that of the
OpenQASM 3 specification. Both stand for the further names of the gate table too, which clouds accept with them; a
program may define each of these itself.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from anyqpu_emulator.engines.gates import GATES, GateDefinition

Dialect: TypeAlias = Literal["openqasm", "braket"]

FILES: Final = {2: "qelib1.inc", 3: "stdgates.inc"}
BUILT_IN_2: Final = frozenset(("U", "CX"))
BUILT_IN_3: Final = frozenset(("U",))
_BRAKET = """
U i h x y z s si t ti v vi rx ry rz phaseshift gpi gpi2 prx cnot cv cy cz cphaseshift cphaseshift00 cphaseshift01
cphaseshift10 ecr swap iswap pswap xy xx yy zz ms ccnot cswap
"""
# Amazon Braket's reference of gates, by their names in OpenQASM. Programs there need no include.
BRAKET: Final = frozenset(_BRAKET.split())


def gates(version: int, dialect: Dialect, included: bool) -> dict[str, GateDefinition]:
    """The gates that are defined before the program's own."""
    if included:
        return GATES
    if dialect == "braket":
        return {name: GATES[name] for name in BRAKET}
    return {name: GATES[name] for name in (BUILT_IN_2 if version == 2 else BUILT_IN_3)}

"""Modifiers, broadcasting and aliases of OpenQASM 3, against matrices that are built independently."""

from __future__ import annotations

import cmath
import math
from typing import Any

import numpy as np
import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import InvalidProgramError
from anyqpu_emulator.engines.statevector import final_state

from . import unitaries as un
from .programs import V3, only

FIRST = "".join(f"ry({0.4 + 0.5 * q}) q[{q}]; rz({0.7 - 0.3 * q}) q[{q}];" for q in range(4))
STEPS: list[Any] = [step for q in range(4) for step in ((un.ry(0.4 + 0.5 * q), [q]), (un.rz(0.7 - 0.3 * q), [q]))]
PHASE = cmath.exp(0.3j)
SQRT_Z = un.p(math.pi / 2)
FLIP = np.kron(un.X, np.eye(2))


def power_of(matrix: np.ndarray, exponent: float) -> np.ndarray:
    """By eigenvalues, with phases in (-π, π]."""
    values, vectors = np.linalg.eig(matrix)
    return vectors @ np.diag(np.exp(1j * np.angle(values) * exponent)) @ np.linalg.inv(vectors)


@pytest.mark.parametrize(
    ("call", "steps"),
    [
        ("ctrl @ x q[0], q[1];", [(un.controlled(un.X), [0, 1])]),
        ("ctrl(2) @ x q[0], q[1], q[2];", [(un.controlled(un.X, 2), [0, 1, 2])]),
        ("negctrl @ h q[3], q[1];", [(un.X, [3]), (un.controlled(un.H), [3, 1]), (un.X, [3])]),
        ("ctrl @ negctrl @ x q[0], q[1], q[2];", [(un.X, [1]), (un.controlled(un.X, 2), [0, 1, 2]), (un.X, [1])]),
        (
            "negctrl(2) @ z q[0], q[1], q[2];",
            [(un.X, [0]), (un.X, [1]), (un.controlled(un.Z, 2), [0, 1, 2]), (un.X, [0]), (un.X, [1])],
        ),
        ("inv @ s q[0];", [(un.p(-math.pi / 2), [0])]),
        ("inv @ U(0.1, 0.2, 0.3) q[0];", [(un.u3(-0.1, -0.3, -0.2), [0])]),
        ("pow(3) @ t q[1];", [(un.p(3 * math.pi / 4), [1])]),
        ("pow(-2) @ rx(0.3) q[1];", [(un.rx(-0.6), [1])]),
        ("pow(0.5) @ z q[1];", [(SQRT_Z, [1])]),
        ("pow(0.5) @ x q[1];", [(un.sqrt_x(), [1])]),
        ("pow(1/2.0) @ swap q[1], q[2];", [(power_of(un.SWAP, 0.5), [1, 2])]),
        ("pow(-0.5) @ h q[1];", [(power_of(un.H, -0.5), [1])]),
        ("pow(0) @ h q[1];", []),
        ("ctrl @ pow(0.5) @ x q[0], q[1];", [(un.controlled(un.sqrt_x()), [0, 1])]),
        ("pow(0.5) @ ctrl @ x q[0], q[1];", [(un.controlled(un.sqrt_x()), [0, 1])]),
        ("inv @ pow(2) @ ctrl @ t q[0], q[1];", [(un.controlled(un.p(-math.pi / 2)), [0, 1])]),
        ("ctrl @ inv @ u3(0.1, 0.2, 0.3) q[0], q[1];", [(un.controlled(un.u3(-0.1, -0.3, -0.2)), [0, 1])]),
        ("ctrl @ gphase(0.3) q[2];", [(un.p(0.3), [2])]),
        ("negctrl @ gphase(0.3) q[2];", [(un.X, [2]), (un.p(0.3), [2]), (un.X, [2])]),
        ("ctrl(2) @ gphase(0.3) q[2], q[0];", [(un.controlled(un.p(0.3)), [2, 0])]),
        ("pow(2) @ inv @ gphase(0.3);", [(np.diag([PHASE**-2] * 2), [0])]),
        # Gates of the program: two operations and a phase.
        ("mine(0.6) q[0], q[1];", [(un.rx(0.3), [0]), (un.controlled(un.X), [0, 1]), (np.diag([PHASE] * 2), [0])]),
        (
            "inv @ mine(0.6) q[0], q[1];",
            [(np.diag([1 / PHASE] * 2), [0]), (un.controlled(un.X), [0, 1]), (un.rx(-0.3), [0])],
        ),
        (
            "ctrl @ mine(0.6) q[3], q[0], q[1];",
            [(un.controlled(un.rx(0.3)), [3, 0]), (un.controlled(un.X, 2), [3, 0, 1]), (un.p(0.3), [3])],
        ),
        (
            "pow(2) @ mine(0.6) q[0], q[1];",
            2 * [(un.rx(0.3), [0]), (un.controlled(un.X), [0, 1]), (np.diag([PHASE] * 2), [0])],
        ),
        (
            "pow(-1) @ mine(0.6) q[0], q[1];",
            [(np.diag([1 / PHASE] * 2), [0]), (un.controlled(un.X), [0, 1]), (un.rx(-0.3), [0])],
        ),
        ("pow(0.5) @ phased q[0];", [(np.diag([cmath.exp(0.15j), cmath.exp(0.15j + 0.25j * math.pi)]), [0])]),
        ("pow(100) @ phased q[0];", [(np.diag([cmath.exp(30j), cmath.exp(30j + 50j * math.pi)]), [0])]),
        # On registers.
        ("x q;", [(un.X, [q]) for q in range(4)]),
        ("ctrl @ x q[0:1], q[2:3];", [(un.controlled(un.X), [0, 2]), (un.controlled(un.X), [1, 3])]),
        ("cx q[0], q[{3, 1}];", [(un.controlled(un.X), [0, 3]), (un.controlled(un.X), [0, 1])]),
        ("ccx q[0:1], q[2:3], q[{1, 0}];", [(un.controlled(un.X, 2), [0, 2, 1]), (un.controlled(un.X, 2), [1, 3, 0])]),
        ("rx(0.4) q[-2:-1];", [(un.rx(0.4), [2]), (un.rx(0.4), [3])]),
        ("let a = q[0:2:3] ++ q[1]; h a;", [(un.H, [0]), (un.H, [2]), (un.H, [1])]),
        ("let a = q[3:-2:0]; cx a[0], a[1];", [(un.controlled(un.X), [3, 1])]),
        ("mine(0.6) q[0:1], q[3];", []),
    ],
)
def test_calls(call: str, steps: list[Any]) -> None:
    if call == "mine(0.6) q[0:1], q[3];":
        one = [(un.rx(0.3), [0]), (un.controlled(un.X), [0, 3]), (np.diag([PHASE] * 2), [0])]
        steps = one + [(matrix, [1 if qubit == 0 else qubit for qubit in qubits]) for matrix, qubits in one]
    own = "gate mine(t) a, b { rx(t / 2) a; cx a, b; gphase(t / 2); } gate phased a { gphase(0.3); s a; }"
    state = final_state(openqasm.parse(f"{V3}{own} qubit[4] q; {FIRST} {call}"))
    np.testing.assert_allclose(state, un.final_state([*STEPS, *steps], 4), atol=1e-12)


def test_a_power_of_a_rotation_is_by_its_angle_as_in_qiskit() -> None:
    """Half of a phase of 4 is a phase of 2; u1 there is a matrix like any other, and the principal root is -1.14."""
    for gate, half in (("p(4.0)", 2.0), ("phase(4.0)", 2.0), ("u1(4.0)", 2.0 - math.pi)):
        state = final_state(openqasm.parse(f"{V3}qubit q; x q; pow(0.5) @ {gate} q;"))
        np.testing.assert_allclose(state[1], cmath.exp(1j * half), atol=1e-12)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("cx q[1], q;", "the same qubit twice"),
        ("x q[0], q[1];", "acts on 1 qubit, and 2 are given"),
        ("ctrl @ x q[0];", "with its controls acts on 2 qubits, and 1 is given"),
        ("ctrl(0) @ x q[0];", "needs at least one control"),
        ("ctrl(0.5) @ x q[0];", "must be an integer"),
        ("pow @ x q[0];", "expected '(' and an exponent"),
        ("inv(2) @ x q[0];", "'inv @' takes none in parentheses"),
        ("gphase(0.1) q[0];", "gate 'gphase' acts on no qubits, and 1 is given"),
        ("gphase;", "takes 1 parameter, and none is given"),
        ("x;", "'x' needs operands"),
        ("let a = q[0:1] ++ q[1];", "cannot be joined with a part of itself"),
        ("let a = q[2:1];", "is empty"),
        ("x q[4];", "index 4 is out of range for the register q of size 4"),
        ("x q[0, 1];", "several places are an index set, as in [{0, 2}]"),
        ("x q[0][0];", "q[0] is a single qubit and has no index"),
        ("qubit q;", "'q' is already declared as a register of qubits"),
        ("gate g(a) b { rx(c) b; }", "'c' is not defined"),
        ("int n; gate g b { rx(n) b; } g q[0];", "a gate can use constants, and not the variable 'n'"),
        ("gate g b { measure b; }", "only gates can be in the body of gate 'g'"),
        ("gate g b { x q[0]; }", "acts on its own qubits only"),
        ("qubit[2] r; cx q, r;", "registers of different sizes: 2 and 4"),
        ("bit[3] c; c = measure q;", "measuring 4 qubits (q) into 3 bits"),
    ],
)
def test_invalid_calls(statement: str, words: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(f"{V3}qubit[4] q;\n{statement}")
    assert str(caught.value).startswith("line 4, column"), str(caught.value)
    assert words in str(caught.value)


def test_physical_qubits_are_in_ascending_order() -> None:
    circuit = openqasm.parse(f"{V3}x $7; cx $7, $3;")
    assert circuit.num_qubits == 2
    assert abs(final_state(circuit)[3]) == pytest.approx(1)
    assert abs(final_state(openqasm.parse(f"{V3}x $7; z $3;"))[2]) == pytest.approx(1)


def test_measurements_without_a_target_and_into_parts_of_registers() -> None:
    program = f"{V3}qubit[4] q; bit[4] c; x q[2]; measure q; measure q[1:2] -> c[0:1]; c[{{3, 2}}] = measure q[2:3];"
    assert only(program) == "1010"

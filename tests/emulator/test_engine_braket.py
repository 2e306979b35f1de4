"""Amazon Braket's dialect of OpenQASM 3: its gates without an include, and what it refuses."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import final_state

from . import unitaries
from .programs import only

HEAD = "OPENQASM 3.0;\n"
# The gates of Amazon's reference, under their names in OpenQASM.
NAMES = (
    "U i h x y z s si t ti v vi rx ry rz phaseshift gpi gpi2 prx cnot cv cy cz cphaseshift cphaseshift00 "
    "cphaseshift01 cphaseshift10 ecr swap iswap pswap xy xx yy zz ms ccnot cswap"
)


@pytest.mark.parametrize("name", NAMES.split())
def test_gates_need_no_include(name: str) -> None:
    params, qubits, build = unitaries.GATES[name]
    angles = (0.3, -1.1, 2.7)[:params]
    prefix = "".join(f"ry({0.4 + q}) q[{q}];" for q in range(qubits))
    steps = [(unitaries.ry(0.4 + q), [q]) for q in range(qubits)]
    call = f"{name}({', '.join(map(str, angles))})" if params else name
    text = f"{HEAD}qubit[{qubits}] q; {prefix} {call} {', '.join(f'q[{q}]' for q in range(qubits))};"
    expected = unitaries.final_state([*steps, (build(*angles), list(range(qubits)))], qubits)
    np.testing.assert_allclose(final_state(openqasm.parse(text, dialect="braket")), expected, atol=1e-12)


@pytest.mark.parametrize("name", ["cx", "sdg", "u3", "p", "id", "ccx", "rxx"])
def test_names_of_other_libraries_are_not_defined(name: str) -> None:
    with pytest.raises(InvalidProgramError, match=f"line 2, column 10: gate '{name}' is not defined$"):
        openqasm.parse(f"{HEAD}qubit q; {name} q;", dialect="braket")


def test_a_program_with_a_condition_and_without_an_include() -> None:
    program = f"{HEAD}bit[2] b; qubit[3] a; x a[1]; b[0] = measure a[1]; if (b[0]) {{ x a[0]; }} b[1] = measure a[0];"
    assert only(program, "braket") == "11"


def test_an_include_is_refused() -> None:
    with pytest.raises(
        UnsupportedProgramError, match=r'line 2, column 1: include "stdgates\.inc": Amazon Braket takes no files'
    ):
        openqasm.parse(f'{HEAD}include "stdgates.inc";', dialect="braket")


def test_verbatim_boxes_and_physical_qubits() -> None:
    program = f"{HEAD}bit[2] b;\n#pragma braket verbatim\nbox {{ prx({math.pi}, 0) $7; cnot $7, $9; }}\n"
    program += "b[0] = measure $7; b[1] = measure $9;"
    assert only(program, "braket") == "11"


@pytest.mark.parametrize(
    "pragma",
    [
        "braket result expectation z(q[0])",
        "braket noise bit_flip(0.1) q[0]",
        "braket unitary([[0, 1], [1, 0]]) q[0]",
    ],
)
def test_other_pragmas_are_refused_by_name(pragma: str) -> None:
    with pytest.raises(UnsupportedProgramError, match=r"line 3, column 1: .*the pragma") as caught:
        openqasm.parse(f"{HEAD}qubit[1] q;\n#pragma {pragma}\nx q[0];", dialect="braket")
    assert pragma in str(caught.value)


def test_modifiers_and_global_phases() -> None:
    state = final_state(
        openqasm.parse(f"{HEAD}qubit[2] q; gphase(0.5); x q[0]; ctrl @ gphase(0.25) q[0];", dialect="braket")
    )
    np.testing.assert_allclose(state, [0, cmath.exp(0.75j), 0, 0], atol=1e-12)
    assert only(f"{HEAD}qubit[2] q; bit[2] c; x q[0]; ctrl @ pow(3) @ x q[0], q[1]; c = measure q;", "braket") == "11"


def test_powers_are_principal() -> None:
    """The square root of a turn by 3π/2 about the phase of 1 is a turn by -π/4, not 3π/4."""
    program = f"{HEAD}qubit q; x q; pow(0.5) @ phaseshift({1.5 * math.pi}) q;"
    np.testing.assert_allclose(final_state(openqasm.parse(program, dialect="braket"))[1], cmath.exp(-0.25j * math.pi))


def test_declared_widths_stay() -> None:
    circuit = openqasm.parse(f"{HEAD}qubit[5] q; bit[4] c; x q[3]; c[2] = measure q[3];", dialect="braket")
    assert (circuit.num_qubits, circuit.num_bits) == (5, 4)
    assert only(f"{HEAD}qubit[5] q; bit[4] c; x q[3]; c[2] = measure q[3];", "braket") == "0100"

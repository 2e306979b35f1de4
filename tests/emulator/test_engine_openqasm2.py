"""OpenQASM 2 by its own specification (arXiv:1707.03429); where that is silent, Qiskit's qasm2 is the judge.

Angles are chosen so that the right reading turns a qubit by π, and the outcome is 1.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import final_state

from .programs import V2, V3, near, only, shares


def angle(expression: str) -> float:
    """The value of an expression, read off the phase that it gives to |1⟩."""
    state = final_state(openqasm.parse(f"{V2}qreg q[1]; x q[0]; u1({expression}) q[0];"))
    return float(np.angle(state[1]))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1/2", 0.5),
        ("3/2*2/3", 1.0),
        ("2^3/8", 1.0),
        ("-2^2/4", -1.0),
        ("2^3^2/512", 1.0),
        ("2^-1", 0.5),
        ("(1+1)^(1/2)", math.sqrt(2)),
        ("ln(exp(1))", 1.0),
        ("sin(pi/2)+cos(0)-tan(0)", 2.0),
        ("sqrt(4)/2", 1.0),
        ("-(-1)+ +1", 2.0),
        (".5+1.+1e-1*5", 2.0),
        ("1-2-1", -2.0),
        ("8/4/2", 1.0),
    ],
)
def test_expressions(expression: str, value: float) -> None:
    assert angle(expression) == pytest.approx(value)


@pytest.mark.parametrize("name", ["input", "qubit", "bit", "int", "def", "let", "for", "end", "box", "in", "angle"])
def test_words_of_openqasm_3_are_names(name: str) -> None:
    assert only(f"{V2}qreg {name}[2]; creg output[2]; x {name}[1]; measure {name} -> output;") == "10"


def test_names_of_a_gate_s_parameters_and_qubits_do_not_hide_gates() -> None:
    assert only(f"{V2}gate turn(x) h {{ rx(x) h; x h; }} qreg q[1]; creg c[1]; turn(0) q[0]; measure q -> c;") == "1"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x a; cx a, b;", "1111"),
        ("x a[0]; cx a[0], b;", "1101"),
        ("x b; cx b, a[0]; ", "1100"),
        ("x a; x b; ccx a, b, d;", "111111"),
        ("gate both p, q { cx p, q; cx q, p; } x a; both a, b;", "1100"),
        ("gate g p, q { barrier p, q; x p; barrier q; } g a, b;", "0011"),
        ("x a; cswap a, b, d; x d; cswap a, b, d;", "001111"),
    ],
)
def test_gates_on_registers(body: str, expected: str) -> None:
    """a is the lowest two bits, then b, then d."""
    registers = "qreg a[2]; qreg b[2]; qreg d[2]; creg c[2]; creg e[2]; creg f[2];"
    outcome = only(f"{V2}{registers} {body} measure a -> c; measure b -> e; measure d -> f;")
    assert outcome == expected.rjust(6, "0")


def test_a_condition_reads_the_whole_register_with_bit_0_lowest() -> None:
    program = f"{V2}qreg q[3]; creg c[2]; creg r[1]; x q[1]; measure q[0] -> c[0]; measure q[1] -> c[1]; "
    assert only(f"{program} if(c==2) x q[2]; measure q[2] -> r[0];") == "110"
    assert only(f"{program} if(c==1) x q[2]; measure q[2] -> r[0];") == "010"
    assert only(f"{program} if(c==2) measure q[1] -> r[0];") == "110"
    assert only(f"{program} if(c==2) reset q[1]; measure q[1] -> r[0];") == "010"


def test_a_condition_reads_the_newest_outcome() -> None:
    """The second measurement is of a qubit that was turned back, so the condition does not hold."""
    program = f"{V2}qreg q[2]; creg c[1]; creg r[1]; x q[0]; measure q[0] -> c[0]; x q[0]; measure q[0] -> c[0];"
    assert only(f"{program} if(c==1) x q[1]; measure q[1] -> r[0];") == "00"


def test_a_bit_that_is_measured_after_the_condition_does_not_decide_it() -> None:
    measured = shares(
        f"{V2}qreg q[2]; creg c[1]; creg r[1]; h q[0]; if(c==1) x q[1]; measure q -> c; measure q[1]->r[0];".replace(
            "measure q -> c;", "measure q[0] -> c[0];"
        )
    )
    assert set(measured) == {"00", "01"}
    assert abs(measured["00"] - 0.5) < near(0.5)


def test_opaque_gates_are_declared_and_only_refused_where_they_are_used() -> None:
    program = f"{V2}opaque magic(a, b) p, q; qreg q[2]; creg c[2]; x q[0]; measure q -> c;"
    assert only(program) == "01"
    with pytest.raises(UnsupportedProgramError, match=r"line 4, column 1: .*opaque gate 'magic'"):
        openqasm.parse(f"{program}\nmagic(1, 2) q[0], q[1];")


def test_u_and_cx_are_built_in() -> None:
    assert only("OPENQASM 2.0; qreg q[2]; creg c[2]; U(pi, 0, pi) q[0]; CX q[0], q[1]; measure q -> c;") == "11"


def test_gates_that_the_program_defines_go_before_those_of_the_file() -> None:
    assert (
        only(f"{V2}gate ryy(t) a, b {{ x a; x b; }} qreg q[2]; creg c[2]; ryy(0) q[0], q[1]; measure q -> c;") == "11"
    )


def test_a_gate_keeps_the_meaning_that_its_parts_had() -> None:
    program = f"{V2}gate flip a {{ x a; }} gate x a {{ z a; }} qreg q[1]; creg c[1]; flip q[0]; measure q -> c;"
    assert only(program) == "1"


@pytest.mark.parametrize(
    ("statements", "place", "words"),
    [
        ("qreg q[2];\nx q[0], q[1];", "line 4, column 1", "gate 'x' acts on 1 qubit, and 2 are given"),
        ("qreg q[2];\ncx q;", "line 4, column 1", "gate 'cx' acts on 2 qubits, and 1 is given"),
        ("qreg q[2];\n cx q[1], q;", "line 4, column 2", "gate 'cx' is given the same qubit twice"),
        ("qreg q[2]; qreg p[3];\ncx q, p;", "line 4, column 1", "registers of different sizes: 2 and 3"),
        ("qreg q[1];\nrx q[0];", "line 4, column 1", "gate 'rx' takes 1 parameter, and none is given"),
        ("qreg q[1];\nrx(1,2) q[0];", "line 4, column 1", "takes 1 parameter, and 2 are given"),
        ("qreg q[1];\nrx(1/0) q[0];", "line 4, column 5", "division by zero"),
        ("qreg q[1];\nrx(ln(0)) q[0];", "line 4, column 4", "ln(0)"),
        ("qreg q[1];\nrx(log(2)) q[0];", "line 4, column 4", "there is no function 'log'"),
        ("qreg q[1]; qreg q[2];", "line 3, column 12", "'q' is already declared"),
        ("qubit[3] q;", "line 3, column 1", "not OpenQASM 2"),
        ("qreg q[1]; creg c[1];\nc = measure q;", "line 4, column 1", "assignments are not OpenQASM 2"),
        ("qreg q[1]; creg c[1];\nctrl @ x q[0];", "line 4", "unexpected character '@'"),
        ("qreg q[2]; creg c[1];\nmeasure q -> c;", "line 4, column 1", "measuring 2 qubits (q) into 1 bit"),
        ("qreg q[1]; creg c[2];\nif (c[0] == 1) x q[0];", "line 4, column 6", "whole registers"),
        ("qreg q[1]; creg c[2];\nif (c == 1) barrier q;", "line 4, column 13", "expected a gate"),
        ("gate g a { x b; }", "line 3, column 14", "its own qubits only, not on 'b'"),
        ("gate g(t) a { rx(s) a; }", "line 3, column 18", "'s' is a gate"),
        ("gate g(t) a { rx(w) a; }", "line 3, column 18", "'w' is not defined"),
        ("gate g a { g a; }", "line 3, column 12", "used in its own definition"),
        ("qreg q[2];\nx q[2];", "line 4, column 5", "index 2 is out of range for the register q of size 2"),
        ("qreg q[2];\nx w[0];", "line 4, column 3", "qubit 'w' is not declared"),
        ('include "mine.inc";', "line 3, column 1", 'include "mine.inc": there is no such file'),
        ('include "stdgates.inc";', "line 3, column 1", "the other version of OpenQASM"),
        ("/* a comment */ qreg q[1];", "line 3, column 1", "expected a statement"),
    ],
)
def test_invalid_programs(statements: str, place: str, words: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(V2 + statements)
    assert str(caught.value).startswith(place), str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("head", "file"), [("OPENQASM 2.0; qreg q[1];", "qelib1.inc"), ("OPENQASM 3.0; qubit q;", "stdgates.inc")]
)
def test_a_gate_without_its_file_is_refused_with_the_file(head: str, file: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(f"{head}\nx q;")
    assert str(caught.value) == f"line 2, column 1: gate 'x' is not defined; include \"{file}\""


@pytest.mark.parametrize("header", ["OPENQASM 2.1;", "OPENQASM 1.0;", "OPENQASM 4;", "OPENQASM 3.2;"])
def test_other_versions_are_refused(header: str) -> None:
    with pytest.raises(InvalidProgramError, match=r"line 1: OpenQASM .* is not known; 2\.0, 3\.0 and 3\.1 are"):
        openqasm.parse(header)


@pytest.mark.parametrize("header", ["OPENQASM 2;", "OPENQASM 2.0;", "// a comment\nOPENQASM 2.0 ;"])
def test_headers_of_openqasm_2(header: str) -> None:
    assert openqasm.parse(f'{header}include "qelib1.inc"; qreg q[2];', versions=(2,)).num_qubits == 2


def test_the_second_header_is_refused() -> None:
    with pytest.raises(InvalidProgramError, match="line 3, column 1: the version can only be the first statement"):
        openqasm.parse(V3 + "OPENQASM 3.0;")

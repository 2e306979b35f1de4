"""Control flow that measured bits decide, and what must not happen: outcomes that are impossible."""

from __future__ import annotations

import numpy as np
import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.circuit import Measure
from anyqpu_emulator.engines.errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import final_state, sample
from anyqpu_emulator.engines.wide import Choice, plain

from .programs import V3, near, only, shares

HALF = "qubit[3] q; bit[2] c; bit[2] r; h q[0]; cx q[0], q[1]; c[0] = measure q[0]; c[1] = measure q[1];"
"""c is 00 or 11, each with the same chance; r is leftmost."""


@pytest.mark.parametrize(
    ("statements", "zero", "three"),
    [
        # What r is where c is 00, and where it is 11.
        ("if (c == 3) { r = 1; }", "00", "01"),
        ('if (c == "11") { r = 1; } else { r = 2; }', "10", "01"),
        ("if (c[0] == true) r = 1;", "00", "01"),
        ("if (c[0] == false) r = 1;", "01", "00"),
        ("if (!c[1]) r = 1; else r = 2;", "01", "10"),
        ("if (c) r = 1;", "00", "01"),
        ("if (bool(c) && c[0]) r = 3;", "00", "11"),
        ("if (c[0] || c[1] == 0) r = 3;", "11", "11"),
        ("if (uint[4](c) + 1 > 3) r = 1;", "00", "01"),
        ("if (int[2](c) == -1) r = 1;", "00", "01"),
        ("if (int[2](c) == 3) r = 1;", "00", "01"),
        ("if (int[4](c) == 3) r = 2;", "00", "10"),
        ("bool t = c[0]; if (t) r = 1;", "00", "01"),
        ("int n = 1; if (c == 3) { n = 2; } r = bit[2](n);", "01", "10"),
        ("int n = 1; if (c == 3) { n += 1; n += 1; } else { n = 0; } r = bit[2](n);", "00", "11"),
        ('r = c; r ^= "01";', "01", "10"),
        ("{ bit[2] d; d = c; if (d == 3) r = 2; }", "00", "10"),
        ("let d = c; if (d[1]) { r = 1; }", "00", "01"),
        ("switch (uint[2](c)) { case 0 { r = 1; } case 1, 3 { r = 2; } default { r = 3; } }", "01", "10"),
        ("switch (c) { case 1 { r = 1; } default { r = 3; } }", "11", "11"),
        ("for int i in [0:1] { if (c[0]) { break; } r[i] = 1; }", "11", "00"),
        ("for int i in [0:1] { if (c[i]) { continue; } r[i] = 1; }", "11", "00"),
        ("for uint i in [0:uint[2](c)] { r = bit[2](i); }", "00", "11"),
        ("uint[2] i = c; while (i != 1) { i += 1; } r = bit[2](i);", "01", "01"),
        ("int n; while (true) { n += 1; if (n == 3 || c[0]) { break; } } r = bit[2](n);", "11", "01"),
        ("uint[2] i = c; if (i == 3) { x q[i - 1]; } r[0] = measure q[2];", "00", "01"),
        ("uint[1] i = c[0]; r[i] = 1;", "01", "10"),
        ("if (c[0]) { if (c[1]) { r = 1; } else { r = 2; } } else if (c[1]) { r = 3; }", "00", "01"),
        ("if (c == 3) { end; } r = 3;", "11", "00"),
        ("{ bit[2] r = 3; if (c[0]) { r = 1; } c[0] = r[1]; } r = c;", "01", "10"),
    ],
)
def test_what_measured_bits_decide(statements: str, zero: str, three: str) -> None:
    # An error of types would be found in either.
    statements = statements.replace("r = 1;", 'r = "01";').replace("r = 2;", 'r = "10";').replace("r = 3;", 'r = "11";')
    measured = shares(f"{V3}{HALF} {statements}")
    registers = {key[:2] for key in measured}
    assert registers == {zero, three}
    for outcome in registers:
        share = 1.0 if zero == three else 0.5
        assert abs(sum(value for key, value in measured.items() if key[:2] == outcome) - share) <= near(share)


def test_a_subroutine_returns_early_or_late() -> None:
    define = 'def f(bit a) -> bit[2] { if (a) { return "01"; } return "10"; }'
    assert set(shares(f"{V3}{define} {HALF} r = f(c[0]);")) == {"1000", "0111"}


def test_a_subroutine_returns_from_a_loop() -> None:
    """The place of the first bit that is 1, or 2: from a loop, and after it."""
    define = "def first(bit[2] a) -> int { for int i in [0:1] { if (a[i]) { return i; } } return 2; }"
    assert set(shares(f"{V3}{define} {HALF} int n = first(c); r = bit[2](n);")) == {"1000", "0011"}


def test_a_subroutine_measures() -> None:
    define = "def parity(qubit[2] p, qubit a) -> bit { cx p[0], a; cx p[1], a; return measure a; }"
    assert (
        only(f"{V3}{define} qubit[3] q; bit c; bit[2] d; x q[0]; c = parity(q[0:1], q[2]); d = measure q[0:1];")
        == "011"
    )


def test_repeat_until_a_qubit_is_one() -> None:
    """h, measure, until 1: n tries with a chance of 2⁻ⁿ; the register stops at 3."""
    program = f"{V3}qubit q; bit c; bit[2] n; uint[2] tries; while (c == 0) {{ reset q; h q; c = measure q; "
    measured = shares(f"{program} if (tries < 3) {{ tries += 1; }} }} n = bit[2](tries);")
    for key, share in {"011": 0.5, "101": 0.25, "111": 0.25}.items():
        assert abs(measured[key] - share) < near(share)
    assert set(measured) == {"011", "101", "111"}


def test_an_angle_that_is_measured() -> None:
    """One bit of an angle is π, two bits are π/2: the phases that iterative phase estimation feeds back."""
    program = f"{V3}qubit[2] q; angle[2] a; bit c; x q[0]; measure q[0] -> a[1]; rx(a) q[1]; c = measure q[1];"
    assert only(program) == "1"
    assert only(program.replace("a[1]", "a[0]").replace("rx(a)", "rx(a + a)")) == "1"


def test_qubits_at_measured_indices() -> None:
    program = f"{V3}qubit[4] q; bit[2] c; bit[4] r; x q[1]; c[1] = measure q[1]; uint[2] i = c; "
    assert only(f"{program} x q[i + 1]; cx q[i + 1], q[i]; swap q[0], q[i]; r = measure q;") == "101110"
    assert only(f"{program} reset q[i - 1]; r[i] = measure q[i - 2]; r[0] = measure q[i - 1];") == "000010"
    with pytest.raises(InvalidProgramError, match=r"line 3, column \d+: index 4 is out of range for the register q"):
        only(f"{program} x q[i * 2];")


@pytest.mark.parametrize(
    "statements",
    [
        # The bit is measured after the condition, twice before it, and again after it.
        "h q[0]; if (c[0]) { x q[1]; } c[0] = measure q[0]; r[0] = measure q[1];",
        "x q[0]; c[0] = measure q[0]; x q[0]; c[0] = measure q[0]; if (c[0]) { x q[1]; } r[0] = measure q[1];",
        "c[0] = measure q[0]; if (c[0]) { x q[1]; } x q[0]; c[0] = measure q[0]; r[0] = measure q[1];",
        'c = "11"; c[0] = measure q[0]; if (c == 3) { x q[1]; } r[0] = measure q[1];',
        "h q[0]; c[0] = measure q[0]; c[1] = measure q[0]; if (c == 1 || c == 2) { x q[1]; } r[0] = measure q[1];",
        "h q[0]; c[0] = measure q[0]; if (c[0]) { end; } r[0] = measure q[0];",
    ],
)
def test_impossible_outcomes_do_not_happen(statements: str) -> None:
    measured = shares(f"{V3}qubit[2] q; bit[2] c; bit[2] r; {statements}")
    assert not any(key[1] == "1" for key in measured), measured


def test_bits_that_start_as_one_decide_until_they_are_measured() -> None:
    head = f'{V3}bit[2] c = "01"; qubit[2] q; bit r;'
    assert only(f"{head} if (c == 1) {{ x q[1]; }} r = measure q[1];") == "101"
    assert only(f"{head} c[0] = measure q[0]; if (c == 1) {{ x q[1]; }} r = measure q[1];") == "000"


def test_bits_of_blocks_and_subroutines_are_not_part_of_the_outcome() -> None:
    program = (
        f"{V3}qubit q; x q; for int i in [0:1] {{ bit b; b = measure q; if (b) {{ x q; }} }} bit c; c = measure q;"
    )
    circuit = openqasm.parse(program)
    assert [(register.name, register.size) for register in circuit.registers] == [("c", 1)]
    assert only(program) == "0"
    assert circuit.measured_bits == {0}


def test_programs_without_run_time_control_stay_plain() -> None:
    loop = "for int i in [0:3] { if (i % 2 == 0) { n += i; x q[n / 2]; } }"
    program = f"{V3}qubit[2] q; int n; {loop} bit[2] c; c = measure q;"
    circuit = openqasm.parse(program)
    assert [type(op).__name__ for op in circuit.operations] == ["Gate", "Gate", "Measure", "Measure"]
    assert abs(final_state(circuit)[3]) == pytest.approx(1)


def test_resets_of_untouched_qubits_leave_a_final_state() -> None:
    assert abs(final_state(openqasm.parse(f"{V3}qubit[2] q; reset q; x q[1];"))[2]) == pytest.approx(1)


def test_a_loop_that_never_ends_is_an_error_of_the_run() -> None:
    program = f"{V3}qubit q; bit c; c = measure q;\nwhile (c == 0) {{ c = measure q; }}"
    with pytest.raises(ProgramTooLargeError, match="line 4: the loop ran more than 10000 times in one shot"):
        only(program)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("break;", "'break' outside of a loop"),
        ("return 1;", "'return' outside of a subroutine"),
        ("def f(int a) { a = 1; } f();", "takes 1 argument, not 0"),
        ("def f(int a) -> int { } int n; n = f(1);", "ends without 'return'"),
        (
            "def f(bit a) -> int { if (a) { return 1; } } bit c; c = measure q[0]; int n = f(c);",
            "can end without 'return'",
        ),
        ("def f(qubit a, qubit b) { } f(q[0], q[0]);", "given the same qubit twice"),
        ("def f(qubit[3] a) { } f(q);", "register of 3 qubits, not of 2"),
        ("int n; def f() { n = 1; } f();", "cannot assign 'n'"),
        ("int i; switch (i) { case 0 { } case 0 { } }", "case 0 is there twice"),
        ("for i in [0:3] { }", "the loop variable needs a type, as in 'for int i in"),
        ("for int i in [0:0:3] { }", "the step of a range cannot be 0"),
        ("if (q[0]) { }", "is a register of qubits"),
        ("if (true) { qubit p; }", "only stand at the top of the program"),
    ],
)
def test_invalid_control(statement: str, words: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(f"{V3}qubit[2] q;\n{statement}")
    assert str(caught.value).startswith("line 4, column"), str(caught.value)
    assert words in str(caught.value)


def test_what_aer_is_given_of_a_choice() -> None:
    """A condition on bits is handed over as the values that fulfil it; what has no such form is refused by name."""
    program = (
        f"{V3}qubit[40] q; bit[2] c; c[0] = measure q[3]; if (c == 2 || c == 3) {{ x q[30]; }} c[1] = measure q[30];"
    )
    measured = plain(openqasm.parse(program))
    assert (measured.num_qubits, measured.width, measured.measured) == (2, 2, frozenset({0, 1}))
    choice = measured.operations[1]
    assert isinstance(choice, Choice)
    assert (choice.bits, choice.values, len(choice.then), choice.otherwise) == ((0, 1), frozenset({2, 3}), 1, ())
    assert measured.operations[2] == Measure(1, 1)
    loop = openqasm.parse(f"{V3}qubit q; bit c; while (c == 0) {{ h q; c = measure q; }}")
    with pytest.raises(UnsupportedProgramError, match="variables, loops and jumps that measured bits decide"):
        plain(loop)


def test_equal_seeds_give_equal_shots() -> None:
    program = f"{V3}{HALF} while (c[0]) {{ h q[0]; c[0] = measure q[0]; }}"
    one, other = (sample(openqasm.parse(program), 200, np.random.default_rng(9)).memory() for _ in range(2))
    assert one == other

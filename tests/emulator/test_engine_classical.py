"""Classical values of OpenQASM 3: types, operators, functions, arrays. Expected values are worked out by hand.

Each program ends with its result in bits, which are what it prints: the last register is leftmost.
"""

from __future__ import annotations

import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, UnsupportedProgramError

from .programs import V3, only

ONE = "qubit q; bit b; x q; b = measure q;"
"""A bit that is 1, known only when the circuit runs."""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("7 / 2", 3),
        ("1 / 2", 0),
        ("2 ** 3 ** 1", 8),
        ("17 % 5", 2),
        ("(0xF0 >> 4) & 0b0110 | 0o1", 7),
        ("1 << 3", 8),
        ("5 ^ 6", 3),
        ("2 + 3 * 4 - 1", 13),
        ("pow(2, 4) - mod(7, 4)", 13),
        ("int(floor(2.7)) + int(ceiling(0.2))", 3),
        ("int(7 / 2.0 * 2)", 7),
        ("int(sqrt(16.0)) + int(exp(0.0)) + int(log(1.0))", 5),
        ("int(1e1)", 10),
        ("1_0", 10),
        ("int(-3.9) + 4", 1),
        ("-7 / 2 + 4", 1),
        ("-7 % 3 + 2", 1),
        ("int(3 > 2) + int(2 >= 2) + int(1 != 1)", 2),
        ("int(true && !false) + int(false || true)", 2),
        ('popcount("1011")', 3),
        ("int(2 ** -1 * 4)", 2),
        ("int(arcsin(1.0) * 2 / pi) + int(arccos(1.0)) + int(arctan(0.0))", 1),
        ("int(tau / π) + int(euler) + int(ℇ)", 6),
    ],
)
def test_integers_and_functions(expression: str, value: int) -> None:
    assert only(f"{V3}bit[4] c; int[32] n = {expression}; c = bit[4](n);") == f"{value:04b}"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("uint[4] u = 15; u += 1; c = bit[4](u);", "0000"),
        ("uint[4] u = 3; u -= 5; c = bit[4](u);", "1110"),
        ("int[4] i = 7; i += 1; if (i == -8) { c = 1; }", "0001"),
        ("int[8] i = -2; c = bit[4](i);", "1110"),
        ("uint[2] u = 3; uint[2] v = 3; if (u + v == 2) { c = 1; }", "0001"),
        ('c = "1010"; c = ~c;', "0101"),
        ('c = "0011"; c <<= 1;', "0110"),
        ('c = "1000"; c = c >> 3;', "0001"),
        ('c = "1001"; c = rotl(c, 1);', "0011"),
        ('c = "0011"; c = rotr(c, 1);', "1001"),
        ('c = "1100" & "1010" ^ "0001";', "1001"),
        ('c = "1"  ++ "010";', "0101"),
        ('int[8] i = 15; i[4:7] = "1010"; c = i[3:6];', "0101"),
        ("int[8] i; i[-1] = 1; if (i == -128) { c = 1; }", "0001"),
        ('c[1] = 1; c[{0, 3}] = "10";', "1010"),
        ('bool t = bool("10"); c[0] = t;', "0001"),
        ("c[-1] = true;", "1000"),
        ("const int n = 2; const int m = n * 2 - 1; c = bit[4](m);", "0011"),
        ('bit[2] d = "10"; let e = d ++ c[0:1]; e[3] = 1; e[0] = 1; if (d == 3) { c[3] = 1; }', "1010"),
        ("angle[4] a = 3 * pi / 2; c = bit[4](a);", "1100"),
        ("angle[4] a = pi; a += pi; c = bit[4](a);", "0000"),
        ("angle[4] a = pi / 2; a *= 3; a[0] = 1; c = bit[4](a);", "1101"),
        ("angle[8] a = pi; angle[4] b = a; c = bit[4](b);", "1000"),
    ],
)
def test_sized_values(statements: str, expected: str) -> None:
    outcome = only(f"{V3}bit[4] c; {statements}")
    assert outcome[-4:] == expected


@pytest.mark.parametrize(
    ("statements", "value"),
    [
        ("array[int[8], 3] a = {1, 2 + 3, 7}; n = a[1];", 5),
        ("array[int[8], 2, 3] a = {{1, 2, 3}, {4, 5, 6}}; a[0, 1] = 7; a[1] = a[0]; n = a[1, 1];", 7),
        ("array[int[8], 4] a = {1, 2, 3, 4}; a[0:1] = a[2:3]; n = a[1] + a[-1];", 8),
        ("array[int[8], 2] a = {1, 2}; array[int[8], 4] d = a ++ a; n = d[2] + d[3];", 3),
        ("array[int[8], 2] a = {0, 3}; a[0][1] = 1; n = a[0] + a[1];", 5),
        ("array[float[64], 2] a = {0.5, 2.5}; n = int(a[0] + a[1]);", 3),
        ("array[int[8], 3, 5] a; n = int(sizeof(a) + sizeof(a, 1));", 8),
        ("array[int[8], 2] a; for int i in [0:1] { a[i] = i + 1; } for int[8] v in a { n += v; }", 3),
    ],
)
def test_arrays(statements: str, value: int) -> None:
    # The same where an element depends on a measured bit: the array moves to the memory of the run.
    assert only(f"{V3}bit[4] c; int[8] n; {statements} c = bit[4](n);") == f"{value:04b}"


def test_arrays_at_indices_that_are_measured() -> None:
    program = f"{V3}{ONE} bit[3] c; array[int[8], 3] a = {{4, 5, 6}}; a[int(b)] = a[int(b) + 1] + 1; c = bit[3](a[1]);"
    assert only(program) == "111" + "1"


def test_arrays_are_passed_by_reference() -> None:
    definition = (
        "def fill(mutable array[int[8], 3] a, readonly array[int[8], #dim=1] d) { a[1] = d[0] + int(sizeof(d)); }"
    )
    program = (
        f"{V3}{definition} array[int[8], 3] a; array[int[8], 2] d = {{3, 0}}; fill(a, d); bit[3] c; c = bit[3](a[1]);"
    )
    assert only(program) == "101"
    with pytest.raises(InvalidProgramError, match="cannot be assigned"):
        only(f"{V3}def f(readonly array[int[8], 3] a) {{ a[1] = 1; }} array[int[8], 3] a; f(a);")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ('int n = "01" + 1;', "cast it, as in uint[2]"),
        ('bit[2] d = "011";', "bit[3] cannot become bit[2]"),
        ("float f = 1 / 0;", "division by zero"),
        ("float f = sqrt(-1.0);", "sqrt(-1) has no finite value"),
        ("int n = nosuch(1);", "no function or subroutine 'nosuch'"),
        ("int n = m;", "'m' is not defined"),
        ("const int n = 1; n = 2;", "cannot be assigned"),
        ("int n = pi[0];", "float has no bits to index"),
        ("array[int[8], 2] a = {1, 2, 3};", "3 elements where 2 should be"),
        ("array[int[8], 2] a; int[8] n = a[2];", "index 2 is out of range for an array of size 2"),
        ("bit[2] d; d[2] = 1;", "index 2 is out of range"),
        ("int n; n[0] = 1;", "int has no bits to index"),
        ("x = 1;", "'x' is a gate and cannot be assigned"),
        ("qubit q; int n = q;", "'q' is a qubit, not a classical value"),
        ("ln(2);", "no function or subroutine 'ln'"),
        ("int[0] n;", "must be positive"),
        ("duration d = 10ns + 1;", "'+' does not apply to duration and int"),
        ("float f = 10ns;", "duration cannot become float"),
        ("uint n; n = ~n;", "'~' needs a type with a size, not uint"),
    ],
)
def test_invalid_values(statement: str, words: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(f"{V3}{statement}")
    assert str(caught.value).startswith("line 3, column"), str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("statement", "construct"),
    [
        ("complex[float[64]] z;", "complex numbers"),
        ("float f = 2.0im;", "complex numbers"),
        ("extern f(int) -> int;", "extern functions"),
        ('defcalgrammar "openpulse";', "calibration grammars"),
        ("defcal x $0 { play(drive($0), gaussian(...)); }", "calibrations of gates (defcal)"),
        ("cal { frame f = newframe(d, 5e9, 0.0) ?? }", "calibration blocks (cal)"),
        ("#pragma vendor option", "the pragma 'vendor option'"),
        ("qubit q; x[100ns] q;", "a gate with a duration"),
        ("duration d = 10ns; if (d > 5ns) { }", "comparisons and quotients of durations"),
    ],
)
def test_what_is_not_computed_is_refused_by_name(statement: str, construct: str) -> None:
    with pytest.raises(UnsupportedProgramError) as caught:
        openqasm.parse(f"{V3}{statement}")
    assert str(caught.value).startswith("line 3, column")
    assert construct in str(caught.value)


def test_inputs_are_named_together() -> None:
    with pytest.raises(UnsupportedProgramError, match=r"line 3, column 1: inputs without values: theta, n; give them"):
        openqasm.parse(f"{V3}input float theta;\ninput int[8] n;\nqubit q; rx(theta) q;")


@pytest.mark.parametrize(
    "text", ["a ? b", "qubit[2 q;", "gate g a { h a;", "x q", "if (1 { }", "def f( { }", "{ } }", "let = 3;"]
)
def test_messages_have_no_python_in_them(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        openqasm.parse(V3 + text)
    assert not any(word in str(caught.value) for word in ("object at", "Error", "class", "syntax.", "None", "<"))
    assert str(caught.value).startswith("line 3, column")

"""Programs are read by the specification of their language: registers, constants, gates, control flow."""

from __future__ import annotations

import math

import pytest

from anyqpu import Program
from anyqpu import ProgramFormat as F
from anyqpu.errors import ValidationError
from anyqpu_programs import convert
from anyqpu_programs.circuit import Circuit, Gate, Measure
from anyqpu_programs.reader import read
from tests.programs.running import converted

V2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
V3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def gates(text: str) -> list[tuple[str, tuple[float, ...], tuple[int, ...]]]:
    """Name, angles and qubits of each gate, controls first and counted in the name."""
    circuit: Circuit = read(text)
    return [
        ("c" * len(step.controls) + step.name, step.angles, step.qubits)
        for step in circuit.steps
        if isinstance(step, Gate)
    ]


def angle(expression: str, head: str = V2, declare: str = "qreg q[1];") -> float:
    """What an expression comes to as the angle of a rotation."""
    ((_, (value,), _),) = gates(f"{head}{declare}\nrx({expression}) q[0];")
    return value


@pytest.mark.parametrize(
    ("call", "pairs"),
    [
        ("cx a, b;", [(0, 2), (1, 3)]),
        ("cx a[0], b;", [(0, 2), (0, 3)]),
        ("cx a, b[1];", [(0, 3), (1, 3)]),
        ("cx a[1], b[0];", [(1, 2)]),
    ],
)
@pytest.mark.parametrize("head", [V2, V3], ids=["2", "3"])
def test_a_gate_on_registers_goes_element_by_element(head: str, call: str, pairs: list[tuple[int, int]]) -> None:
    declare = "qreg a[2];\nqreg b[2];\n" if head is V2 else "qubit[2] a;\nqubit[2] b;\n"
    assert [qubits for _, _, qubits in gates(head + declare + call)] == pairs


def test_three_registers_own_gates_and_modifiers_are_broadcast_too() -> None:
    declare = "qubit[2] a;\nqubit[2] b;\nqubit[2] d;\n"
    assert gates(f"{V3}{declare}ccx a, b, d;") == [("ccx", (), (0, 2, 4)), ("ccx", (), (1, 3, 5))]
    assert gates(f"{V3}{declare}ctrl @ x a, b;") == [("cx", (), (0, 2)), ("cx", (), (1, 3))]
    own = "gate mine(t) u, v { rx(t) v; cz v, u; }\n"
    assert gates(f"{V3}{own}{declare}mine(1) a, b[0:1];") == [
        *(("rx", (1.0,), (2,)), ("cz", (), (2, 0))),
        *(("rx", (1.0,), (3,)), ("cz", (), (3, 1))),
    ]


def test_a_subroutine_broadcasts_over_its_arguments() -> None:
    text = f"{V3}def both(qubit[2] u, qubit[2] v) {{ cx u, v; }}\nqubit[4] q;\nboth(q[0:1], q[2:3]);"
    assert gates(text) == [("cx", (), (0, 2)), ("cx", (), (1, 3))]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("pi/2^2", math.pi / 4),  # a power binds tighter than a division
        ("2^3^0.5", 2 ** (3**0.5)),  # and from the right
        ("-2^2", -4),
        ("pi/(2^3)*8", math.pi),
        ("1/2*pi*2", math.pi),  # numbers are real
        ("ln(2)+exp(1)", math.log(2) + math.e),
        ("sqrt(4)*sin(pi/6)+cos(0)-tan(0)", 2.0),
    ],
)
def test_openqasm_2_computes_with_real_numbers(expression: str, value: float) -> None:
    assert angle(expression) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("7/2", 3),  # integers divide to an integer
        ("-7/2", -3),  # towards zero
        ("7/2.0", 3.5),
        ("1/2*pi", 0),
        ("-7%4", -3),
        ("2**10", 1024),
        ("2**-1", 0.5),
        ("1<<4|3", 19),
        ("6^3", 5),  # exclusive or
        ("~0", -1),
        ("popcount(7)+mod(7,4)+floor(2.7)+ceiling(1.2)", 3 + 3 + 2 + 2),
        ("log(exp(2))+sqrt(9)+pow(2,3)", 2 + 3 + 8),
        ("arccos(0.5)*3", math.pi),
        ("tau/2+euler", math.pi + math.e),
        ("int[8](200)", -56),  # two's complement
        ("uint[4](17)", 1),
        ("int(3.9)", 3),
        ('uint[4]("0110")', 6),
        ("float(true)", 1),
    ],
)
def test_openqasm_3_computes_by_type(expression: str, value: float) -> None:
    assert angle(expression, V3, "qubit[1] q;") == pytest.approx(value, abs=1e-12)


def test_names_of_openqasm_2_may_be_keywords_of_3() -> None:
    declare = "gate bit(int) let { rx(int) let; }\nqreg input[1];\ncreg output[1];\n"
    text = f"{V2}{declare}bit(2) input[0];\nmeasure input -> output;"
    circuit = read(text)
    assert (circuit.qubits, circuit.bits) == ({"input": 1}, {"output": 1})
    assert gates(text) == [("rx", (2.0,), (0,))]


def test_elements_slices_sets_and_aliases() -> None:
    declare = "qubit[5] q;\nlet ends = q[{0, 4}];\nlet middle = q[1:3];\nlet all = ends ++ middle;\n"
    for written, places in (
        ("x q[-1];", [4]),
        ("x q[0:2:4];", [0, 2, 4]),
        ("x q[3:-1:1];", [3, 2, 1]),
        ("x q[:1];", [0, 1]),
        ("x ends;", [0, 4]),
        ("x middle[-1];", [3]),
        ("x all[1];", [4]),
        ("x all[2:3];", [1, 2]),
    ):
        assert [qubits for _, _, qubits in gates(V3 + declare + written)] == [(place,) for place in places], written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ctrl(2) @ x q[0], q[1], q[2];", [("ccx", (), (0, 1, 2))]),
        ("negctrl @ x q[0], q[1];", [("x", (), (0,)), ("cx", (), (0, 1)), ("x", (), (0,))]),
        ("inv @ s q[0];", [("sdg", (), (0,))]),
        ("inv @ U(0.1, 0.2, 0.3) q[0];", [("u", (-0.1, -0.3, -0.2), (0,))]),
        ("pow(3) @ rx(0.2) q[0];", [("rx", (pytest.approx(0.6),), (0,))]),
        ("pow(-2) @ cp(0.2) q[0], q[1];", [("cp", (-0.4,), (0, 1))]),
        ("pow(2) @ swap q[0], q[1];", []),
        ("ctrl @ gphase(0.3) q[1];", [("cgphase", (0.3,), (1,))]),
        ("ctrl @ inv @ ctrl @ t q[0], q[1], q[2];", [("cctdg", (), (0, 1, 2))]),
    ],
)
def test_modifiers(written: str, meant: object) -> None:
    assert gates(f"{V3}qubit[3] q;\n{written}") == meant


def test_the_program_s_own_gates_take_the_place_of_an_include_s() -> None:
    """A gate sees those that were defined before it."""
    text = f"{V3}gate old a {{ h a; }}\ngate h a {{ x a; }}\nqubit q;\nold q;\nh q;"
    assert [name for name, _, _ in gates(text)] == ["h", "x"]


def test_loops_switches_and_variables_are_worked_out() -> None:
    text = f"""{V3}qubit[4] q;
    const int last = 3;
    array[float, 2] turns = {{0.5, 1.5}};
    int count = 0;
    for uint i in [0:last] {{ if (i % 2 == 1) {{ continue; }} rx(turns[i / 2]) q[i]; count += 1; }}
    while (true) {{ count *= 2; if (count > 7) {{ break; }} }}
    switch (count) {{ case 4 {{ x q[0]; }} case 6, 8 {{ x q[3]; }} default {{ y q[0]; }} }}
    """
    assert gates(text) == [("rx", (0.5,), (0,)), ("rx", (1.5,), (2,)), ("x", (), (3,))]


def test_a_subroutine_that_measures_writes_into_the_bits_of_its_caller() -> None:
    define = "def look(qubit u) -> bit { bit r; h u; r = measure u; return r; }\n"
    circuit = read(f"{V3}{define}qubit[2] q;\nbit[2] c;\nc[1] = look(q[0]);")
    assert circuit.steps == (Gate("h", (), (0,)), Measure(0, 1))
    assert circuit.hidden_bits == 0


INVALID = [
    (V2 + "qreg q[2];\nx q[0],q[1];", "line 4: gate 'x' acts on 1 qubit, but 2 were given"),
    (V2 + "qreg q[2];\ncx q;", "line 4: gate 'cx' acts on 2 qubits, but 1 was given"),
    (V2 + "qreg q[2];\ncx q[1],q;", "line 4: gate 'cx' is applied to a qubit twice"),
    (V2 + "qreg a[2];\nqreg b[3];\ncx a,b;", "line 5: gate 'cx' is applied to registers of 2 and 3 qubits"),
    ("OPENQASM 2.0;\nqreg q[1];\nx q;", "line 3: the gate 'x' is not defined; include \"qelib1.inc\" defines it"),
    ("OPENQASM 3.0;\nqubit q;\nx q;", "line 3: the gate 'x' is not defined; include \"stdgates.inc\" defines it"),
    ("OPENQASM 2.0;\nqubit[3] q;", "line 2: OpenQASM 2 declares registers by 'qreg' and 'creg'"),
    (V2 + 'include "more.inc";', "line 3: the include 'more.inc' is unknown; OpenQASM 2 has qelib1.inc"),
    (V3 + 'include "more.inc";', "line 3: the include 'more.inc' is unknown"),
    (V2 + "qreg q[2];\nx q[2];", r"line 4: q\[2\] does not exist: 'q' has 2 qubits"),
    (V2 + "qreg q[2];\ncreg c[1];\nmeasure q -> c;", "line 5: it measures 2 qubits into 1 bit"),
    (V2 + "qreg q[1];\nrx q[0];", "line 4: gate 'rx' takes 1 angle, not 0"),
    (V2 + "qreg q[1];\nrx(y) q[0];", "line 4: 'y' is not declared"),
    (V2 + "qreg q[1];\nrx(1/0) q[0];", "line 4: an expression has a division by zero"),
    (V2 + "qreg q[1];\nx q[0]", "line 4: expected ';', found end of file"),
    (V2 + "gate g a { g a; }", "line 3: the gate 'g' is not defined"),
    (V2 + "gate g a { h b; }", "line 3: a gate acts on a qubit that is not one of its own"),
    (V2 + "qreg q[1];\nqreg q[1];", "line 4: 'q' is declared twice"),
    (V2 + "qreg q[1];\ncreg c[1];\nc = measure q;", "line 5: OpenQASM 2 writes a measurement as 'measure q -> c;'"),
    (V2 + "qreg q[1];\nrx(2**3) q[0];", r"line 4: '\*\*' is of OpenQASM 3"),
    (V2 + "qreg q[1];\ncreg c[1];\nif(c==1) { x q[0]; }", "line 5: OpenQASM 2 has one statement after 'if'"),
    (V2 + "gate g(t) a { rx(u) a; }", "line 3: 'u' is not a parameter of the gate"),
    (V3 + "bit c;\nconst bool b = c;", "line 4: a constant cannot depend on 'c'"),
    (V3 + "qubit q;\nx $;", "line 4"),
    (V3 + "const int n = 1;\nn = 2;", "line 4: 'n' cannot be assigned to"),
    (V3 + "qubit[2] q;\nlet a = q ++ q;", "line 4: a qubit is in a register twice"),
    (V3 + "input float t;\nqubit q;\nrx(t) q;", "line 5: the input 't' has no value; give it as parameters="),
    ("OPENQASM 2.0\nqreg q[1];", "line 1: the version 'OPENQASM 2.0' is not followed by ';'"),
]


@pytest.mark.parametrize(("text", "reason"), INVALID, ids=[reason[:50] for _, reason in INVALID])
def test_invalid_programs_are_refused_with_line_and_construct(text: str, reason: str) -> None:

    target = F.IONQ_JSON
    version = F.OPENQASM2 if text.startswith("OPENQASM 2") else F.OPENQASM3
    with pytest.raises(ValidationError, match=f"invalid OpenQASM [23] program: {reason}") as caught:
        convert(Program(text, version), target)
    for internal in ("<class", "Span(", "openqasm3.", "Traceback", "object at"):
        assert internal not in str(caught.value)


def test_a_byte_order_mark_is_ignored() -> None:
    assert read(f"\ufeff{V2}qreg q[1];").qubits == {"q": 1}


def test_unused_opaque_gates_and_barriers_in_gates_change_nothing() -> None:
    text = f"{V2}opaque magic(a) u;\ngate g u,v {{ h u; barrier u,v; cx u,v; }}\nqreg q[2];\ng q[0],q[1];"
    assert gates(text) == [("h", (), (0,)), ("cx", (), (0, 1))]
    with pytest.raises(ValidationError, match="line 4: it uses the opaque gate 'magic'"):
        converted(f"{V2}opaque magic(a) u;\nqreg q[2]; magic(1) q[0];", F.OPENQASM3)

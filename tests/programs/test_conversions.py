"""A converted program does what the original did: both are run by the emulator, which reads programs by itself."""

from __future__ import annotations

import base64
import json
import math
import sys
import time
import zlib
from types import FrameType
from typing import Any

import anyio
import anyio.to_thread
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyqpu import Program
from anyqpu import ProgramFormat as F
from anyqpu.errors import ConfigError, ValidationError
from anyqpu_emulator.engines import openqasm
from anyqpu_programs import conversions, convert, fit
from anyqpu_programs.source import package
from tests.programs.running import converted, shares, shares_by_qubit, state_of

QUBITS = 4
HEAD2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[{QUBITS}] q;\nbit[{QUBITS}] c;\n'
MEASURE = "c = measure q;\n"
# Angles and qubits of gates by name, as stdgates.inc and Qiskit's library have them.
GATES = {
    **dict.fromkeys(("id", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "sxdg"), (0, 1)),
    **dict.fromkeys(("rx", "ry", "rz", "p", "u1"), (1, 1)),
    **{"u2": (2, 1), "u3": (3, 1), "U": (3, 1), "cu": (4, 2), "cu3": (3, 2)},
    **dict.fromkeys(("cx", "cy", "cz", "ch", "cs", "csdg", "csx", "swap", "iswap", "dcx", "ecr"), (0, 2)),
    **dict.fromkeys(("cp", "cu1", "crx", "cry", "crz", "rxx", "ryy", "rzz", "rzx"), (1, 2)),
    **dict.fromkeys(("ccx", "ccz", "cswap", "rccx"), (0, 3)),
    **dict.fromkeys(("c3x", "c3sx"), (0, 4)),
}


def measured(body: str) -> str:
    return HEAD + body + MEASURE


def ionq(text: str) -> Program:
    """A program in IonQ's JSON."""
    return convert(Program.from_text(text), F.IONQ_JSON)


angles = st.floats(-7, 7, allow_nan=False).map(lambda angle: round(angle, 6))


@st.composite
def calls(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(sorted(GATES)))
    count, width = GATES[name]
    modifiers = ""
    while width < QUBITS and draw(st.integers(0, 3)) == 0:
        modifiers += draw(st.sampled_from(["ctrl @ ", "negctrl @ "]))
        width += 1
    modifiers += draw(st.sampled_from(["", "", "inv @ ", "pow(2) @ ", "pow(-1) @ "]))
    chosen = draw(st.permutations(range(QUBITS)))[:width]
    values = f"({', '.join(repr(draw(angles)) for _ in range(count))})" if count else ""
    return f"{modifiers}{name}{values} {', '.join(f'q[{qubit}]' for qubit in chosen)};\n"


def spread(state: np.ndarray, bits: list[int]) -> dict[str, float]:
    """The share of each outcome where qubit k is measured into bit `bits[k]`."""
    out: dict[str, float] = {}
    for index, amplitude in enumerate(state):
        number = sum(1 << bits[qubit] for qubit in range(len(bits)) if index >> qubit & 1)
        out[f"{number:0{len(bits)}b}"] = out.get(f"{number:0{len(bits)}b}", 0.0) + abs(amplitude) ** 2
    return out


def close(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(abs(one.get(key, 0) - other.get(key, 0)) < 1e-9 for key in {*one, *other})


@pytest.mark.parametrize("target", [F.OPENQASM2, F.BRAKET_QASM3, F.IONQ_JSON])
@given(
    program=st.lists(calls(), min_size=1, max_size=8),
    bits=st.permutations(range(QUBITS)),
    start=st.lists(angles, min_size=QUBITS, max_size=QUBITS),
)
@settings(max_examples=40, deadline=None)
def test_random_circuits_keep_their_outcomes(
    target: F, program: list[str], bits: list[int], start: list[float]
) -> None:
    # A first layer in which no two qubits are alike, so that nothing cancels by chance.
    layer = [f"ry({angle + 0.3}) q[{qubit}];\nrz({0.7 - angle}) q[{qubit}];\n" for qubit, angle in enumerate(start)]
    body = HEAD + "".join([*layer, *program])
    text = body + "".join(f"c[{bit}] = measure q[{qubit}];\n" for qubit, bit in enumerate(bits))
    before = state_of(body)
    if target is F.IONQ_JSON:
        assert close(shares_by_qubit(ionq(text)), spread(before, bits))
    elif target is F.BRAKET_QASM3:
        result = converted(text, target)
        assert "include" not in result
        assert close(spread(state_of(result), list(range(QUBITS))), spread(before, bits))
    else:
        assert abs(np.vdot(before, state_of(converted(text, target)))) == pytest.approx(1)


def test_a_wrong_conversion_would_be_seen() -> None:
    """The control of the test above: one angle differs by a thousandth."""
    body = HEAD + "h q[0];\ncrx(0.5) q[0], q[1];\n"
    after = converted(body.replace("0.5", "0.501"), F.OPENQASM2)
    assert abs(np.vdot(state_of(body), state_of(after))) != pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("extra", range(5))
@pytest.mark.parametrize("controls", [3, 4, 5, 6])
def test_gates_of_many_controls(controls: int, extra: int) -> None:
    """With and without qubits to borrow; all controls in superposition."""
    width = controls + 1 + extra
    operands = ", ".join(f"q[{qubit}]" for qubit in range(controls + 1))
    first = "".join(f"ry({0.4 + qubit}) q[{qubit}];\n" for qubit in range(width))
    text = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[{width}] q;\n{first}ctrl({controls}) @ x {operands};\n'
    result = converted(text, F.OPENQASM2)
    assert abs(np.vdot(state_of(text), state_of(result))) == pytest.approx(1)
    assert result.count("\n") < 60 + 30 * controls


TELEPORT = f"""{HEAD2}qreg q[3];
creg m[2];
creg r[1];
ry(1.1) q[0];
h q[1];
cx q[1],q[2];
cx q[0],q[1];
h q[0];
measure q[0] -> m[0];
measure q[1] -> m[1];
if(m==1) z q[2];
if(m==2) x q[2];
if(m==3) y q[2];
ry(-1.1) q[2];
measure q[2] -> r[0];
"""


def test_measurements_in_the_middle_and_conditions_reach_machines_that_measure_once() -> None:
    """Teleportation: what arrives is what was sent, so r is 0, and m is uniform."""
    want = {f"0{m:02b}": 0.25 for m in range(4)}
    assert close(shares_by_qubit(ionq(TELEPORT)), want)
    for target in (F.OPENQASM3, F.BRAKET_QASM3):
        counts = shares(converted(TELEPORT, target))
        assert counts.keys() == want.keys()
        assert all(abs(share - 0.25) < 0.04 for share in counts.values())
    assert "if" not in converted(TELEPORT, F.BRAKET_QASM3)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        # Measured, changed, measured again: both outcomes are kept.
        ("x q[0]; measure q[0] -> c[0]; x q[0]; measure q[0] -> c[1];", "0001"),
        # Reset in the middle.
        ("x q[0]; measure q[0] -> c[0]; reset q[0]; measure q[0] -> c[1]; x q[0]; measure q[0] -> c[2];", "0101"),
        # The last measurement into a bit counts.
        ("x q[0]; measure q[0] -> c[0]; measure q[1] -> c[0];", "0000"),
        # A bit that nothing is measured into is 0, and keeps its place.
        ("x q[0]; measure q[0] -> c[3];", "1000"),
        # A condition on a register reads the bits as they are then.
        ("x q[0]; measure q[0] -> c[0]; if(c==1) x q[1]; measure q[1] -> c[1]; if(c==1) x q[2];"
         " measure q[2] -> c[2];", "0011"),
        # A measurement and a reset that depend on a measurement.
        ("x q[0]; measure q[0] -> c[0]; if(c==1) measure q[0] -> c[3]; if(c==9) reset q[0]; measure q[0] -> c[2];",
         "1001"),
        ("if(c==0) x q[0]; measure q[0] -> c[0]; if(c==0) x q[1]; measure q[1] -> c[1];", "0001"),
    ],
)  # fmt: skip
def test_the_outcome_is_the_same_on_every_route(body: str, outcome: str) -> None:
    text = f"{HEAD2}qreg q[3];\ncreg c[4];\n{body}\n"
    assert close(shares_by_qubit(ionq(text)), {outcome: 1.0})
    for target in (F.OPENQASM3, F.BRAKET_QASM3):
        assert shares(converted(text, target)) == {outcome: 1.0}, target
    assert shares(converted(converted(text, F.OPENQASM3), F.OPENQASM2)) == {outcome: 1.0}


def test_a_measured_qubit_loses_its_phase_also_where_the_outcome_is_not_kept() -> None:
    """H, measure, H: uniform; without the measurement it would be 0."""
    text = f"{HEAD}h q[0];\nmeasure q[0];\nh q[0];\nc[0] = measure q[0];\n"
    assert close(shares_by_qubit(ionq(text)), {"0000": 0.5, "0001": 0.5})
    for target in (F.OPENQASM2, F.BRAKET_QASM3):
        counts = shares(converted(text, target))
        assert counts.keys() == {"0000", "0001"}
        assert abs(counts["0000"] - 0.5) < 0.05


def test_ionq_json_marks_the_qubits_of_the_program() -> None:
    """A qubit that is not measured comes after those that are; the counts are of the program's width."""
    text = (
        f"{HEAD2}qreg q[3];\ncreg c[2];\nx q[2];\nh q;\ncx q[0],q[2];\nmeasure q[0] -> c[0];\nmeasure q[1] -> c[1];\n"
    )
    program = ionq(text)
    assert (program.bits, json.loads(program.text)["qubits"]) == (2, 3)
    assert close(shares_by_qubit(program), dict.fromkeys(("00", "01", "10", "11"), 0.25))
    assert ionq(f"{HEAD2}qreg q[2];\ncreg c[2];\nmeasure q -> c;\n").bits is None


def test_a_program_that_measures_nothing_is_measured_as_a_whole() -> None:
    text = f"{HEAD2}qreg q[2];\nx q[1];\n"
    assert close(shares_by_qubit(ionq(text)), {"10": 1.0})
    assert shares(converted(text, F.BRAKET_QASM3)) == {"10": 1.0}


@pytest.mark.parametrize(
    "condition", ["c == 2", "c != 1", "c[1] && !c[0]", "c > 1", "int[3](c) >= 2", "popcount(c) == 1"]
)
@pytest.mark.parametrize("set_bit", [0, 1])
def test_conditions_of_openqasm_3_in_openqasm_2(condition: str, set_bit: int) -> None:
    """The register is 1 or 2, and each condition is worked out by hand."""
    value = 1 << set_bit
    holds = {"c != 1": value != 1, "popcount(c) == 1": True}.get(condition, value == 2)
    text = (
        f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\nbit[1] r;\nx q[{set_bit}];\n'
        f"c = measure q[0:1];\nif ({condition}) {{ x q[2]; }} else {{ z q[2]; }}\nr[0] = measure q[2];\n"
    )
    assert shares(converted(text, F.OPENQASM2)) == {f"{int(holds)}{value:02b}": 1.0}
    assert close(shares_by_qubit(ionq(text)), {f"{int(holds)}{value:02b}": 1.0})


@pytest.mark.parametrize(
    ("statements", "result"),
    [
        ("r = c;", "10"),
        ("r = ~c;", "01"),
        ("r[1] = c[1]; r[0] = c[1] && !c[0];", "11"),
        ("int n = int[3](c); n = n * 2 - 1; if (n == 3) { r[0] = true; }", "01"),
        ("uint[2] n = uint[2](c); switch (n) { case 0, 1 { r[0] = true; } case 2 { r[1] = true; } default { r = 3; } }",
         "10"),
        ("bool both = c == 3; if (!both) { r = 3; }", "11"),
    ],
)  # fmt: skip
def test_variables_that_depend_on_measurements(statements: str, result: str) -> None:
    """The register c is 2, as measured; what r is then can be worked out by hand."""
    text = f"{HEAD.replace('bit[4] c', 'bit[2] c')}bit[2] r;\nx q[1];\nc = measure q[0:1];\n{statements}\n"
    for target in (F.OPENQASM2, F.BRAKET_QASM3):
        assert shares(converted(text, target)) == {f"{result}10": 1.0}
    assert close(shares_by_qubit(ionq(text)), {f"{result}10": 1.0})


@pytest.mark.parametrize(
    ("text", "target", "reason"),
    [
        (measured("delay[10ns] q[0];\n"), F.OPENQASM2, "line 5: it has a delay"),
        (measured("") + "while (c[0]) { x q[0]; c = measure q; }\n", F.OPENQASM2,
         "line 6: it has a loop that depends on a measurement"),
        (measured("") + "int n = int[5](c);\nc[0] = measure q[1];\nif (n == 1) { x q[0]; }\n", F.OPENQASM2,
         "line 8: the variable 'n' keeps an outcome whose bit is measured again"),
        (measured("") + "c[1] = c[0];\n", F.OPENQASM2, "line 6: a branch writes into the register that it depends on"),
        (measured("pow(0.5) @ ecr q[0], q[1];\n"), F.OPENQASM2, "line 5: it has a gate of several qubits to the power"),
        (measured("#pragma noise\n"), F.OPENQASM2, "line 5: it has a pragma"),
        (measured("") + "extern f(int) -> int;\n", F.OPENQASM2, "line 6: it has an external function"),
        (measured("") + "bit[1] d;\nif (c[0] && d[0] == (c[1] == c[2])) { x q[0]; }\nd[0] = measure q[0];\n"
         "if (c[0] || d[0]) { x q[0]; }\n", F.OPENQASM2, "line 9: a condition depends on several registers"),
    ],
)  # fmt: skip
def test_what_has_no_exact_form_is_refused_with_line_and_reason(text: str, target: F, reason: str) -> None:
    with pytest.raises(ValidationError, match=f"no exact form in {target}: {reason}"):
        converted(text, target)


def test_loops_constants_aliases_and_own_gates_are_written_out() -> None:
    text = converted(
        'OPENQASM 3.0;\ninclude "stdgates.inc";\nconst int n = 3;\n'
        "gate turn(w) a, b { rz(w / 2) a; cx a, b; }\n"
        "qubit[n] q;\nbit[n] c;\nlet front = q[0:1];\n"
        "for int i in [0:2] { h q[i]; }\nturn(pi) front[0], front[1];\nbarrier q;\nc = measure q;\n",
        F.OPENQASM2,
    )
    assert text.splitlines() == [
        *("OPENQASM 2.0;", 'include "qelib1.inc";', "qreg q[3];", "creg c[3];"),
        *("h q[0];", "h q[1];", "h q[2];", f"rz({math.pi / 2}) q[0];", "cx q[0], q[1];"),
        "barrier q[0], q[1], q[2];",
        *("measure q[0] -> c[0];", "measure q[1] -> c[1];", "measure q[2] -> c[2];"),
    ]


@pytest.mark.parametrize("name", ["sxdg", "cu1", "csx", "rxx", "ryy", "rzz", "dcx", "iswap", "ccz", "cu3", "rccx"])
def test_gates_that_stdgates_lacks_are_written_in_those_that_it_has(name: str) -> None:
    count, width = GATES[name]
    values = f"({', '.join(['0.3'] * count)})" if count else ""
    call = f"{name}{values} {', '.join(f'q[{qubit}]' for qubit in range(width))};"
    first = "".join(f"ry({0.3 + qubit}) q[{qubit}];\nrz({qubit}) q[{qubit}];\n" for qubit in range(3))
    text = f"{HEAD2}qreg q[3];\n{first}{call}"
    after = converted(text, F.OPENQASM3)
    assert f"{name}(" not in after
    assert f"{name} " not in after
    assert abs(np.vdot(state_of(text), state_of(after))) == pytest.approx(1)


def test_names_that_a_language_does_not_allow_are_changed() -> None:
    text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] Q;\nbit[1] measured;\nmeasured[0] = measure Q[0];\n'
    assert "qreg r_Q[1];\ncreg measured[1];\nmeasure r_Q[0] -> measured[0];\n" in converted(text, F.OPENQASM2)
    text = f"{HEAD2}qreg input[1];\ncreg output[1];\nmeasure input -> output;\n"
    after = converted(text, F.OPENQASM3)
    assert "qubit[1] r_input;\nbit[1] r_output;\n" in after
    openqasm.parse(after, versions=(3,))


def test_physical_qubits_become_a_register_each() -> None:
    text = (
        'OPENQASM 3.0;\ninclude "stdgates.inc";\nbit[2] c;\nx $1;\ncx $1, $3;\nc[0] = measure $1;\nc[1] = measure $3;\n'
    )
    assert shares(converted(text, F.OPENQASM2)) == {"11": 1.0}
    assert close(shares_by_qubit(ionq(text)), {"11": 1.0})


def test_braket_s_dialect_becomes_openqasm() -> None:
    text = "OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\ncnot q[0], q[1];\nsi q[1];\nb[0] = measure q[0];\n"
    assert "cx q[0], q[1];\nsdg q[1];" in converted(text, F.OPENQASM3)
    assert "cx q[0], q[1];\nsdg q[1];" in converted(text, F.OPENQASM2)


@pytest.mark.anyio
async def test_a_program_without_include_is_braket_s_for_braket_alone() -> None:
    """`x` is defined without an include in Braket's dialect, and in no other."""
    program = Program.from_text("OPENQASM 3.0;\nbit[1] b;\nqubit[1] q;\nx q[0];\nb[0] = measure q[0];\n")
    fitted = await fit(program, [F.BRAKET_QASM3], called="sv1", provider="kipu")
    assert fitted == Program(program.text, F.BRAKET_QASM3)
    with pytest.raises(ValidationError, match="line 4: the gate 'x' is not defined"):
        await fit(program, [F.OPENQASM2], called="it", provider="kipu")


@pytest.mark.anyio
async def test_a_program_that_fits_is_left_alone() -> None:
    program = Program.from_text(measured("x q[0];"))
    assert await fit(program, [F.OPENQASM2, F.OPENQASM3], called="it", provider="kipu") is program
    assert await fit(program, [], called="it", provider="kipu") is program


@pytest.mark.anyio
async def test_the_next_language_is_taken_where_the_first_has_no_form() -> None:
    declare = "OPENQASM 3.0;\nbit[14] b;\nqubit[14] q;\nv q[0];\nb = measure q;\n"
    program = Program(declare + "if (b[0] == b[13]) { x q[0]; }\nb[0] = measure q[0];\n", F.BRAKET_QASM3)
    fitted = await fit(program, [F.OPENQASM2, F.OPENQASM3], called="it", provider="kipu")
    assert fitted.format is F.OPENQASM3
    with pytest.raises(ValidationError, match=r"no exact form in openqasm2: line 6: .*\. It takes openqasm2"):
        await fit(program, [F.OPENQASM2], called="it", provider="kipu")


@pytest.mark.anyio
async def test_the_wrong_language_is_refused_with_those_that_would_do() -> None:
    with pytest.raises(ValidationError, match=r"garnet does not take openqasm3\. It takes iqm_json") as caught:
        await fit(Program.from_text(measured("")), [F.IQM_JSON], called="garnet", provider="kipu")
    assert caught.value.fields == ("program",)
    assert caught.value.status_code is None
    with pytest.raises(ValidationError, match=r"It takes ionq_json; .*openqasm2.* would be converted"):
        await fit(Program("DECLARE ro BIT", F.QUIL), [F.IONQ_JSON], called="it", provider="kipu")


def test_conversions_are_listed() -> None:
    assert conversions(F.QPY) == (F.IBM_PUBS,)
    assert set(conversions(F.OPENQASM3)) == {F.OPENQASM2, F.BRAKET_QASM3, F.IONQ_JSON, F.IBM_PUBS}
    assert conversions(F.QUIL) == ()


def wait_until_nothing_is_read() -> None:
    """Return when no thread is in the code that reads programs."""

    def reading(frame: FrameType | None) -> bool:
        while frame is not None:
            if "anyqpu_programs" in frame.f_code.co_filename:
                return True
            frame = frame.f_back
        return False

    while any(map(reading, sys._current_frames().values())):
        time.sleep(0.01)


@pytest.mark.anyio
async def test_a_cancelled_conversion_ends_its_thread() -> None:
    """Definitions that double: what is written out would take seconds."""
    doubling = "gate g0 a { h a; }\n" + "".join(f"gate g{n + 1} a {{ g{n} a; g{n} a; }}\n" for n in range(29))
    program = Program.from_text(f"{HEAD2}{doubling}qreg q[1];\ng29 q[0];\n")
    with anyio.move_on_after(0.05) as scope:
        await fit(program, [F.OPENQASM3], called="it", provider="kipu")
    assert scope.cancelled_caught
    with anyio.fail_after(30):
        await anyio.to_thread.run_sync(wait_until_nothing_is_read)


@pytest.mark.anyio
async def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    package.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "openqasm"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openqasm", None)
    with pytest.raises(ConfigError, match=r"pip install 'anyqpu\[convert\]'"):
        await fit(Program.from_text(measured("")), [F.OPENQASM2], called="it", provider="kipu")


@pytest.mark.anyio
async def test_qpy_goes_to_ibm_as_ibm_s_own_client_sends_it() -> None:
    program = Program.from_bytes(b"QISKIT\x0e and so on")
    wrapped: Any = (await fit(program, [F.IBM_PUBS], called="it", provider="kipu")).content
    assert wrapped["pubs"][0][0]["__type__"] == "QuantumCircuit"
    assert zlib.decompress(base64.b64decode(wrapped["pubs"][0][0]["__value__"])) == program.content

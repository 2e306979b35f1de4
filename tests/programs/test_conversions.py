"""A converted program does what the original did: both are run, and their outcomes compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyqpu import Program, ProgramFormat
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.programs import conversions, fit
from anyqpu.programs.gates import KNOWN, STDGATES, STDGATES_LACKS
from anyqpu_emulator.engines import ionq, openqasm
from anyqpu_emulator.engines.statevector import final_state

F = ProgramFormat
QUBITS = 4
HEAD = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[{QUBITS}] q;\nbit[{QUBITS}] c;\n'
MEASURE = "c = measure q;\n"


def converted(text: str, target: ProgramFormat) -> str:
    from anyqpu.programs.fitting import CONVERSIONS

    program = Program.from_text(text)
    return CONVERSIONS[program.format, target](program, ValidationError).text


def state_of(text: str) -> np.ndarray:
    """The state before the measurements, which are all at the end."""
    lines = [line for line in text.splitlines() if "measure" not in line]
    return np.asarray(final_state(openqasm.parse("\n".join(lines))))


def spread(state: np.ndarray, bits: Sequence[int]) -> np.ndarray:
    """Probabilities of the numbers that are measured when qubit k goes into bit `bits[k]`."""
    out = np.zeros(len(state))
    for index, amplitude in enumerate(state):
        number = sum(1 << bits[qubit] for qubit in range(len(bits)) if index >> qubit & 1)
        out[number] += abs(amplitude) ** 2
    return out


angles = st.floats(-7, 7, allow_nan=False).map(lambda angle: round(angle, 6))


@st.composite
def gates(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(sorted(KNOWN)))
    count, width = KNOWN[name]
    chosen = draw(st.permutations(range(QUBITS)))[:width]
    values = f"({', '.join(repr(draw(angles)) for _ in range(count))})" if count else ""
    modifier = draw(st.sampled_from(["", "", "inv @ "])) if name not in {"csx", "iswap", "dcx"} else ""
    return f"{modifier}{name}{values} {', '.join(f'q[{qubit}]' for qubit in chosen)};\n"


@pytest.mark.parametrize("target", [F.OPENQASM2, F.BRAKET_QASM3, F.IONQ_JSON])
@given(
    program=st.lists(gates(), min_size=1, max_size=12),
    bits=st.permutations(range(QUBITS)),
    start=st.lists(angles, min_size=QUBITS, max_size=QUBITS),
)
@settings(max_examples=40, deadline=None)
def test_outcomes_stay_what_they_were(
    target: ProgramFormat, program: list[str], bits: list[int], start: list[float]
) -> None:
    # A first layer in which no two qubits are alike, so that nothing cancels by chance.
    layer = [f"ry({angle + 0.3}) q[{qubit}];\nrz({0.7 - angle}) q[{qubit}];\n" for qubit, angle in enumerate(start)]
    body = HEAD + "".join([*layer, *program])
    text = body + "".join(f"c[{bit}] = measure q[{qubit}];\n" for qubit, bit in enumerate(bits))
    before = state_of(body)
    result = converted(text, target)
    if target is F.IONQ_JSON:
        after = np.zeros(1 << QUBITS)
        for number, share in ionq.histogram(final_state(ionq.parse(json.loads(result)))).items():
            after[int(number)] = share
        np.testing.assert_allclose(after, spread(before, bits), atol=1e-9)
    elif target is F.BRAKET_QASM3:
        assert "include" not in result
        np.testing.assert_allclose(np.abs(state_of(result)) ** 2, spread(before, bits), atol=1e-9)
    else:
        after = state_of(result)
        assert abs(np.vdot(before, after)) == pytest.approx(1)
        measured = [f"measure q[{qubit}] -> c[{bit}];" for qubit, bit in enumerate(bits)]
        assert [line for line in result.splitlines() if "measure" in line] == measured


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ctrl @ x q[0], q[1];", "cx q[0], q[1];"),
        ("ctrl(2) @ x q[0], q[1], q[2];", "ccx q[0], q[1], q[2];"),
        ("negctrl @ x q[0], q[1];", "x q[0]; cx q[0], q[1]; x q[0];"),
        ("ctrl @ negctrl @ x q[0], q[1], q[2];", "x q[1]; ccx q[0], q[1], q[2]; x q[1];"),
        ("ctrl @ inv @ s q[0], q[1];", "cp(-pi / 2) q[0], q[1];"),
        ("inv @ ctrl @ t q[0], q[1];", "cp(-pi / 4) q[0], q[1];"),
        ("pow(3) @ t q[1];", "t q[1]; t q[1]; t q[1];"),
        ("pow(-2) @ rx(0.3) q[1];", "rx(-0.6) q[1];"),
        ("inv @ u3(0.1, 0.2, 0.3) q[1];", "u3(-0.1, -0.3, -0.2) q[1];"),
        ("ctrl @ sx q[0], q[1];", "h q[1]; cp(pi / 2) q[0], q[1]; h q[1];"),
    ],
)
def test_modifiers_mean_what_they_say(written: str, meant: str) -> None:
    first = "".join(f"ry({0.3 + qubit}) q[{qubit}];\n" for qubit in range(QUBITS))
    # The one written is converted; the other is what it is worked out to by hand.
    after, by_hand = converted(HEAD + first + written + MEASURE, F.OPENQASM2), HEAD + first + meant
    assert abs(np.vdot(state_of(after), state_of(by_hand))) == pytest.approx(1)


def test_loops_constants_aliases_and_own_gates_are_written_out() -> None:
    text = converted(
        'OPENQASM 3.0;\ninclude "stdgates.inc";\nconst int n = 3;\n'
        "gate turn(w) a, b { rz(w / 2) a; cx a, b; }\n"
        "qubit[n] q;\nbit[n] c;\nlet front = q[0:1];\n"
        "for int i in [0:2] { h q[i]; }\nturn(pi) front[0], front[1];\nbarrier q;\nc = measure q;\n",
        F.OPENQASM2,
    )
    assert (
        text.splitlines()
        == [
            "OPENQASM 2.0;",
            'include "qelib1.inc";',
            "qreg q[3];",
            "creg c[3];",
            *("h q[0];", "h q[1];", "h q[2];", "rz(1.5707963267948966) q[0];", "cx q[0], q[1];"),
            *("barrier q[0];", "barrier q[1];", "barrier q[2];"),
            *("measure q[0] -> c[0];", "measure q[1] -> c[1];", "measure q[2] -> c[2];"),
        ]
        or "barrier q[0], q[1], q[2];" in text
    )


def test_openqasm_2_becomes_3_statement_by_statement() -> None:
    """Conditions and own gates stay; gates that stdgates.inc lacks are defined."""
    text = converted(
        'OPENQASM 2.0;\ninclude "qelib1.inc";\ngate mine(a) x1 { rz(a / 2) x1; }\nqreg q[2];\ncreg c[2];\n'
        "h q;\nrzz(0.3) q[0], q[1];\nmine(pi) q[0];\nif (c == 1) x q[0];\nreset q[1];\nmeasure q -> c;\n",
        F.OPENQASM3,
    )
    assert "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }" in text
    assert "if (c == 1) {" in text
    assert "c = measure q;" in text
    assert "qubit[2] q;" in text
    openqasm.parse(text, versions=(3,))


@pytest.mark.parametrize("name", sorted(STDGATES_LACKS.keys() - {"u", "u0"}))
def test_definitions_of_what_stdgates_lacks_are_right(name: str) -> None:
    """The emulator knows these gates by itself, and does as the definition does."""
    count, width = KNOWN.get(name, (1, 2))
    call = f"{name}{'(0.3)' if count else ''} {', '.join(f'q[{qubit}]' for qubit in range(width))};"
    head = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\n'
    first = "".join(f"ry({0.3 + qubit}) q[{qubit}];\nrz({qubit}) q[{qubit}];\n" for qubit in range(3))
    after = converted(head + first + call, F.OPENQASM3)
    assert f"gate {name}" in after
    # Under another name, so that it is the definition that is run.
    after = after.replace(f"gate {name}", "gate defined").replace(f"\n{name}", "\ndefined")
    assert abs(np.vdot(state_of(head + first + call), state_of(after))) == pytest.approx(1)


def test_every_gate_of_stdgates_is_known_here() -> None:
    from anyqpu.programs.gates import ALIASES

    assert {ALIASES.get(name, name) for name in STDGATES} <= KNOWN.keys()


def measured(body: str) -> str:
    return HEAD + body + MEASURE


@pytest.mark.parametrize(
    ("text", "target", "reason"),
    [
        (measured("cu3(1, 2, 3) q[0], q[1];"), F.OPENQASM2, "the gate 'cu3' in line 5 is not defined, or not the same"),
        (measured("if (c[0]) { x q[0]; }\n"), F.OPENQASM2, "it has a branching statement in line 5"),
        (measured("int n = 3;\n"), F.OPENQASM2, "variables that are no bits in line 5"),
        (measured("input float a;\nrx(a) q[0];\n"), F.OPENQASM2, "it has a"),
        (measured("delay[10ns] q[0];\n"), F.OPENQASM2, "it has a delay instruction"),
        (measured("pow(0.5) @ x q[0];\n"), F.OPENQASM2, "a power that is no whole number|cannot be read"),
        (measured("ctrl @ u3(1, 2, 3) q[0], q[1];\n"), F.OPENQASM2, "the controlled form of 'u3' has no name"),
        (measured("ctrl @ gphase(1) q[0];\n"), F.OPENQASM2, "a controlled phase"),
        (measured("x q[9];\n"), F.OPENQASM2, "it cannot be read"),
        (measured("x q[0]\n"), F.OPENQASM2, "line 6"),
        (HEAD + 'include "other.inc";\n', F.OPENQASM2, "it includes 'other.inc'"),
        (HEAD + "measure q[0];\n", F.OPENQASM2, "keeps no outcome"),
        (HEAD + "x q[0];\n", F.IONQ_JSON, "it measures nothing"),
        (HEAD + "c[0] = measure q[0];\n", F.BRAKET_QASM3, "some bits are measured twice or never"),
        (measured("") + "x q[0];\n", F.BRAKET_QASM3, r"it goes on with q\[0\] after measuring it"),
        (measured("reset q[0];\n"), F.IONQ_JSON, "it resets a qubit"),
        (measured("") + "c[1] = measure q[1];\n", F.IONQ_JSON, r"it measures q\[1\] twice"),
        (
            HEAD.replace("\nbit[4]", "\nbit[2]") + "c[0] = measure q[0];\nc[1] = measure q[3];\n",
            F.IONQ_JSON,
            "it does not measure all qubits, and IonQ does",
        ),
        ("OPENQASM 2.0;\nqreg q[2];\nopaque magic a;\nmagic q[0];\n", F.OPENQASM3, "it cannot be read|magic"),
        ('OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncu3(1,2,3) q[0], q[1];\n', F.OPENQASM3, "'cu3'"),
    ],
)
def test_what_has_no_exact_form_is_refused_with_the_reason(text: str, target: ProgramFormat, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        converted(text, target)


def test_unmeasured_qubits_do_not_matter_to_braket_which_reports_what_is_measured() -> None:
    text = converted(
        HEAD.replace("\nbit[4]", "\nbit[2]") + "x q[3];\nc[0] = measure q[1];\nc[1] = measure q[3];\n", F.BRAKET_QASM3
    )
    assert text.splitlines()[1:] == [
        "bit[2] b;",
        "qubit[4] q;",
        "x q[1];",
        "b[0] = measure q[0];",
        "b[1] = measure q[1];",
    ]


def test_names_that_openqasm_2_does_not_allow_are_changed() -> None:
    text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] Q;\nbit[1] x;\nx[0] = measure Q[0];\n'
    assert "qreg r_Q[1];\ncreg r_x[1];\nmeasure r_Q[0] -> r_x[0];\n" in converted(text, F.OPENQASM2)


def test_braket_s_dialect_becomes_openqasm() -> None:
    text = "OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\ncnot q[0], q[1];\nsi q[1];\nb[0] = measure q[0];\n"
    assert "cx q[0], q[1];\nsdg q[1];" in converted(text, F.OPENQASM3)
    assert "cx q[0], q[1];\nsdg q[1];" in converted(text, F.OPENQASM2)


@pytest.mark.anyio
async def test_a_program_that_fits_is_left_alone() -> None:
    program = Program.from_text(measured("x q[0];"))
    assert await fit(program, [F.OPENQASM2, F.OPENQASM3], called="it", provider="kipu") is program
    assert await fit(program, [], called="it", provider="kipu") is program


@pytest.mark.anyio
async def test_the_wrong_language_is_refused_with_those_that_would_do() -> None:
    with pytest.raises(ValidationError, match=r"garnet does not take openqasm3\. It takes iqm_json") as caught:
        await fit(Program.from_text(measured("")), [F.IQM_JSON], called="garnet", provider="kipu")
    assert caught.value.fields == ("program",)
    assert caught.value.status_code is None
    with pytest.raises(ValidationError, match=r"It takes ionq_json; .*openqasm2.* would be converted"):
        await fit(Program("DECLARE ro BIT", F.QUIL), [F.IONQ_JSON], called="it", provider="kipu")


def test_conversions_are_said() -> None:
    assert conversions(F.QPY) == (F.IBM_PUBS,)
    assert set(conversions(F.OPENQASM3)) == {F.OPENQASM2, F.BRAKET_QASM3, F.IONQ_JSON, F.IBM_PUBS}
    assert conversions(F.QUIL) == ()


@pytest.mark.anyio
async def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in {"pyqasm", "openqasm3"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openqasm3", None)
    with pytest.raises(ConfigError, match=r"pip install 'anyqpu\[convert\]'"):
        await fit(Program.from_text(measured("")), [F.OPENQASM2], called="it", provider="kipu")


@pytest.mark.anyio
async def test_qpy_goes_to_ibm_as_ibm_s_own_client_sends_it() -> None:
    import base64
    import zlib

    program = Program.from_bytes(b"QISKIT\x0e and so on")
    wrapped: Any = (await fit(program, [F.IBM_PUBS], called="it", provider="kipu")).content
    assert wrapped["pubs"][0][0]["__type__"] == "QuantumCircuit"
    assert zlib.decompress(base64.b64decode(wrapped["pubs"][0][0]["__value__"])) == program.content

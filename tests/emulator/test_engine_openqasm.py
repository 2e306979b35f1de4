"""The language: registers, control flow, what is refused and how it is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, ProgramTooLargeError, StoppedError
from anyqpu_emulator.engines.statevector import Samples, final_state, sample

EXAMPLES = Path(__file__).parents[2] / "examples"
V2 = 'OPENQASM 2.0; include "qelib1.inc"; '
V3 = 'OPENQASM 3.0; include "stdgates.inc"; '


def run(text: str, shots: int = 1000, seed: int = 3) -> Samples:
    return sample(openqasm.parse(text), shots, np.random.default_rng(seed))


def only(text: str) -> str:
    """The one outcome of a program that has only one."""
    counts = run(text, 50).counts()
    assert len(counts) == 1, counts
    return next(iter(counts))


def ghz(n: int) -> str:
    chain = "".join(f"cx q[{i}],q[{i + 1}];" for i in range(n - 1))
    return f"{V2}qreg q[{n}]; creg c[{n}]; h q[0]; {chain} measure q -> c;"


@pytest.mark.parametrize(("name", "width", "version"), [("bell", 2, 2), ("bell3", 2, 3), ("ghz3", 3, 2)], ids=str)
def test_examples(name: str, width: int, version: int) -> None:
    text = (EXAMPLES / f"{name}.qasm").read_text(encoding="utf-8")
    counts = sample(openqasm.parse(text, versions=(version,)), 2000, np.random.default_rng(0)).counts()
    assert set(counts) == {"0" * width, "1" * width}
    assert abs(counts["0" * width] - 1000) < 6 * np.sqrt(500)


def test_twenty_qubits_are_computed_and_more_are_refused() -> None:
    assert set(run(ghz(20)).counts()) == {"0" * 20, "1" * 20}
    with pytest.raises(ProgramTooLargeError, match="acts on 25 qubits; this emulator computes up to 20"):
        run(ghz(25))


@pytest.mark.parametrize(
    "statement",
    ["qubit[1000000000] q;", "bit[1000000000] c;", "qubit q; for int i in [0:1000000000] { x q; }"],
)
def test_what_would_take_for_ever_is_refused_at_once(statement: str) -> None:
    with pytest.raises(ProgramTooLargeError, match="line 2, column"):
        openqasm.parse(f"{V3}\n{statement}")


def test_a_wide_register_with_few_used_qubits_is_cheap() -> None:
    assert only(f"{V2}qreg q[156]; creg c[2]; x q[150]; cx q[150],q[3]; measure q[3]->c[0];") == "01"


def test_bit_zero_is_on_the_right() -> None:
    assert only(f"{V2}qreg q[2]; creg c[3]; x q[0]; measure q[0] -> c[0];") == "001"


def test_several_registers_in_order_of_declaration() -> None:
    program = f"{V2}qreg a[1]; qreg b[2]; creg u[2]; creg v[1]; x b[1]; measure b -> u; measure a -> v;"
    circuit = openqasm.parse(program)
    assert [(r.name, r.start, r.size) for r in circuit.registers] == [("u", 0, 2), ("v", 2, 1)]
    assert only(program) == "010"


def test_memory_is_per_shot_and_agrees_with_the_counts() -> None:
    samples = run(f"{V2}qreg q[2]; creg c[2]; h q[0]; measure q[0]->c[0]; if(c==1) x q[1]; measure q[1]->c[1];")
    memory = samples.memory()
    assert {key: memory.count(key) for key in set(memory)} == samples.counts()
    # Branches are computed one after another; shots come mixed.
    assert memory != sorted(memory)
    assert memory != sorted(memory, reverse=True)


def test_equal_seeds_give_equal_shots() -> None:
    assert run(ghz(3), seed=5).memory() == run(ghz(3), seed=5).memory()
    assert run(ghz(3), seed=5).memory() != run(ghz(3), seed=6).memory()


def test_teleportation() -> None:
    """Mid-circuit measurements decide gates; the state arrives whatever they were."""
    program = f"""{V3}
    qubit[3] q; bit[2] m; bit r;
    rx(1.234) q[0]; rz(0.5) q[0];
    h q[1]; cx q[1], q[2]; cx q[0], q[1]; h q[0];
    m[0] = measure q[0]; m[1] = measure q[1];
    if (m[1] == 1) {{ x q[2]; }}
    if (m[0]) {{ z q[2]; }}
    rz(-0.5) q[2]; rx(-1.234) q[2];
    r = measure q[2];"""
    counts = run(program, 4000).counts()
    assert {key[0] for key in counts} == {"0"}
    assert {key[1:] for key in counts} == {"00", "01", "10", "11"}
    assert all(abs(count - 1000) < 170 for count in counts.values())


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [("==2", "1"), ("!=2", "0"), (">=2", "1"), ("<=1", "0"), (">2", "0"), ("<3", "1")],
)
def test_comparisons_of_a_register(comparison: str, expected: str) -> None:
    program = f"{V3}qubit[3] q; bit[2] c; bit r; x q[1]; c[0]=measure q[0]; c[1]=measure q[1];"
    assert only(f"{program} if (c{comparison}) {{ x q[2]; }} r = measure q[2];")[0] == expected


def test_else_nested_branches_and_measurement_inside_a_branch() -> None:
    program = f"""{V3}qubit[3] q; bit[3] c; x q[0]; c[0] = measure q[0];
    if (!c[0]) {{ x q[1]; }} else {{ if (c[1] == 0) {{ x q[2]; c[2] = measure q[2]; }} else {{ x q[1]; }} }}
    c[1] = measure q[1];"""
    assert only(program) == "101"


def test_reset_and_reuse() -> None:
    program = f"{V3}qubit[2] q; bit[2] c; h q[0]; cx q[0],q[1]; reset q[0]; c[0] = measure q[0]; c[1] = measure q[1];"
    counts = run(program).counts()
    assert set(counts) == {"00", "10"}
    assert abs(counts["00"] - 500) < 100


def test_measured_qubit_that_is_used_again_is_projected() -> None:
    program = f"{V3}qubit q; bit[2] c; h q; c[0] = measure q; h q; h q; c[1] = measure q;"
    assert set(run(program).counts()) == {"00", "11"}


def test_many_mid_circuit_measurements() -> None:
    body = "".join(f"h q; c[{i}] = measure q; reset q;" for i in range(12))
    samples = run(f"{V3}qubit q; bit[12] c; {body}", 3000)
    for place in range(12):
        assert abs(sum(key[place] == "1" for key in samples.memory()) - 1500) < 170


def test_custom_gates_loops_aliases_subroutines_and_broadcast() -> None:
    program = f"""{V3}
    gate flip(t) a, b {{ rx(t) a; rx(t) b; }}
    gate x2 a {{ x a; x a; }}
    def turn(qubit a, float t) {{ rx(t) a; }}
    qubit[4] q; bit[4] c; const float half = 3.141592653589793 / 2;
    let first = q[0:1];
    flip(pi) first[0], first[1];
    x2 q;
    for int i in [2:3] {{ turn(q[i], half); turn(q[i], half); }}
    barrier q; delay[100ns] q[0]; box {{ x q[3]; }}
    inv @ flip(pi) q[0], q[3];
    c = measure q;"""
    assert only(program) == "1110"


def test_a_gate_of_ours_that_the_program_defines_otherwise() -> None:
    assert only(f"{V3}gate h a {{ x a; }} qubit[2] q; bit[2] c; h q; c = measure q;") == "11"


def test_physical_qubits_and_bits_that_start_as_one() -> None:
    assert only(f"{V3}bit[2] c; x $57; cx $57, $58; c[0] = measure $57; c[1] = measure $58;") == "11"
    assert only(f'{V3}bit[2] b = "01"; qubit q; bit r; if (b[0]) {{ x q; }} r = measure q;') == "101"


def test_global_phase() -> None:
    state = final_state(openqasm.parse(f"{V3}qubit q; gphase(0.5); x q; ctrl @ gphase(0.25) q;"))
    np.testing.assert_allclose(np.abs(state), [0, 1])
    plain = final_state(openqasm.parse(f"{V3}qubit q; gphase(0.5); x q;"))
    np.testing.assert_allclose(plain, [0, np.exp(0.5j)])


def test_end_stops_the_program() -> None:
    assert only(f"{V3}qubit q; bit c; c = measure q; end; x q; c = measure q;") == "0"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "", "empty"),
        ("hello", "line 1, column", "syntax error"),
        ("OPENQASM 2.0\nqreg q[1];", "line 1, column 1", "';' is missing after 'OPENQASM 2.0'"),
        (f"{V2}\nqreg q[1];\nh q[0]\nx q[0];", "line 4, column 1", "';'"),
        (f"{V2}\nqreg q[1];\n  nosuch q[0];", "line 3, column 3", "nosuch"),
        (f"{V2}\nqreg q[2];\nh q[2];", "line 3, column", "out of range"),
        (f"{V3}\nqubit q;\nrx(1, 2) q;", "line 3", "parameter"),
        (f"{V3}\nqubit[2] q;\ncx q[0], q[0];", "line 3", "same qubit twice"),
        (f"{V3}\nqubit q;\nrx(theta) q;", "line 3", "theta"),
        ("OPENQASM 4.0; qubit q;", "", "4"),
    ],
)
def test_broken_programs_say_where(text: str, place: str, words: str) -> None:
    with pytest.raises(InvalidProgramError) as caught:
        openqasm.parse(text)
    assert str(caught.value).startswith(place)
    assert words in str(caught.value)


def test_a_program_without_a_header_is_openqasm_3() -> None:
    """Its specification leaves the header out at will; that of OpenQASM 2 does not."""
    assert openqasm.parse("qubit q;").num_qubits == 1
    with pytest.raises(InvalidProgramError, match=r'must begin with "OPENQASM 2\.0;"'):
        openqasm.parse("qreg q[1];", versions=(2,))


def test_the_wrong_version_is_named() -> None:
    with pytest.raises(InvalidProgramError, match=r"OpenQASM 3; OpenQASM 2 is wanted"):
        openqasm.parse(f"{V3}qubit q;", versions=(2,))


def test_no_single_final_state_after_a_measurement_in_the_middle() -> None:
    with pytest.raises(InvalidProgramError, match="no single final state"):
        final_state(openqasm.parse(f"{V3}qubit q; bit c; h q; c = measure q; x q;"))


def test_a_computation_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        sample(openqasm.parse(ghz(3)), 10, np.random.default_rng(0), stopped=lambda: True)


def test_a_program_may_begin_with_a_byte_order_mark() -> None:
    assert only(f"\ufeff{V2}qreg q[1]; creg c[1]; x q[0]; measure q -> c;") == "1"


def test_reading_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    for text in ("hello", f"{V2}qreg q[1]; nosuch q[0];", f"{V2}qreg q[1]; h q[7];", f"{V3}float a = {'(' * 1000}"):
        with pytest.raises(EngineError):
            openqasm.parse(text)
    assert capfd.readouterr() == ("", "")


def test_reading_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        openqasm.parse(f"{V2}qreg q[1]; {'x q[0];' * 1000}", stopped=lambda: True)

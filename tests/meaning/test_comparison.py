"""The comparison notices what it is there for."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from anyqpu.model.program import ProgramFormat
from tests.meaning import converted, dialects
from tests.meaning.cases import Verdict
from tests.meaning.compare import difference, exact_difference, internals, names_line
from tests.meaning.report import missed

BELL = {"00": 0.5, "11": 0.5}
SLANTED = {"00": 0.4, "01": 0.3, "10": 0.2, "11": 0.1}


def drawn(shares: dict[str, float], shots: int, seed: int) -> Counter[str]:
    return Counter(random.Random(seed).choices(list(shares), list(shares.values()), k=shots))


@pytest.mark.parametrize("seed", range(50))
def test_samples_of_the_distribution_itself_pass(seed: int) -> None:
    assert difference(drawn(SLANTED, 4000, seed), SLANTED) is None
    assert difference(drawn(BELL, 100, seed), BELL) is None


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"00": 0.4, "10": 0.3, "01": 0.2, "11": 0.1}, "expected"),  # two bits change places
        ({"00": 0.5, "11": 0.5}, "expected"),
        ({"000": 0.5, "011": 0.5}, "keys have 3 bits"),
        ({"0": 1.0}, "keys have 1 bits"),
        ({"00": 0.34, "01": 0.3, "10": 0.26, "11": 0.1}, "expected"),
    ],
)
def test_samples_of_another_distribution_are_noticed(other: dict[str, float], word: str) -> None:
    problem = difference(drawn(other, 4000, 1), SLANTED)
    assert problem is not None
    assert word in problem


def test_one_impossible_outcome_in_thousands_is_noticed() -> None:
    assert "01 is impossible" in str(difference({"00": 2000, "11": 1999, "01": 1}, BELL))


def test_a_certain_outcome_may_be_a_little_more_than_certain() -> None:
    assert difference({"0": 100}, {"0": 1.0000000000000002}) is None


def test_zero_shots_are_not_evidence() -> None:
    assert difference({}, BELL) == "no shots"


def test_exact_distributions_differ_by_less_than_samples_could_show() -> None:
    assert exact_difference({"00": 0.5 + 1e-9, "11": 0.5 - 1e-9}, BELL) is None
    assert "distance 0.0001" in str(exact_difference({"00": 0.5001, "11": 0.4999}, BELL))
    assert "is impossible" in str(exact_difference({"00": 0.5, "10": 0.5}, BELL))


IONQ = '{"qubits": 2, "gateset": "qis", "circuit": [%s, {"gate": "cnot", "control": 0, "target": 1}]}'
BRAKET = (
    "OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\n%s q[0];\ncnot q[0], q[1];\nb[0] = measure q[0];\nb[1] = measure q[1];\n"
)


@pytest.mark.parametrize(
    ("target", "right", "wrong"),
    [
        (ProgramFormat.IONQ_JSON, IONQ % '{"gate": "h", "target": 0}', IONQ % '{"gate": "h", "target": 1}'),
        (ProgramFormat.BRAKET_QASM3, BRAKET % "h", BRAKET % "x"),
        (ProgramFormat.BRAKET_QASM3, BRAKET % "ry(pi/2)", BRAKET % "rz(pi/2)"),
    ],
)
def test_a_wrong_conversion_is_noticed(target: ProgramFormat, right: str, wrong: str) -> None:
    def verdict(text: str) -> Any:
        return converted.verdict_on(target, {"text": text, "bits": None}, None, BELL)[0]

    assert verdict(right) == "right"
    assert verdict(wrong) == "wrong"
    assert verdict(right.replace("cnot", "cnot2")) == "wrong"


def test_qubits_beyond_the_program_are_left_out() -> None:
    assert converted.lowest({"100": 0.25, "000": 0.25, "111": 0.5}, 2) == BELL
    assert converted.lowest(BELL, None) == BELL


@pytest.mark.parametrize(
    ("program", "exact"),
    [
        # Amazon's and IonQ's documents: v is the square root of not; xx(pi/2) entangles; cphaseshift10 acts on 10.
        ("v q[0];\nv q[0];\n", {"01": 1.0}),
        ("xx(pi/2) q[0], q[1];\n", BELL),
        ("gpi2(0) q[0];\ngpi2(0) q[0];\n", {"01": 1.0}),
        ("ms(0, 0, pi/2) q[0], q[1];\n", BELL),
        ("x q[0];\niswap q[0], q[1];\n", {"10": 1.0}),
        ("x q[0];\nh q[1];\ncphaseshift10(pi) q[0], q[1];\nh q[1];\nz q[0];\n", {"11": 1.0}),
        ("h q[0];\nctrl @ gphase(pi) q[0];\nh q[0];\n", {"01": 1.0}),
        ("x q[0];\nnegctrl @ x q[0], q[1];\n", {"01": 1.0}),
        ("pow(0.5) @ x q[0];\npow(0.5) @ x q[0];\n", {"01": 1.0}),
        ("prx(pi, 0.3) q[1];\n", {"10": 1.0}),
        # The first column of its matrix is 0, 0, 1, -i: the first qubit becomes 1.
        ("ecr q[0], q[1];\n", {"01": 0.5, "11": 0.5}),
        ("h q;\necr q[0], q[1];\necr q[0], q[1];\nh q;\n", {"00": 1.0}),
    ],
)
def test_the_small_reader_of_braket_knows_its_gates(program: str, exact: dict[str, float]) -> None:
    text = f"OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\n{program}b[0] = measure q[0];\nb[1] = measure q[1];\n"
    assert exact_difference(dialects.braket(text), exact) is None


@pytest.mark.parametrize(
    "message",
    [
        "not understood (TypeError('x'))",
        "unsupported <class 'openqasm3.ast.BitType'>",
        "AliasStatement(span=Span(start_line=6",
        "AssertionError()",
        "'NoneType' object has no attribute",
        "<anyqpu.Circuit object at 0x7f>",
    ],
)
def test_python_in_a_message_is_noticed(message: str) -> None:
    assert internals(message) is not None


def test_a_plain_message_passes() -> None:
    message = "line 3: gate 'cx' takes 2 qubits, got 1"
    assert internals(message) is None
    assert names_line(message)
    assert not names_line("the program has no qubits")


def test_goals_are_missed_by_one_wrong_or_too_many_refused() -> None:
    def row(verdict: Any, language: str = "openqasm2") -> Verdict:
        return Verdict("routes", "r", "p", verdict, "", language, "end", True)

    assert missed([row("right")] * 49 + [row("refused")]) == []
    assert len(missed([row("right")] * 48 + [row("refused")] * 2)) == 1
    assert len(missed([row("right")] * 99 + [row("wrong")])) == 1
    assert missed([row("right", "openqasm3")] * 9 + [row("refused", "openqasm3")]) == []
    assert len(missed([row("right", "openqasm3")] * 8 + [row("refused", "openqasm3")] * 2)) == 1

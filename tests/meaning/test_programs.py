"""The suite's programs: every construct is there, and a seed gives the same text everywhere."""

from __future__ import annotations

import re

import pytest

from tests.meaning import mutants, random2, random3, random_braket
from tests.meaning.benchmarks import benchmarks
from tests.meaning.corpus import content, recorded
from tests.meaning.gate_tables import BRAKET, PAPER, QELIB, STANDARD
from tests.meaning.invalid import programs

TEXTS = {
    language: "\n".join(case.text for case in recorded()[0] if case.language == language)
    for language in ("openqasm2", "openqasm3", "braket_qasm3")
}


@pytest.mark.parametrize("language", ["openqasm2", "openqasm3", "braket_qasm3"])
def test_every_construct_is_recorded(language: str) -> None:
    wanted = {
        "openqasm2": {*random2.FEATURES, *random2.CONTROL},
        "openqasm3": {*random3.FEATURES, *random3.CONTROL},
        "braket_qasm3": set(random_braket.FEATURES),
    }[language]
    used = {construct for case in recorded()[0] if case.language == language for construct in case.constructs}
    assert wanted - used == set()


@pytest.mark.parametrize(
    ("language", "names"), [("openqasm2", QELIB), ("openqasm3", STANDARD), ("braket_qasm3", BRAKET)]
)
def test_every_gate_is_recorded(language: str, names: dict[str, tuple[int, int]]) -> None:
    used = {name for name in names if re.search(rf"(?<![\w.]){name}(?:\([^;]*\))? [\w$]", TEXTS[language])}
    assert set(names) - used == set()


@pytest.mark.parametrize(
    ("language", "construct", "pattern"),
    [
        ("openqasm2", "power", r"\w\^\w"),
        ("openqasm2", "division of integers", r"\b1/2\b"),
        ("openqasm2", "functions", r"\b(sin|cos|ln|exp|sqrt)\("),
        ("openqasm2", "opaque", r"\bopaque \w+"),
        ("openqasm2", "condition", r"\bif\(\w+==\d+\)"),
        ("openqasm2", "gate on two registers", r"\bcx \w+, ?\w+;"),
        ("openqasm2", "barrier in a gate", r"gate [^}]*barrier [^}]*}"),
        ("openqasm3", "ctrl", r"\bctrl @ "),
        ("openqasm3", "ctrl with a number", r"\bctrl\(\d\) @ "),
        ("openqasm3", "negctrl", r"\bnegctrl @ "),
        ("openqasm3", "inv", r"\binv @ "),
        ("openqasm3", "pow", r"\bpow\([^)]*\) @ "),
        ("openqasm3", "gphase", r"\bgphase\("),
        ("openqasm3", "alias", r"\blet \w+ = \w+ \+\+ "),
        ("openqasm3", "negative index", r"\[-1\]"),
        ("openqasm3", "switch", r"\bswitch \("),
        ("openqasm3", "while", r"\bwhile \("),
        ("openqasm3", "input", r"\binput "),
        ("openqasm3", "subroutine", r"\bdef \w+\("),
        ("openqasm3", "physical qubit", r"\$\d"),
        ("openqasm3", "bit string", r'= "[01]+"'),
        ("openqasm3", "cast", r"\bbool\("),
        ("openqasm3", "shift", r"<<|>>"),
        ("openqasm3", "remainder", r"\d % \d"),
        ("openqasm3", "power", r"\d ?\*\* ?\d"),
    ],
)
def test_what_the_issue_lists_is_in_the_texts(language: str, construct: str, pattern: str) -> None:
    assert re.search(pattern, TEXTS[language]), construct


def test_a_seed_gives_one_text() -> None:
    for maker in (random2.program, random3.program, random_braket.program, mutants.program):
        assert maker(7) == maker(7)
        assert maker(7).text != maker(8).text


def test_the_corpus_says_who_judged_it() -> None:
    assert content()["versions"].keys() == {"qiskit", "qiskit-qasm3-import"}
    assert len(recorded()[0]) >= 250
    for program in content()["programs"]:
        assert sum(program["exact"].values()) == pytest.approx(1, abs=1e-6), program["name"]


def test_programs_have_names_of_their_own() -> None:
    names = [case.name for case in (*recorded()[0], *programs())]
    assert len(set(names)) == len(names)


def test_benchmarks_are_enough_and_say_what_they_are() -> None:
    cases = benchmarks()
    assert len(cases) >= 60
    for case in cases:
        assert re.match(r"\ufeff?// [A-Za-z]", case.text), case.name


def test_angles_of_expected_distributions_are_recorded_as_written() -> None:
    by_hand = {case.name: case.expected for case in benchmarks() if case.expected is not None}
    exact = {program["name"]: program["exact"] for program in content()["programs"]}
    assert len(by_hand) > 30
    for name, expected in by_hand.items():
        assert exact[name] == pytest.approx(expected, abs=1e-6), name


def test_gates_of_the_paper_are_part_of_the_header() -> None:
    assert PAPER.items() <= QELIB.items()

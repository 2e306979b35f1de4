"""Values for the inputs of OpenQASM 3 programs."""

from __future__ import annotations

import numpy as np
import pytest

from anyqpu import Program
from anyqpu import ProgramFormat as F
from anyqpu.errors import ValidationError
from anyqpu_programs import bind, parameters
from tests.programs.running import shares

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def program(body: str) -> Program:
    return Program.from_text(HEAD + body)


def test_a_value_takes_the_place_of_the_name() -> None:
    source = program("input float[64] theta;\nqubit q;\nbit c;\nrx(theta * 2) q;\nrz(-theta) q;\nc = measure q;\n")
    assert parameters(source) == {"theta": "float[64]"}
    text = bind(source, {"theta": -0.25}).text
    assert "rx((-0.25) * 2) q;\nrz(-(-0.25)) q;" in text
    assert "input" not in text
    assert text.count("\n") == source.text.count("\n")


def test_the_bound_program_runs() -> None:
    """A rotation by π about x flips the qubit."""
    source = program("input angle theta;\ninput int[8] times;\nqubit[2] q;\nbit[2] c;\n"
                    "for int i in [1:times] { rx(theta / 3) q[0]; }\nc = measure q;\n")  # fmt: skip
    assert shares(bind(source, {"theta": 3.141592653589793, "times": 3}).text) == {"01": 1.0}


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("float", 3, "3.0"),
        ("float", np.float32(0.5), "0.5"),
        ("int", np.int64(-2), "(-2)"),
        ("angle[32]", 1e-3, "0.001"),
        ("int[8]", -5, "(-5)"),
        ("uint", 7, "7"),
        ("bool", True, "true"),
        ("bit", 0, "false"),
        ("bit[4]", "0101", '"0101"'),
        ("bit[4]", 5, '"0101"'),
    ],
)
def test_values_by_type(kind: str, value: object, written: str) -> None:
    assert f"n = {written};" in bind(program(f"input {kind} v;\nconst float n = v;\n"), {"v": value}).text


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("float", "much", "'much' is not a number"),
        ("float", float("nan"), "nan is not a finite number"),
        ("int[8]", 128, "128 is not from -128 to 127"),
        ("uint[3]", -1, "-1 is not from 0 to 7"),
        ("int", 0.5, "0.5 is not an integer"),
        ("bool", 2, "2 is neither true nor false"),
        ("bit[2]", 4, "4 does not fit"),
        ("complex", 1, "takes no value"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: object, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason) as caught:
        bind(program(f"input {kind} v;\n"), {"v": value})
    assert caught.value.fields == ("parameters",)


def test_missing_and_unknown_names() -> None:
    source = program("input float alpha;\ninput float beta;\n")
    with pytest.raises(ValidationError, match=r"parameters beta have no value\. give parameters=\{'beta': \.\.\.\}"):
        bind(source, {"alpha": 1})
    with pytest.raises(ValidationError, match=r"no parameter 'alhpa'\. did you mean 'alpha'\?"):
        bind(source, {"alhpa": 1, "beta": 1})
    with pytest.raises(ValidationError, match="no parameter 'x'"):
        bind(Program.from_text('OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\n'), {"x": 1})


def test_names_of_a_gate_s_own_and_in_comments_stay() -> None:
    source = program("input float t;\ngate mine(t) a { rx(t) a; }\n// t\nqubit q;\nmine(t) q;\n")
    text = bind(source, {"t": 0.5}).text
    assert "gate mine(t) a { rx(t) a; }\n// t\n" in text
    assert "mine(0.5) q;" in text


def test_a_name_that_is_declared_again_is_refused() -> None:
    with pytest.raises(ValidationError, match="line 4: 't' is declared again"):
        bind(program("input float t;\nfor int t in [0:1] { }\n"), {"t": 0.5})
    assert bind(program("qubit q;\n"), {}) == Program(HEAD + "qubit q;\n", F.OPENQASM3)

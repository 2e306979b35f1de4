"""What the light engine leaves to Pulser is first checked for size: Pulser makes samples of everything."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from anyqpu_emulator.engines import atoms, extras
from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    TooLargeHereError,
    UnsupportedProgramError,
)

from .helpers import constant, pulse, sequence

NOT_HERE = UnsupportedProgramError("XY is not emulated")
NUMBER = '{"operations": [3]}'
MANY = [(7.0 * place, 0.0) for place in range(1000)]


def outside(text: str, refusal: EngineError = NOT_HERE, **variables: Any) -> None:
    atoms.outside(refusal, text, variables, 10, np.random.default_rng(1), stopped=lambda: False)


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulser is there, and must not be started."""

    def started(*_: Any, **__: Any) -> Any:
        raise AssertionError("a process was started")

    monkeypatch.setattr(extras, "installed", lambda extra: True)
    monkeypatch.setattr(extras, "apart", started)


DEVICE: dict[str, Any] = {"channels": [{"id": "mw_global", "basis": "XY", "clock_period": 10**9}]}
DOUBLE = {"expression": "mul", "lhs": {"variable": "t"}, "rhs": 10**6}


@pytest.mark.usefixtures("no_child")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (sequence([], MANY), "1000 atoms; up to 14"),
        (sequence([pulse(constant(10**9, 1))]), "1000000000 ns"),
        (sequence([pulse(constant(90_000, 1))] * 2), r"operations\[1\]: the sequence lasts 180000 ns"),
        (sequence([{"op": "truncate", "duration": 10**12}]), r"operations\[0\]"),
        (sequence([{"op": "delay", "time": 1}] * 10_001), "10000 operations"),
        (sequence([pulse({"kind": "blackman_max", "max_val": 1e-9, "area": 3})]), "ns"),
        (sequence([pulse(constant(1, 1))], device=DEVICE), "clock_period is 1e"),
        (sequence([{"op": "delay", "time": DOUBLE}], variables={"t": {"type": "int", "value": [0]}}), "4e"),
    ],
)
def test_what_is_too_large_for_pulser_is_not_given_to_it(text: str, words: str) -> None:
    with pytest.raises(ProgramTooLargeError, match=words):
        outside(text, t=4)


@pytest.mark.usefixtures("no_child")
@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000, NUMBER])
def test_what_is_not_a_sequence_is_not_given_to_it(text: str) -> None:
    with pytest.raises(InvalidProgramError):
        outside(text)


@pytest.mark.usefixtures("no_child")
def test_a_refusal_for_size_stays() -> None:
    with pytest.raises(ProgramTooLargeError, match="too long"):
        outside(sequence([]), ProgramTooLargeError("too long"))


def test_what_another_engine_may_compute_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "installed", lambda extra: False)
    for refusal in (NOT_HERE, TooLargeHereError("12 atoms")):
        with pytest.raises(type(refusal), match=r"Pulser may compute it: pip install 'anyqpu\[pulser\]'"):
            outside(sequence([]), refusal)

"""Sequences of every construct against what Pulser makes of them.

`data/sequences.json` has durations by pulser-core and exact distributions by pulser-simulation; it is written by
tests/meaning/record_pulser.py, which needs both. Nothing here does.
"""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anyqpu_emulator.engines import pulses, rydberg
from anyqpu_emulator.engines.errors import EngineError

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "sequences.json").read_text())
SEQUENCES: list[dict[str, Any]] = RECORDED["sequences"]
# Pulser's simulator draws curves through its samples: half a nanosecond of light at the edges of a pulse.
CLOSE = 0.004


def document(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry["sequence"], "device": RECORDED["devices"][entry["sequence"]["device"]]}


@pytest.mark.parametrize("entry", SEQUENCES, ids=[entry["name"] for entry in SEQUENCES])
def test_a_sequence_lasts_and_ends_as_at_pulser(entry: dict[str, Any]) -> None:
    sequence = pulses.parse(json.dumps(document(entry)), entry["variables"])
    assert sequence.duration == entry["duration"]
    likely = rydberg.probabilities(sequence)
    atoms = len(sequence.atoms)
    expected = [entry["shares"].get(format(place, f"0{atoms}b"), 0.0) for place in range(2**atoms)]
    assert likely == pytest.approx(expected, abs=CLOSE)


def test_a_wrong_phase_would_be_noticed() -> None:
    entry = next(entry for entry in SEQUENCES if "Ramsey" in entry["name"])
    wrong = {"phi": entry["variables"]["phi"] + 0.1}
    likely = rydberg.probabilities(pulses.parse(json.dumps(document(entry)), wrong))
    assert abs(likely[1] - entry["shares"]["1"]) > 5 * CLOSE


ODD: list[Any] = [None, True, -1, 0, 1e9, 10**30, float("nan"), 1e308, "", "x", [], {}, [1] * 5, [[]], 0.5, 2**63]
ODD += [{"variable": "x"}, {"expression": "neg", "lhs": 1}, {"expression": []}, {"kind": "constant", "duration": 0}]


@pytest.mark.parametrize("seed", range(5))
def test_a_broken_sequence_is_one_sentence(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(100):
        entry = copy.deepcopy(dice.choice(SEQUENCES))
        whole = {"sequence": copy.deepcopy(document(entry)), "variables": entry["variables"]}
        holder, key = dice.choice(list(places(whole["sequence"])) + list(places(whole["variables"])))
        holder[key] = copy.deepcopy(dice.choice(ODD))
        message = refusal_of(json.dumps(whole["sequence"]), whole["variables"])
        assert message.count("\n") == 0
        assert len(message) < 400
        assert "<class" not in message


def refusal_of(text: str, variables: dict[str, Any]) -> str:
    """Why a sequence is refused; empty where it is not. Other exceptions go through."""
    try:
        pulses.parse(text, variables)
    except EngineError as error:
        return str(error)
    return ""


def places(value: Any) -> Any:
    """Every place inside of a value, as what holds it and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner)


def test_a_seed_repeats() -> None:
    sequence = pulses.parse(json.dumps(document(SEQUENCES[0])), SEQUENCES[0]["variables"])
    first, second = (rydberg.measure(sequence, 50, np.random.default_rng(3)) for _ in range(2))
    assert first == second

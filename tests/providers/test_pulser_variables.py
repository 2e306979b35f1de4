"""What a job gives a Pulser sequence is checked before anything is sent."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from anyqpu.core.programs import pulser_variables
from anyqpu.errors import ValidationError

MAPPABLE = json.dumps(
    {
        "register": [{"qid": "q0"}, {"qid": "q1"}, {"qid": "q2"}],
        "layout": {"coordinates": [[0, 0], [0, 7], [7, 0], [7, 7], [14, 0], [14, 7]]},
        "variables": {"x": {"type": "float", "value": [0.0, 0.0]}, "t": {"type": "int", "value": [0]}},
    }
)
PLACED = json.dumps({"register": [{"name": "q0", "x": 0, "y": 0}], "variables": {"t": {"type": "int", "value": [0]}}})


def checked(values: dict[str, Any], text: str = MAPPABLE) -> dict[str, Any]:
    return pulser_variables.checked(values, text, provider="pasqal")


def test_values_and_traps_become_json() -> None:
    values = {"qubits": {"q1": np.int64(2), "q0": 5}, "x": np.array([1.5, 2.0]), "t": np.int64(300)}
    expected = {"qubits": {"q0": 5, "q1": 2}, "x": [1.5, 2.0], "t": 300}
    assert json.loads(json.dumps(checked(values))) == expected
    assert checked({"t": (4,)}, PLACED) == {"t": [4]}
    assert checked({"anything": 1}, "not JSON") == {"anything": 1}
    assert checked({}, PLACED) == {}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "mappable, and no traps"),
        ({"qubits": 3}, "mapping of atoms to traps"),
        ({"qubits": {}}, "mapping of atoms to traps"),
        ({"qubits": {"q9": 1}}, "no atom 'q9'. It has q0, q1, q2"),
        ({"qubits": {"q0": 1, "q2": 2}}, "2 atoms are the first 2"),
        ({"qubits": {"q0": 6}}, "no trap 6. Traps are whole numbers, 0 to 5"),
        ({"qubits": {"q0": -1}}, "no trap -1"),
        ({"qubits": {"q0": 1.5}}, "no trap 1.5"),
        ({"qubits": {"q0": True}}, "no trap True"),
        ({"qubits": {"q0": 1, "q1": 1}}, "two atoms are in the trap 1"),
        ({"qubits": {"q0": 1}, "y": 1}, "no variable 'y'. It has x, t"),
        ({"qubits": {"q0": 1}, "t": 1}, "'x' has no value"),
        ({"qubits": {"q0": 1}, "t": 1, "x": [1.0]}, "'x' has 2 elements, and 1 are given"),
        ({"qubits": {"q0": 1}, "t": 1, "x": [1.0, float("nan")]}, "'x' takes numbers"),
        ({"qubits": {"q0": 1}, "t": "1", "x": [1.0, 2.0]}, "'t' takes numbers"),
    ],
)
def test_what_does_not_fit_is_named(values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as caught:
        checked(values)
    assert caught.value.fields == ("variables",)


def test_a_register_with_places_takes_no_traps() -> None:
    with pytest.raises(ValidationError, match="take no traps"):
        checked({"qubits": {"q0": 1}, "t": 3}, PLACED)

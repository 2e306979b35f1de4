"""The photonic engine and the eigensolver against what they are by definition."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest

from anyqpu_emulator.clouds.scaleway import vqe
from anyqpu_emulator.engines import photonic
from anyqpu_emulator.engines.errors import EngineError, StoppedError

PAULIS = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def _unitary(size: int, seed: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.linalg.qr(rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size)))[0]


def _program(unitary: np.ndarray, state: list[int]) -> str:
    rows = [[[entry.real, entry.imag] for entry in row] for row in unitary.astype(complex)]
    return json.dumps({"unitary": rows, "input_state": state})


def _never() -> bool:
    return False


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_permanent(size: int) -> None:
    matrix = _unitary(size)
    orders = itertools.permutations(range(size))
    expected = sum(math.prod(matrix[i, j] for i, j in enumerate(order)) for order in orders)
    assert photonic.permanent(matrix) == pytest.approx(expected)


@pytest.mark.parametrize("state", [[1, 0, 0], [1, 1, 1], [2, 0, 1], [0, 3, 0]])
def test_probabilities(state: list[int]) -> None:
    probabilities = photonic.probabilities(photonic.parse(_program(_unitary(3), state)), _never)
    assert sum(probabilities.values()) == pytest.approx(1)
    assert all(sum(outcome) == sum(state) for outcome in probabilities)
    mean = sum(weight * np.array(outcome) for outcome, weight in probabilities.items())
    assert mean == pytest.approx(np.abs(_unitary(3)) ** 2 @ np.array(state))


def test_one_photon_goes_by_the_column_of_its_mode() -> None:
    shift = np.roll(np.eye(3), 1, axis=0)
    samples = photonic.sample(photonic.parse(_program(shift, [1, 0, 0])), 10, np.random.default_rng(1), _never)
    assert samples == {"|0,1,0>": 10}


def test_a_photonic_computation_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        photonic.probabilities(photonic.parse(_program(np.eye(2), [1, 1])), lambda: True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[]", "Perceval"),
        ('{"experiment": ":PCVL:zip:x"}', "Perceval"),
        ('{"unitary": 1, "input_state": [1]}', "square"),
        ('{"unitary": [[1, 0]], "input_state": [1]}', "square"),
        ('{"unitary": [[2]], "input_state": [1]}', "not unitary"),
        ('{"unitary": [["a"]], "input_state": [1]}', "entries"),
        ('{"unitary": [[NaN]], "input_state": [1]}', "entries"),
        ('{"unitary": [[1]], "input_state": [1, 1]}', "2 modes"),
        ('{"unitary": [[1]], "input_state": [-1]}', "photon numbers"),
        ('{"unitary": [[1]], "input_state": [0]}', "no photon"),
        ('{"unitary": [[1]], "input_state": [11]}', "up to 10 photons"),
    ],
)
def test_refused_photonic_programs(text: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        photonic.parse(text)


@pytest.mark.parametrize("letters", ["XYZ", "YIY", "IXZ", "ZZI", "III", "Y"])
def test_energy(letters: str) -> None:
    problem = vqe.parse(json.dumps({"hamiltonian": [[letters, 0.5]]}))
    rng = np.random.default_rng(2)
    state = rng.normal(size=2 ** len(letters)) + 1j * rng.normal(size=2 ** len(letters))
    operator = np.eye(1)
    for letter in letters:
        operator = np.kron(operator, PAULIS[letter])
    assert vqe.energy(problem, state) == pytest.approx(0.5 * np.vdot(state, operator @ state).real)


def test_the_energy_only_falls() -> None:
    problem = vqe.parse(
        '{"hamiltonian": [["ZZI", 1], ["IZZ", 1], ["XII", 0.5], ["IXI", 0.5], ["IIX", 0.5]], "layers": 2}'
    )
    outcome = vqe.computation(problem, [1])(_never)
    assert isinstance(outcome, bytes)
    decoded = json.loads(outcome)
    assert decoded["energies"] == sorted(decoded["energies"], reverse=True)
    assert decoded["eigenvalue"] == decoded["energies"][-1] < -2
    assert len(decoded["optimal_parameters"]) == 9

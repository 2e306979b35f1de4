"""The physics: sequences against exact solutions, and what is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from anyqpu_emulator.engines import pulses, rydberg
from anyqpu_emulator.engines.c6 import C6
from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    StoppedError,
    UnsupportedProgramError,
)

from .helpers import PI, constant, pulse, sequence


def run(text: str, **variables: Any) -> np.ndarray:
    return np.abs(rydberg.final_state(pulses.parse(text, variables))) ** 2


def exact(read: pulses.Sequence) -> np.ndarray:
    """The same Hamiltonian, built as a matrix and diagonalised in every nanosecond."""
    atoms = len(read.atoms)
    bits = np.array([[int(bit) for bit in format(i, f"0{atoms}b")] for i in range(2**atoms)])
    energy = np.zeros(2**atoms)
    for a in range(atoms):
        for b in range(a):
            distance = np.linalg.norm(read.positions[a] - read.positions[b])
            energy += read.c6 / distance**6 * bits[:, a] * bits[:, b]
    state = np.zeros(2**atoms, dtype=complex)
    state[0] = 1
    for t in range(read.duration):
        hamiltonian = np.diag(energy - bits @ read.detuning[:, t]).astype(complex)
        for q in range(atoms):
            half = read.rabi[q, t] / 2
            one = np.array([[0, half], [np.conj(half), 0]])
            hamiltonian += np.kron(np.kron(np.eye(2**q), one), np.eye(2 ** (atoms - q - 1)))
        values, vectors = np.linalg.eigh(hamiltonian)
        state = vectors @ (np.exp(-1e-3j * values) * (vectors.conj().T @ state))
    return state


@pytest.mark.parametrize("omega", [1.0, 2 * PI, 12.5])
@pytest.mark.parametrize("delta", [0.0, 3.0, -8.0])
def test_rabi_oscillations_of_one_atom(omega: float, delta: float) -> None:
    excited = run(sequence([pulse(constant(700, omega), constant(700, delta))]))[1]
    effective = math.hypot(omega, delta)
    assert excited == pytest.approx((omega / effective * math.sin(effective * 0.35)) ** 2, abs=5e-5)


@pytest.mark.parametrize(
    "amplitude",
    [
        {"kind": "ramp", "duration": 500, "start": 0, "stop": 4 * PI},
        {"kind": "blackman", "duration": 500, "area": PI},
        {"kind": "kaiser", "duration": 500, "area": PI, "beta": 14.0},
        {"kind": "composite", "waveforms": [constant(250, PI), constant(250, 3 * PI)]},
        {"kind": "custom", "samples": [2 * PI] * 500},
        {"kind": "interpolated", "duration": 500, "values": [2 * PI, 2 * PI], "times": [0.0, 1.0]},
    ],
)
def test_the_area_under_a_resonant_pulse_is_all_that_counts(amplitude: dict[str, Any]) -> None:
    assert run(sequence([pulse(amplitude, constant(500, 0))]))[1] == pytest.approx(1, abs=1e-9)


def test_an_interpolated_waveform_is_monotone_between_its_points() -> None:
    shape = {"kind": "interpolated", "duration": 301, "values": [0, 1, 1, 5], "times": [0, 0.25, 0.5, 1]}
    signal = np.abs(pulses.parse(sequence([pulse(shape, constant(301, 0))]), {}).rabi[0])
    assert signal[[0, 75, 150, 300]] == pytest.approx([0, 1, 1, 5])
    assert (np.diff(signal) >= -1e-12).all()
    assert signal[75:151] == pytest.approx(1)
    # By the formulas of Fritsch and Butland, with one-sided ends: the slope at the start is 1/50 per ns.
    assert signal[1] == pytest.approx(0.0198, abs=2e-4)


def test_close_atoms_block_each_other() -> None:
    """Only one of two is excited, and the pair turns faster by the root of two."""
    omega = 2 * PI
    time = round(1000 * PI / (omega * math.sqrt(2)))
    chances = run(sequence([pulse(constant(time, omega))], [(0, 0), (5, 0)]))
    assert chances[3] < 1e-3
    assert chances[1] == pytest.approx(0.5, abs=2e-3)
    assert chances[2] == pytest.approx(chances[1], abs=1e-9)


@pytest.mark.parametrize("distance", [1e-9, 0.1, 1.0, 2.0, 3.0, 4.0])
def test_atoms_on_top_of_each_other_are_blocked_too(distance: float) -> None:
    chances = run(sequence([pulse(constant(354, 2 * PI))], [(0, 0), (distance, 0)]))
    assert chances[3] < 1e-3
    assert chances[1] == pytest.approx(0.5, abs=2e-3)


def test_far_atoms_do_not_feel_each_other() -> None:
    alone = run(sequence([pulse(constant(180, 2 * PI))]))
    three = run(sequence([pulse(constant(180, 2 * PI))], [(0, 0), (100, 0), (0, 100)]))
    assert three == pytest.approx(np.kron(np.kron(alone, alone), alone), abs=1e-4)


def test_everything_together_agrees_with_the_exact_solution() -> None:
    rise = {"kind": "ramp", "duration": 200, "start": 0, "stop": 9}
    bell = {"kind": "blackman", "duration": 300, "area": 3}
    sweep = {"kind": "interpolated", "duration": 500, "values": [-5, 1, -1, 8], "times": [0, 0.3, 0.7, 1]}
    operations = [
        pulse({"kind": "composite", "waveforms": [rise, bell]}, sweep, phase=0.4, post_phase_shift=0.3),
        {"op": "delay", "channel": "ryd", "time": 50},
        {"op": "target", "channel": "one", "target": [2]},
        pulse(constant(120, 5), constant(120, -2), channel="one"),
        {"op": "align", "channels": ["ryd", "one"]},
        {"op": "phase_shift", "phi": 0.2, "targets": [0, 1, 2], "basis": "ground-rydberg"},
        pulse(constant(150, 7), constant(150, 3), phase=1.0),
    ]
    channels = {"ryd": "rydberg_global", "one": "rydberg_local"}
    read = pulses.parse(sequence(operations, [(0, 0), (6.5, 0), (0, 7)], channels=channels), {})
    assert read.duration == 770, "a pulse waits for pulses, not for delays"
    assert abs(np.vdot(exact(read), rydberg.final_state(read))) == pytest.approx(1, abs=1e-6)


def test_the_phase_of_the_light_is_the_axis_of_the_turn() -> None:
    half = constant(250, 2 * PI)
    assert run(sequence([pulse(half), pulse(half, phase=PI)]))[1] == pytest.approx(0, abs=1e-9)
    assert run(sequence([pulse(half), pulse(half, phase=PI / 2)]))[1] == pytest.approx(0.5, abs=1e-9)
    assert run(sequence([pulse(half, post_phase_shift=PI), pulse(half)]))[1] == pytest.approx(0, abs=1e-9)
    bent = {"op": "pulse_arbitrary_phase", "channel": "ryd", "protocol": "min-delay", "post_phase_shift": 0}
    assert run(sequence([pulse(half), {**bent, "amplitude": half, "phase": constant(250, PI)}]))[1] < 1e-9


def test_the_first_atom_is_leftmost() -> None:
    channels = {"one": "rydberg_local"}
    operations = [{"op": "target", "channel": "one", "target": 0}, pulse(constant(500, 2 * PI), channel="one")]
    flip_first = sequence(operations, [(0, 0), (99, 0), (0, 99)], channels=channels)
    state = rydberg.final_state(pulses.parse(flip_first, {}))
    assert rydberg.sample(state, 3, np.random.default_rng(1)) == ["100"] * 3


def test_interactions_are_those_of_the_device() -> None:
    for device, c6 in (
        ({"rydberg_level": 60}, 865723.02),
        ({"rydberg_level": 70}, 5420158.53),
        ({"rydberg_level": 60, "interaction_coeff": 7.0}, 7.0),
        (None, 5420158.53),
    ):
        assert pulses.parse(sequence([], device=device), {}).c6 == c6
    assert list(C6) == list(range(50, 101))
    assert list(C6.values()) == sorted(C6.values())


def test_expressions() -> None:
    variable = {"variable": "x"}
    first = {"expression": "index", "lhs": variable, "rhs": 0}
    duration = {"expression": "floor", "lhs": {"expression": "div", "lhs": 1001, "rhs": 2}}
    value = {"expression": "mul", "lhs": {"expression": "neg", "lhs": first}, "rhs": PI}
    text = sequence(
        [pulse({"kind": "constant", "duration": duration, "value": value}, constant(500, 0))],
        variables={"x": {"type": "float", "value": [0.0]}},
    )
    assert run(text, x=[-2.0])[1] == pytest.approx(1)
    assert run(text, x=-2)[1] == pytest.approx(1)
    for variables in ({}, {"x": []}, {"x": "a"}, {"x": [1e300]}, {"x": 1.0}, {"x": True}, {"x": 10**400}):
        with pytest.raises(EngineError):
            run(text, **variables)


def test_light_stronger_than_any_laser() -> None:
    excited = run(sequence([pulse(constant(40, 900.0), constant(40, 700.0))]))[1]
    effective = math.hypot(900, 700)
    assert excited == pytest.approx((900 / effective * math.sin(effective * 0.02)) ** 2, abs=0.03)


@pytest.mark.parametrize(
    "operation",
    [
        pulse(constant(40, 1e300)),
        pulse(constant(40, 1), constant(40, -1e308)),
        pulse(constant(40, 1), {"kind": "ramp", "duration": 40, "start": 1e308, "stop": -1e308}),
        pulse({"kind": "blackman", "duration": 40, "area": 1e308}),
        pulse(constant(40, 1), {"kind": "interpolated", "duration": 40, "values": [1e308, -1e308, 1e308]}),
    ],
)
def test_numbers_without_end(operation: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedProgramError, match="rad/us"):
        run(sequence([operation] * 3))


def _deep() -> Any:
    node: Any = 1
    for _ in range(300):
        node = {"expression": "neg", "lhs": node}
    return node


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", InvalidProgramError, "JSON"),
        ("[]", InvalidProgramError, "object"),
        ("{}", InvalidProgramError, "register"),
        ("[" * 100_000, InvalidProgramError, "JSON"),
        (sequence([], [(0, 0), (0, 0)]), InvalidProgramError, "place"),
        (sequence([], [(0, 0), (1e300, 0)]), UnsupportedProgramError, "far"),
        (sequence([], [(x, 0) for x in range(11)]), ProgramTooLargeError, "11 atoms"),
        (sequence([], register=[{"qid": "q0"}]), InvalidProgramError, "mappable"),
        (sequence([], slm_mask_targets=["q7"]), InvalidProgramError, "atoms"),
        (sequence([pulse(constant(5, 1))], measurement="digital"), UnsupportedProgramError, "digital"),
        (sequence([], channels={"a": "mw_global"}), UnsupportedProgramError, "mw_global"),
        (sequence([], magnetic_field=[0.0, 0.0, 30.0]), UnsupportedProgramError, "magnetic_field"),
        (sequence([{"op": "truncate", "duration": 10}]), UnsupportedProgramError, "truncate"),
        (sequence([{"op": "enable_eom_mode", "channel": "ryd", "amp_on": 1}]), InvalidProgramError, "no EOM"),
        (sequence([{"op": "delay", "channel": "x", "time": 1}]), InvalidProgramError, "not declared"),
        (sequence([{"op": "delay", "channel": "ryd", "time": 10**9}]), ProgramTooLargeError, "ns"),
        (sequence([{"op": "delay", "channel": "ryd", "time": -1}]), InvalidProgramError, "negative"),
        (sequence([pulse(constant(10**12, 1))]), ProgramTooLargeError, "ns"),
        (sequence([pulse(constant(0, 1))]), InvalidProgramError, "at least 1"),
        (sequence([pulse(constant(5, -1))]), InvalidProgramError, "negative"),
        (sequence([pulse(constant(5, 1), constant(6, 1))]), InvalidProgramError, "equally long"),
        (sequence([pulse(constant(5, _deep()))]), InvalidProgramError, "deeply"),
        (sequence([pulse(constant(5, {"variable": "x"}))]), InvalidProgramError, "not declared"),
        (sequence([pulse({"kind": "sine", "duration": 5})]), UnsupportedProgramError, "sine"),
        (sequence([pulse({"kind": "blackman", "duration": 2, "area": 1})]), InvalidProgramError, "too short"),
        (sequence([pulse(constant(5, 1), channel="x")]), InvalidProgramError, "not declared"),
        (sequence([{"op": "target", "channel": "ryd", "target": 0}]), InvalidProgramError, "global"),
    ],
)
def test_what_is_not_run_says_why(text: str, error: type[EngineError], words: str) -> None:
    with pytest.raises(error, match=words):
        run(text)


def test_ten_atoms_and_stopping() -> None:
    places = [(5.5 * (i % 5), 5.5 * (i // 5)) for i in range(10)]
    text = sequence([pulse(constant(300, 6), constant(300, 2))], places)
    assert run(text).sum() == pytest.approx(1)
    with pytest.raises(StoppedError):
        rydberg.final_state(pulses.parse(text, {}), stopped=lambda: True)


def test_an_empty_sequence_leaves_everything_as_it_was() -> None:
    assert run(sequence([], [(0, 0), (9, 0)])).tolist() == [1, 0, 0, 0]
    assert json.loads(sequence([]))["operations"] == []

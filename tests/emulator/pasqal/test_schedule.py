"""What a device does to a sequence, by arithmetic that a reader can check."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from anyqpu_emulator.engines import pulses, rydberg
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, ProgramTooLargeError

from .helpers import PI, constant, pulse, sequence


def run(text: str, **variables: Any) -> np.ndarray:
    return rydberg.probabilities(pulses.parse(text, variables))


def duration(text: str, **variables: Any) -> int:
    return pulses.parse(text, variables).duration


def device(*channels: dict[str, Any], **more: Any) -> dict[str, Any]:
    usual = {"id": "rydberg_global", "basis": "ground-rydberg", "addressing": "Global"}
    return {"name": "Made", "rydberg_level": 70, "channels": [{**usual, **channel} for channel in channels], **more}


SLOW = device({"clock_period": 4, "min_duration": 16, "mod_bandwidth": 8})
HALF = constant(252, 2 * PI)


def test_a_duration_is_rounded_up_to_the_clock() -> None:
    clocked = device({"clock_period": 4})
    assert duration(sequence([pulse(constant(301, 1))], device=clocked)) == 304
    assert duration(sequence([{"op": "delay", "channel": "ryd", "time": 18}], device=clocked)) == 20
    with pytest.raises(InvalidProgramError, match="not a multiple of the clock period, 4 ns"):
        run(sequence([pulse({"kind": "custom", "samples": [1.0] * 6}, constant(6, 0))], device=clocked))


def test_the_clock_stretches_a_waveform() -> None:
    """A Blackman pulse of area pi flips the atom, whatever its duration."""
    shape = {"kind": "blackman", "duration": 251, "area": PI}
    text = sequence([pulse(shape, constant(251, 0))], device=device({"clock_period": 4}))
    assert duration(text) == 252
    assert run(text)[1] == pytest.approx(1, abs=1e-9)


def test_a_phase_jump_waits_for_the_light_to_fall_and_the_phase_to_jump() -> None:
    """At 8 MHz light rises in 0.48 / 8 * sqrt(2) us = 85 ns, and a phase jumps in twice that."""
    rise = round(0.48 / 8 * math.sqrt(2) * 1000)
    assert rise == 85
    same = sequence([pulse(HALF), pulse(HALF)], device=SLOW)
    jumping = sequence([pulse(HALF), pulse(HALF, phase=PI / 2)], device=SLOW)
    hurried = sequence([pulse(HALF), pulse(HALF, phase=PI / 2, protocol="no-delay")], device=SLOW)
    assert duration(same) == duration(hurried) == 504
    # The light falls for 85 to 170 ns after the pulse.
    assert 504 + 3 * rise <= duration(jumping) <= 504 + 4 * rise + 3
    assert duration(jumping) % 4 == 0
    own = device({"clock_period": 4, "min_duration": 16, "mod_bandwidth": 8, "custom_phase_jump_time": 0})
    assert duration(jumping) - duration(json.dumps({**json.loads(jumping), "device": own})) == pytest.approx(170, abs=4)


def test_time_passes_while_the_phase_jumps() -> None:
    """Two atoms, each half excited: their interaction turns them on while the light is off, for as long as that is."""
    places = [(0.0, 0.0), (11.0, 0.0)]
    waiting, hurried = (
        sequence([pulse(HALF), pulse(HALF, phase=PI / 2, protocol=protocol)], places, device=SLOW)
        for protocol in ("min-delay", "no-delay")
    )
    pause = duration(waiting) - duration(hurried)
    delayed = sequence(
        [pulse(HALF), {"op": "delay", "channel": "ryd", "time": pause}, pulse(HALF, phase=PI / 2)], places
    )
    assert run(waiting) == pytest.approx(run(delayed), abs=1e-9)
    assert abs(run(waiting) - run(hurried)).max() > 0.01


def test_moving_light_takes_time() -> None:
    local = {"id": "rydberg_local", "addressing": "Local", "min_retarget_interval": 220, "fixed_retarget_t": 0}
    targets = [{"op": "target", "channel": "one", "target": place} for place in (0, 1)]
    on = pulse(constant(100, 1), channel="one")
    operations = [targets[0], on, targets[1], on]
    more: dict[str, Any] = {"channels": {"one": "rydberg_local"}}
    # 220 ns between two targets, of which the pulse took 100.
    assert duration(sequence(operations, [(0, 0), (50, 0)], device=device(local), **more)) == 220 + 100
    slow = {**local, "fixed_retarget_t": 200}
    assert duration(sequence(operations, [(0, 0), (50, 0)], device=device(slow), **more)) == 100 + 200 + 100


def test_a_constant_of_no_duration_lasts_as_long_as_the_other_waveform() -> None:
    """As Pulser writes a parametrised ConstantDetuning: the detuned Rabi formula."""
    length, omega = ({"expression": "index", "lhs": {"variable": name}, "rhs": 0} for name in ("t", "omega"))
    variables = {"t": {"type": "int", "value": [0]}, "omega": {"type": "float", "value": [0.0]}}
    amplitude = {"kind": "constant", "duration": length, "value": omega}
    detuned = sequence([pulse(amplitude, constant(0, 4.0))], variables=variables)
    effective = math.hypot(6, 4)
    assert run(detuned, t=300, omega=6.0)[1] == pytest.approx(
        (6 / effective * math.sin(effective * 0.15)) ** 2, abs=1e-4
    )
    # The part of a nanosecond is cut off, as where Pulser stores whole numbers.
    assert duration(detuned, t=[300.9], omega=[6.0]) == 300
    ramp = {"kind": "ramp", "duration": length, "start": -3, "stop": 3}
    swept = sequence([pulse(constant(0, 5.0), ramp)], variables=variables)
    assert duration(swept, t=222, omega=0.0) == 222


@pytest.mark.parametrize("kind", ["blackman_max", "kaiser_max"])
def test_a_waveform_of_a_peak_is_the_shortest_of_its_area(kind: str) -> None:
    shape = {"kind": kind, "max_val": 9.0, "area": PI, "beta": 14.0}
    read = pulses.parse(sequence([pulse(shape, constant(0, 0))]), {})
    light = np.abs(read.rabi[0])
    assert light.sum() * 1e-3 == pytest.approx(PI)
    assert 8.8 < light.max() <= 9.0
    assert rydberg.probabilities(read)[1] == pytest.approx(1, abs=1e-9)
    with pytest.raises(InvalidProgramError, match="same sign"):
        run(sequence([pulse({**shape, "area": -1}, constant(0, 0))]))


DIGITAL = {"ryd": "rydberg_global", "ram": "raman_global"}
FLIP = constant(500, 2 * PI)


def test_raman_light_turns_between_the_two_lower_states() -> None:
    """Alone, by the detuned Rabi formula; atoms next to each other do not feel each other."""
    effective = math.hypot(5, 3)
    chance = (5 / effective * math.sin(effective * 0.2)) ** 2
    text = sequence([pulse(constant(400, 5), constant(400, 3), channel="ram")], [(0, 0), (4, 0)], channels=DIGITAL)
    likely = run(json.dumps({**json.loads(text), "measurement": "digital"}))
    assert likely == pytest.approx(np.kron([1 - chance, chance], [1 - chance, chance]), abs=1e-4)


@pytest.mark.parametrize(("basis", "chances"), [("digital", [0, 1]), ("ground-rydberg", [1, 0])])
def test_an_atom_in_the_upper_hyperfine_state_does_not_see_the_rydberg_light(basis: str, chances: list[float]) -> None:
    text = sequence([pulse(FLIP, channel="ram"), pulse(FLIP, channel="ryd")], channels=DIGITAL, measurement=basis)
    assert run(text) == pytest.approx(chances, abs=1e-9)


def test_a_half_turn_by_each_light_shares_the_atom_out() -> None:
    """Half goes to h, then all of what is left to r: 1/2 each. Measured in one basis, the rest is 0."""
    half = constant(250, 2 * PI)
    for basis in ("digital", "ground-rydberg"):
        operations = [pulse(half, channel="ram"), pulse(FLIP, channel="ryd")]
        assert run(sequence(operations, channels=DIGITAL, measurement=basis))[1] == pytest.approx(0.5, abs=1e-9)


def test_both_lights_at_once_turn_towards_a_mixture() -> None:
    """Equal lights: the ground state couples to (r + h) / sqrt 2 by sqrt 2 times the amplitude."""
    time = round(1000 * PI / (math.sqrt(2) * 2 * PI))
    operations = [
        pulse(constant(time, 2 * PI), channel="ram"),
        pulse(constant(time, 2 * PI), channel="ryd", protocol="no-delay"),
    ]
    for basis in ("digital", "ground-rydberg"):
        assert run(sequence(operations, channels=DIGITAL, measurement=basis))[1] == pytest.approx(0.5, abs=1e-3)


LAYOUT = {"coordinates": [[7.0, 0.0], [0.0, 7.0], [0.0, 0.0], [60.0, 0.0]]}


def mapped(operations: list[dict[str, Any]]) -> str:
    return sequence(operations, register=[{"qid": "a"}, {"qid": "b"}], layout=LAYOUT)


def test_a_job_says_which_traps_the_atoms_are_in() -> None:
    """Traps are counted by x, then by y, whatever the order in the text."""
    read = pulses.parse(mapped([]), {"qubits": {"b": 2, "a": 1}})
    assert read.atoms == ("a", "b")
    assert read.positions.tolist() == [[0, 7, 0], [7, 0, 0]]
    near, far = ({"a": 0, "b": trap} for trap in (1, 3))
    flip = mapped([pulse(FLIP)])
    assert run(flip, qubits=far)[3] == pytest.approx(1, abs=1e-6)
    assert run(flip, qubits=near)[3] < 0.01
    assert len(run(flip, qubits={"a": 3})) == 2


@pytest.mark.parametrize(
    ("qubits", "words"),
    [
        (None, "mappable"),
        ({"c": 1}, "no atom 'c'"),
        ({"b": 1}, "should be the first 1"),
        ({"a": 4}, "0 to 3, not 4"),
        ({"a": "1"}, "not the text '1'"),
        ({"a": 1, "b": 1}, "same name or place"),
    ],
)
def test_traps_that_do_not_exist(qubits: Any, words: str) -> None:
    with pytest.raises(InvalidProgramError, match=words):
        run(mapped([]), **({} if qubits is None else {"qubits": qubits}))


def test_a_detuning_map_moves_only_its_atoms() -> None:
    """Detuned by 60 rad/us, an atom turns by (Omega / 60)^2 at most; the other flips."""
    traps = [{"x": 0, "y": 0, "weight": 1.0}, {"x": 90, "y": 0, "weight": 0.0}]
    operations = [
        {"op": "config_detuning_map", "dmm_id": "dmm_0", "detuning_map": {"traps": traps}},
        {"op": "add_dmm_detuning", "dmm_name": "dmm_0", "protocol": "no-delay", "waveform": constant(500, -60.0)},
        pulse(FLIP, protocol="no-delay"),
    ]
    likely = run(sequence(operations, [(0, 0), (90, 0)]))
    assert likely[1] > 1 - (2 * PI / 60) ** 2
    with pytest.raises(InvalidProgramError, match="not be positive"):
        run(sequence([operations[0], {**operations[1], "waveform": constant(500, 1.0)}], [(0, 0), (90, 0)]))


def test_a_mask_keeps_the_first_pulse_from_its_atoms() -> None:
    """Masked atoms are detuned by ten times the amplitude while the first pulse lasts."""
    operations = [{"op": "config_slm_mask", "qubits": ["q1"], "dmm_id": "dmm_0"}, pulse(FLIP)]
    likely = run(sequence(operations, [(0, 0), (90, 0)]))
    assert likely[2] > 1 - 1 / 100
    again = run(sequence([*operations, pulse(FLIP)], [(0, 0), (90, 0)]))
    assert again[1] > 1 - 5 / 100


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (
            sequence([pulse(constant(20, 13))], device=device({"max_amp": 12.5})),
            InvalidProgramError,
            "takes up to 12.5",
        ),
        (sequence([pulse(constant(8, 1))], device=SLOW), InvalidProgramError, "16 ns at least"),
        (sequence([], device=device({}, max_atom_num=0)), InvalidProgramError, "takes 0"),
        (sequence([], [(0, 0), (3, 0)], device=device({}, min_atom_distance=5)), InvalidProgramError, "3 um apart"),
        (sequence([], [(99, 0)], device=device({}, max_radial_distance=50)), InvalidProgramError, "99 um"),
        (
            sequence([pulse(constant(90, 1))] * 2, device=device({}, max_sequence_duration=150)),
            InvalidProgramError,
            r"operations\[1\]: the sequence lasts 180 ns; the device takes up to 150 ns",
        ),
        (sequence([], channels={"a": "raman_local"}, device=device({})), InvalidProgramError, "no channel"),
        (sequence([], device="Chadoq2"), EngineError, "'Chadoq2' is named without its channels"),
        (
            sequence([pulse(constant(20, 1))], device=device({"clock_period": 10**9})),
            ProgramTooLargeError,
            "1000000000 ns; this emulator computes",
        ),
        (
            sequence([pulse(constant(20, 1))], device=device({"mod_bandwidth": 1e-9})),
            InvalidProgramError,
            "mod_bandwidth",
        ),
        (
            sequence([pulse(constant(20, 1), channel="one")], channels={"one": "rydberg_local"}),
            InvalidProgramError,
            "no target yet",
        ),
    ],
)
def test_what_the_device_does_not_take(text: str, error: type[EngineError], words: str) -> None:
    with pytest.raises(error, match=words):
        run(text)


def test_expressions_that_would_never_end() -> None:
    doubled = {"expression": "add", "lhs": {"variable": "x"}, "rhs": {"variable": "x"}}
    first = {"expression": "index", "lhs": doubled, "rhs": 0}
    variables = {"x": {"type": "float", "value": [0.0] * 100_000}}
    text = sequence([pulse(constant(5, first))] * 9_000, variables=variables)
    with pytest.raises(ProgramTooLargeError, match=r"operations\[\d+\].amplitude.value"):
        run(text, x=[0.0] * 100_000)

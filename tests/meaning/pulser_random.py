"""Random Pulser sequences, seeded: every construct that a device allows, in any order."""

from __future__ import annotations

import random
from typing import Any

import pulser
from pulser.waveforms import (
    BlackmanWaveform,
    CompositeWaveform,
    ConstantWaveform,
    InterpolatedWaveform,
    RampWaveform,
    Waveform,
)
from pulser_building import PI, Case, line, placed, written


def _waveform(dice: random.Random, duration: int, low: float, high: float) -> Waveform:
    match dice.randrange(5):
        case 0:
            return ConstantWaveform(duration, dice.uniform(low, high))
        case 1:
            return RampWaveform(duration, dice.uniform(low, high), dice.uniform(low, high))
        case 2:
            return InterpolatedWaveform(duration, [dice.uniform(low, high) for _ in range(4)])
        case 3:
            area = dice.uniform(low, high) * duration * 0.42e-3
            return BlackmanWaveform(duration, area) if area else ConstantWaveform(duration, 0.0)
        case _:
            first = max(4, duration // 3)
            return CompositeWaveform(
                ConstantWaveform(first, dice.uniform(low, high)),
                RampWaveform(max(4, duration - first), dice.uniform(low, high), dice.uniform(low, high)),
            )


def _pulse(dice: random.Random, duration: int, most: float) -> Any:
    amplitude = _waveform(dice, duration, 0.0, most)
    detuning = dice.choice([lambda: 0.0, lambda: dice.uniform(-6, 6)])()
    phase = dice.choice([0.0, 0.0, PI / 2, dice.uniform(0, 7)])
    shift = dice.choice([0.0, 0.0, 0.0, dice.uniform(0, 4)])
    return pulser.Pulse.ConstantDetuning(amplitude, detuning, phase, post_phase_shift=shift)


def random_on_mock(seed: int) -> Case:
    """Several channels of both bases, on a device that allows everything."""
    dice = random.Random(seed)
    atoms = dice.randint(1, 3)
    sequence = placed(line(atoms, dice.uniform(5.5, 10)))
    sequence.declare_channel("all", "rydberg_global")
    sequence.declare_channel("one", "rydberg_local", initial_target="q0")
    bases = ["ground-rydberg"]
    if dice.random() < 0.3:
        sequence.declare_channel("ram", "raman_local", initial_target="q0")
        bases.append("digital")
    channels = list(sequence.declared_channels)
    for _ in range(dice.randint(3, 8)):
        channel = dice.choice(channels)
        match dice.randrange(8):
            case 0:
                sequence.delay(dice.randint(1, 200), channel, at_rest=dice.random() < 0.3)
            case 1 if channel != "all":
                sequence.target(f"q{dice.randrange(atoms)}", channel)
            case 2:
                basis = dice.choice(bases)
                sequence.phase_shift(dice.uniform(0, 6), *[f"q{place}" for place in range(atoms)], basis=basis)
            case 3:
                sequence.align(*dice.sample(channels, 2))
            case _:
                protocol = dice.choice(["min-delay", "no-delay", "wait-for-all"])
                try:
                    sequence.add(_pulse(dice, dice.randint(20, 300), 9.0), channel, protocol)
                except ValueError:  # different phase references
                    continue
    sequence.add(pulser.Pulse.ConstantPulse(90, 5.0, 0.0, 0.2), "one", "no-delay")
    return written(f"random on MockDevice, seed {seed}", sequence)


def random_on_analog(seed: int) -> Case:
    """Phase jumps, clock periods and EOM mode, on a device with a finite bandwidth."""
    dice = random.Random(1000 + seed)
    sequence = placed(line(dice.randint(1, 3), dice.uniform(6, 9)), pulser.AnalogDevice)
    sequence.declare_channel("ryd", "rydberg_global")
    in_eom = False
    for _ in range(dice.randint(3, 6)):
        match dice.randrange(6):
            case 0:
                sequence.delay(dice.randrange(16, 200), "ryd", at_rest=dice.random() < 0.5)
            case 1 if not in_eom:
                drift = dice.random() < 0.5
                sequence.enable_eom_mode(
                    "ryd", dice.uniform(4, 12), dice.uniform(-2, 2), 0.0, correct_phase_drift=drift
                )
                in_eom = True
            case 2 if in_eom:
                drift = dice.random() < 0.5
                sequence.modify_eom_setpoint("ryd", dice.uniform(4, 12), 0.0, -20.0, correct_phase_drift=drift)
            case 3 if in_eom:
                sequence.disable_eom_mode("ryd", correct_phase_drift=dice.random() < 0.5)
                in_eom = False
            case _ if in_eom:
                drift, phase = dice.random() < 0.5, dice.choice([0.0, PI / 2, 2.0])
                sequence.add_eom_pulse("ryd", dice.randrange(16, 120), phase, correct_phase_drift=drift)
            case _:
                pulse = pulser.Pulse.ConstantDetuning(
                    dice.choice(
                        [
                            ConstantWaveform(dice.randrange(16, 300), dice.uniform(1, 12)),
                            BlackmanWaveform(dice.randrange(100, 300), dice.uniform(0.3, 0.5)),
                            RampWaveform(dice.randrange(40, 300), 0.0, dice.uniform(1, 12)),
                        ]
                    ),
                    dice.uniform(-5, 5),
                    dice.choice([0.0, PI / 2, PI]),
                    post_phase_shift=dice.choice([0.0, 0.4]),
                )
                sequence.add(pulse, "ryd", dice.choice(["min-delay", "min-delay", "no-delay", "wait-for-all"]))
    if in_eom:
        sequence.add_eom_pulse("ryd", 60, 0.0)
    else:
        sequence.add(pulser.Pulse.ConstantPulse(100, 6.0, 0.0, 1.0), "ryd")
    return written(f"random on AnalogDevice, seed {seed}", sequence)


def random_on_digital_analog(seed: int) -> Case:
    """Retargeting, clock periods and detuning maps."""
    dice = random.Random(2000 + seed)
    atoms = dice.randint(2, 3)
    sequence = placed(line(atoms, dice.uniform(5, 9)), pulser.DigitalAnalogDevice)
    sequence.declare_channel("all", "rydberg_global")
    sequence.declare_channel("one", "rydberg_local", initial_target="q0")
    digital = dice.random() < 0.4
    if digital:
        sequence.declare_channel("ram", "raman_local", initial_target="q1")
    if dice.random() < 0.4:
        weights = {f"q{place}": dice.random() for place in range(atoms)}
        sequence.config_detuning_map(sequence.register.define_detuning_map(weights), "dmm_0")
        sequence.add_dmm_detuning(RampWaveform(dice.randrange(40, 400), 0.0, -dice.uniform(0, 40)), "dmm_0")
    locals_ = ["one", "ram"] if digital else ["one"]
    for _ in range(dice.randint(4, 8)):
        match dice.randrange(6):
            case 0:
                sequence.target(f"q{dice.randrange(atoms)}", dice.choice(locals_))
            case 1:
                sequence.align("all", dice.choice(locals_))
            case 2:
                sequence.delay(dice.randrange(16, 100), "all")
            case _:
                length = dice.randrange(20, 200)
                shape = dice.choice([ConstantWaveform(length, dice.uniform(1, 9)), RampWaveform(length, 0.0, 8.0)])
                pulse = pulser.Pulse.ConstantDetuning(shape, dice.uniform(-3, 3), dice.choice([0.0, 1.0]))
                protocol = dice.choice(["min-delay", "no-delay", "wait-for-all"])
                sequence.add(pulse, dice.choice(["all", *locals_]), protocol)
    sequence.add(pulser.Pulse.ConstantPulse(52, 6.0, 0.0, 0.0), "one", "no-delay")
    return written(f"random on DigitalAnalogDevice, seed {seed}", sequence)

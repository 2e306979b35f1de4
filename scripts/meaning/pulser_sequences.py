"""Pulser sequences of every construct, seeded, and ten in the style of published tutorials.

Each is a name, a sequence and the values of its variables. Needs pulser-core.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pulser
from pulser.register.register_layout import RegisterLayout
from pulser.register.special_layouts import SquareLatticeLayout, TriangularLatticeLayout
from pulser.waveforms import (
    BlackmanWaveform,
    CompositeWaveform,
    ConstantWaveform,
    CustomWaveform,
    InterpolatedWaveform,
    KaiserWaveform,
    RampWaveform,
    Waveform,
)

PI = math.pi


@dataclass(frozen=True, slots=True)
class Case:
    """A sequence in Pulser's abstract representation, and what a job gives its variables."""

    name: str
    text: str
    variables: dict[str, Any] = field(default_factory=dict[str, Any])


def cases() -> Iterator[Case]:
    """All sequences."""
    yield from tutorials()
    yield from constructs()
    for seed in range(20):
        yield random_on_mock(seed)
    for seed in range(15):
        yield random_on_analog(seed)
    for seed in range(15):
        yield random_on_digital_analog(seed)


def _sequence(places: list[tuple[float, float]], device: Any = pulser.MockDevice) -> Any:
    register = pulser.Register({f"q{number}": place for number, place in enumerate(places)})
    if device is pulser.AnalogDevice:
        register = register.with_automatic_layout(device)
    return pulser.Sequence(register, device)


def _line(atoms: int, apart: float) -> list[tuple[float, float]]:
    return [(place * apart - (atoms - 1) * apart / 2, 0.0) for place in range(atoms)]


def _written(name: str, sequence: Any, **variables: Any) -> Case:
    # A dictionary of traps, numbers and lists: what a job can carry.
    return Case(name, str(sequence.to_abstract_repr()), variables)


def tutorials() -> Iterator[Case]:
    """Sequences as Pulser's own tutorials make them, rewritten."""
    afm = _sequence([(x * 7.0, y * 7.0) for x in range(2) for y in range(3)])
    afm.declare_channel("ising", "rydberg_global")
    top, begin, end = 2 * PI * 1.2, -6 * PI * 1.2, 2 * PI * 1.1
    afm.add(pulser.Pulse.ConstantDetuning(RampWaveform(252, 0.0, top), begin, 0.0), "ising")
    afm.add(pulser.Pulse.ConstantAmplitude(top, RampWaveform(700, begin, end), 0.0), "ising")
    afm.add(pulser.Pulse.ConstantDetuning(RampWaveform(500, top, 0.0), end, 0.0), "ising")
    afm.measure("ground-rydberg")
    yield _written("tutorial: adiabatic preparation of an antiferromagnet", afm)

    mis = _sequence([(0.0, 0.0), (6.0, 0.0), (3.0, 5.2), (9.0, 5.2), (15.0, 0.0)], pulser.AnalogDevice)
    mis.declare_channel("ising", "rydberg_global")
    rise = InterpolatedWaveform(4000, [1e-9, 9.0, 1e-9])
    mis.add(pulser.Pulse(rise, InterpolatedWaveform(4000, [-11.0, 0.0, 11.0]), 0.0), "ising")
    yield _written("tutorial: maximum independent set by annealing", mis)

    rabi = _sequence([(0.0, 0.0)])
    rabi.declare_channel("ryd", "rydberg_global")
    time = rabi.declare_variable("t", dtype=int)
    rabi.add(pulser.Pulse.ConstantPulse(time, 2 * PI, 0.0, 0.0), "ryd")
    for duration in (120, 333, 700):
        yield _written(f"tutorial: Rabi oscillation, {duration} ns", rabi, t=duration)

    ramsey = _sequence([(0.0, 0.0)], pulser.AnalogDevice)
    ramsey.declare_channel("ryd", "rydberg_global")
    phase = ramsey.declare_variable("phi", dtype=float)
    half = pulser.Pulse.ConstantPulse(252, 2 * PI, 0.0, 0.0)
    ramsey.add(half, "ryd")
    ramsey.delay(500, "ryd")
    ramsey.add(pulser.Pulse.ConstantPulse(252, 2 * PI, 0.0, phase), "ryd")
    yield _written("tutorial: Ramsey fringes", ramsey, phi=1.1)

    eom = _sequence(_line(2, 8.0), pulser.AnalogDevice)
    eom.declare_channel("ryd", "rydberg_global")
    eom.enable_eom_mode("ryd", amp_on=9.0, detuning_on=0.0)
    eom.add_eom_pulse("ryd", duration=100, phase=0.0)
    eom.delay(300, "ryd")
    eom.add_eom_pulse("ryd", duration=60, phase=PI / 2, correct_phase_drift=True)
    eom.disable_eom_mode("ryd", correct_phase_drift=True)
    eom.add(pulser.Pulse.ConstantPulse(200, 4.0, 1.0, 0.0), "ryd")
    yield _written("tutorial: EOM mode", eom)

    cz = _sequence([(0.0, 0.0), (5.0, 0.0)], pulser.DigitalAnalogDevice)
    cz.declare_channel("digital", "raman_local", initial_target="q0")
    cz.declare_channel("rydberg", "rydberg_local", initial_target="q0")
    quarter = pulser.Pulse.ConstantDetuning(BlackmanWaveform(200, PI / 2), 0.0, 0.0)
    full = pulser.Pulse.ConstantDetuning(BlackmanWaveform(200, PI), 0.0, 0.0)
    cz.add(quarter, "digital")
    cz.target("q1", "digital")
    cz.add(quarter, "digital")
    cz.add(full, "rydberg", "wait-for-all")
    cz.target("q1", "rydberg")
    cz.add(full, "rydberg")
    cz.add(full, "rydberg")
    cz.target("q0", "rydberg")
    cz.add(full, "rydberg")
    cz.add(pulser.Pulse.ConstantDetuning(BlackmanWaveform(200, PI / 2), 0.0, PI), "digital", "wait-for-all")
    cz.measure("digital")
    yield _written("tutorial: controlled-Z by Rydberg blockade", cz)

    layout = SquareLatticeLayout(5, 5, 7.0)
    mapped = pulser.Sequence(layout.make_mappable_register(4), pulser.MockDevice)
    mapped.declare_channel("ryd", "rydberg_global")
    omega = mapped.declare_variable("omega", size=2, dtype=float)
    mapped.add(pulser.Pulse.ConstantPulse(300, omega[0], omega[1], 0.0), "ryd")
    traps = {"q0": 3, "q1": 8, "q2": 12}
    yield _written("tutorial: mappable register", mapped, qubits=traps, omega=[6.0, -1.0])

    dmm = _sequence(_line(3, 6.5), pulser.DigitalAnalogDevice)
    dmm.declare_channel("ryd", "rydberg_global")
    dmm.config_detuning_map(dmm.register.define_detuning_map({"q0": 1.0, "q2": 0.4}), "dmm_0")
    dmm.add_dmm_detuning(RampWaveform(600, 0.0, -20.0), "dmm_0")
    dmm.add(pulser.Pulse.ConstantPulse(600, 5.0, 1.0, 0.0), "ryd", "no-delay")
    yield _written("tutorial: detuning map", dmm)

    masked = _sequence(_line(3, 6.5), pulser.MockDevice)
    masked.config_slm_mask(["q1"])
    masked.declare_channel("ryd", "rydberg_global")
    masked.add(pulser.Pulse.ConstantDetuning(BlackmanWaveform(300, PI), 0.0, 0.0), "ryd")
    masked.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.5, 0.0), "ryd")
    yield _written("tutorial: SLM mask", masked)

    xy = _sequence(_line(3, 9.0))
    xy.declare_channel("mw", "mw_global")
    xy.set_magnetic_field(0.0, 0.0, 30.0)
    xy.add(pulser.Pulse.ConstantPulse(300, 3.0, 0.5, 0.0), "mw")
    yield _written("tutorial: XY spins", xy)


def constructs() -> Iterator[Case]:
    """One sequence for each construct of the abstract representation."""
    shapes: dict[str, Waveform] = {
        "constant": ConstantWaveform(300, 5.0),
        "ramp": RampWaveform(300, 0.0, 9.0),
        "blackman": BlackmanWaveform(300, 2.0),
        "kaiser": KaiserWaveform(300, 2.0, 8.0),
        "interpolated": InterpolatedWaveform(300, [0.0, 7.0, 2.0, 6.0], times=[0.0, 0.3, 0.5, 1.0]),
        "custom": CustomWaveform(np.abs(5 * np.sin(np.arange(300) / 40))),
        "composite": CompositeWaveform(RampWaveform(100, 0.0, 5.0), ConstantWaveform(200, 5.0)),
        "blackman_max": BlackmanWaveform.from_max_val(7.0, 2.0),
        "kaiser_max": KaiserWaveform.from_max_val(7.0, 2.0),
    }
    for name, shape in shapes.items():
        sequence = _sequence(_line(2, 7.5))
        sequence.declare_channel("ryd", "rydberg_global")
        sequence.add(pulser.Pulse.ConstantDetuning(shape, 1.0, 0.3), "ryd")
        yield _written(f"waveform {name}", sequence)

    for name in ("blackman_max", "kaiser_max", "constant amplitude", "constant detuning", "composite"):
        sequence = _sequence(_line(2, 7.5))
        sequence.declare_channel("ryd", "rydberg_global")
        x = sequence.declare_variable("x", size=3, dtype=float)
        t = sequence.declare_variable("t", dtype=int)
        match name:
            case "blackman_max":
                pulse = pulser.Pulse.ConstantDetuning(BlackmanWaveform.from_max_val(x[0], x[1]), x[2], 0.0)
            case "kaiser_max":
                pulse = pulser.Pulse.ConstantDetuning(KaiserWaveform.from_max_val(x[0], x[1], 9.0), x[2], 0.0)
            case "constant amplitude":
                pulse = pulser.Pulse.ConstantAmplitude(x[0], RampWaveform(t, -x[1], x[1] * 2), 0.0)
            case "constant detuning":
                pulse = pulser.Pulse.ConstantDetuning(InterpolatedWaveform(t, x), x[1] - 3, x[2] ** 2)
            case _:
                parts = CompositeWaveform(RampWaveform(t, 0.0, x[0]), ConstantWaveform(t * 2, x[0]))
                pulse = pulser.Pulse.ConstantDetuning(parts, np.sin(x[1]) * 3, 0.0)
        sequence.add(pulse, "ryd")
        yield _written(f"parametrized {name}", sequence, x=[6.0, 2.5, 0.7], t=222)

    local = _sequence(_line(3, 9.0))
    local.declare_channel("one", "rydberg_local", initial_target="q0")
    at = local.declare_variable("at", size=2, dtype=int)
    local.add(pulser.Pulse.ConstantPulse(200, 6.0, 0.0, 0.0), "one")
    local.target_index(at, "one")
    local.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.0, 0.0), "one")
    yield _written("target by variables", local, at=[1, 2])

    arbitrary = _sequence(_line(2, 8.0))
    arbitrary.declare_channel("ryd", "rydberg_global")
    for phase in (RampWaveform(300, 0.0, 2.0), CustomWaveform(np.linspace(0, 1.4, 300) ** 2), ConstantWaveform(300, 1)):
        arbitrary.add(pulser.Pulse.ArbitraryPhase(ConstantWaveform(300, 4.0), phase), "ryd")
    yield _written("arbitrary phase", arbitrary)

    both = _sequence(_line(2, 8.0))
    both.declare_channel("ryd", "rydberg_global")
    both.declare_channel("ram", "raman_global")
    both.add(pulser.Pulse.ConstantPulse(150, 5.0, 0.5, 0.0), "ram")
    both.add(pulser.Pulse.ConstantPulse(200, 5.0, 0.5, 0.4), "ryd")
    both.add(pulser.Pulse.ConstantPulse(120, 5.0, -0.5, 0.9), "ram", "no-delay")
    for basis in ("digital", "ground-rydberg"):
        read = pulser.Sequence.from_abstract_repr(both.to_abstract_repr())
        read.measure(basis)
        yield _written(f"Rydberg and digital, measured in {basis}", read)

    twice = _sequence(_line(2, 8.0))
    twice.declare_channel("a", "rydberg_global")
    twice.declare_channel("b", "rydberg_global")
    twice.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.0, 0.5), "a")
    twice.add(pulser.Pulse.ConstantPulse(300, 3.0, 1.0, 1.1), "b", "no-delay")
    twice.align("a", "b")
    twice.add(pulser.Pulse.ConstantPulse(100, 3.0, 0.0, 0.0, post_phase_shift=0.7), "a")
    twice.add(pulser.Pulse.ConstantPulse(100, 3.0, 0.0, 0.0), "b")
    yield _written("two global channels at once", twice)

    short = _sequence(_line(2, 8.0))
    short.declare_channel("ryd", "rydberg_global")
    short.add(pulser.Pulse.ConstantPulse(600, 5.0, 0.0, 0.5), "ryd")
    short.truncate(333)
    yield _written("truncated", short)

    triangle = TriangularLatticeLayout(12, 7.0)
    mapped = pulser.Sequence(triangle.make_mappable_register(3), pulser.MockDevice)
    mapped.declare_channel("ryd", "rydberg_global")
    mapped.add(pulser.Pulse.ConstantPulse(300, 6.0, 1.0, 0.0), "ryd")
    yield _written("mappable, nothing else parametrized", mapped, qubits={"q0": 9, "q1": 2, "q2": 5})

    odd = RegisterLayout([[5.0, 1.0], [-5.0, 2.0], [5.0, -6.0], [-5.0, -7.5], [14.0, 0.0], [-14.0, 1.0]])
    mapped = pulser.Sequence(odd.make_mappable_register(3), pulser.MockDevice)
    mapped.declare_channel("one", "rydberg_local")
    mapped.declare_channel("ryd", "rydberg_global")
    t = mapped.declare_variable("t", dtype=int)
    mapped.add(pulser.Pulse.ConstantPulse(t, 6.0, 1.0, 0.0), "ryd")
    mapped.target_index(1, "one")
    mapped.add(pulser.Pulse.ConstantPulse(120, 9.0, 1.0, 0.0), "one")
    yield _written("mappable on an unsorted layout", mapped, t=170, qubits={"q0": 1, "q1": 3, "q2": 0})

    spatial = pulser.Register3D({"a": (0, 0, 0), "b": (6, 0, 4), "c": (0, 7, 2)})
    deep = pulser.Sequence(spatial, pulser.MockDevice)
    deep.declare_channel("ryd", "rydberg_global")
    deep.add(pulser.Pulse.ConstantPulse(300, 6.0, 1.0, 0.0), "ryd")
    yield _written("register in three dimensions", deep)


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
    sequence = _sequence(_line(atoms, dice.uniform(5.5, 10)))
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
    return _written(f"random on MockDevice, seed {seed}", sequence)


def random_on_analog(seed: int) -> Case:
    """Phase jumps, clock periods and EOM mode, on a device with a finite bandwidth."""
    dice = random.Random(1000 + seed)
    sequence = _sequence(_line(dice.randint(1, 3), dice.uniform(6, 9)), pulser.AnalogDevice)
    sequence.declare_channel("ryd", "rydberg_global")
    in_eom = False
    for _ in range(dice.randint(3, 6)):
        match dice.randrange(6):
            case 0:
                sequence.delay(dice.randrange(16, 200), "ryd", at_rest=dice.random() < 0.5)
            case 1 if not in_eom:
                drift = dice.random() < 0.5
                sequence.enable_eom_mode("ryd", dice.uniform(4, 12), dice.uniform(-2, 2), 0.0, correct_phase_drift=drift)
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
                    dice.choice([
                        ConstantWaveform(dice.randrange(16, 300), dice.uniform(1, 12)),
                        BlackmanWaveform(dice.randrange(100, 300), dice.uniform(0.3, 0.5)),
                        RampWaveform(dice.randrange(40, 300), 0.0, dice.uniform(1, 12)),
                    ]),
                    dice.uniform(-5, 5),
                    dice.choice([0.0, PI / 2, PI]),
                    post_phase_shift=dice.choice([0.0, 0.4]),
                )
                sequence.add(pulse, "ryd", dice.choice(["min-delay", "min-delay", "no-delay", "wait-for-all"]))
    if in_eom:
        sequence.add_eom_pulse("ryd", 60, 0.0)
    else:
        sequence.add(pulser.Pulse.ConstantPulse(100, 6.0, 0.0, 1.0), "ryd")
    return _written(f"random on AnalogDevice, seed {seed}", sequence)


def random_on_digital_analog(seed: int) -> Case:
    """Retargeting, clock periods and detuning maps."""
    dice = random.Random(2000 + seed)
    atoms = dice.randint(2, 3)
    sequence = _sequence(_line(atoms, dice.uniform(5, 9)), pulser.DigitalAnalogDevice)
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
    return _written(f"random on DigitalAnalogDevice, seed {seed}", sequence)

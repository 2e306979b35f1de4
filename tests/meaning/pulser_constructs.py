"""One Pulser sequence for each construct of the abstract representation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pulser
from pulser.register.register_layout import RegisterLayout
from pulser.register.special_layouts import TriangularLatticeLayout
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
from pulser_building import Case, line, placed, written


def constructs() -> Iterator[Case]:
    """Waveforms, expressions, targets, phases, bases, truncation, layouts."""
    yield from _waveforms()
    yield from _parametrized()
    yield from _targets()
    yield from _arbitrary_phase()
    yield from _both_bases()
    yield from _two_channels()
    yield from _truncated()
    yield from _traps()
    yield from _unsorted_traps()
    yield from _three_dimensions()


def _waveforms() -> Iterator[Case]:
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
        sequence = placed(line(2, 7.5))
        sequence.declare_channel("ryd", "rydberg_global")
        sequence.add(pulser.Pulse.ConstantDetuning(shape, 1.0, 0.3), "ryd")
        yield written(f"waveform {name}", sequence)


def _parametrized() -> Iterator[Case]:
    for name in ("blackman_max", "kaiser_max", "constant amplitude", "constant detuning", "composite"):
        sequence = placed(line(2, 7.5))
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
        yield written(f"parametrized {name}", sequence, x=[6.0, 2.5, 0.7], t=222)


def _targets() -> Iterator[Case]:
    local = placed(line(3, 9.0))
    local.declare_channel("one", "rydberg_local", initial_target="q0")
    at = local.declare_variable("at", size=2, dtype=int)
    local.add(pulser.Pulse.ConstantPulse(200, 6.0, 0.0, 0.0), "one")
    local.target_index(at, "one")
    local.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.0, 0.0), "one")
    yield written("target by variables", local, at=[1, 2])


def _arbitrary_phase() -> Iterator[Case]:
    arbitrary = placed(line(2, 8.0))
    arbitrary.declare_channel("ryd", "rydberg_global")
    for phase in (RampWaveform(300, 0.0, 2.0), CustomWaveform(np.linspace(0, 1.4, 300) ** 2), ConstantWaveform(300, 1)):
        arbitrary.add(pulser.Pulse.ArbitraryPhase(ConstantWaveform(300, 4.0), phase), "ryd")
    yield written("arbitrary phase", arbitrary)


def _both_bases() -> Iterator[Case]:
    both = placed(line(2, 8.0))
    both.declare_channel("ryd", "rydberg_global")
    both.declare_channel("ram", "raman_global")
    both.add(pulser.Pulse.ConstantPulse(150, 5.0, 0.5, 0.0), "ram")
    both.add(pulser.Pulse.ConstantPulse(200, 5.0, 0.5, 0.4), "ryd")
    both.add(pulser.Pulse.ConstantPulse(120, 5.0, -0.5, 0.9), "ram", "no-delay")
    for basis in ("digital", "ground-rydberg"):
        read = pulser.Sequence.from_abstract_repr(both.to_abstract_repr())
        read.measure(basis)
        yield written(f"Rydberg and digital, measured in {basis}", read)


def _two_channels() -> Iterator[Case]:
    twice = placed(line(2, 8.0))
    twice.declare_channel("a", "rydberg_global")
    twice.declare_channel("b", "rydberg_global")
    twice.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.0, 0.5), "a")
    twice.add(pulser.Pulse.ConstantPulse(300, 3.0, 1.0, 1.1), "b", "no-delay")
    twice.align("a", "b")
    twice.add(pulser.Pulse.ConstantPulse(100, 3.0, 0.0, 0.0, post_phase_shift=0.7), "a")
    twice.add(pulser.Pulse.ConstantPulse(100, 3.0, 0.0, 0.0), "b")
    yield written("two global channels at once", twice)


def _truncated() -> Iterator[Case]:
    short = placed(line(2, 8.0))
    short.declare_channel("ryd", "rydberg_global")
    short.add(pulser.Pulse.ConstantPulse(600, 5.0, 0.0, 0.5), "ryd")
    short.truncate(333)
    yield written("truncated", short)


def _traps() -> Iterator[Case]:
    triangle = TriangularLatticeLayout(12, 7.0)
    mapped = pulser.Sequence(triangle.make_mappable_register(3), pulser.MockDevice)
    mapped.declare_channel("ryd", "rydberg_global")
    mapped.add(pulser.Pulse.ConstantPulse(300, 6.0, 1.0, 0.0), "ryd")
    yield written("mappable, nothing else parametrized", mapped, qubits={"q0": 9, "q1": 2, "q2": 5})


def _unsorted_traps() -> Iterator[Case]:
    odd = RegisterLayout([[5.0, 1.0], [-5.0, 2.0], [5.0, -6.0], [-5.0, -7.5], [14.0, 0.0], [-14.0, 1.0]])
    mapped = pulser.Sequence(odd.make_mappable_register(3), pulser.MockDevice)
    mapped.declare_channel("one", "rydberg_local")
    mapped.declare_channel("ryd", "rydberg_global")
    t = mapped.declare_variable("t", dtype=int)
    mapped.add(pulser.Pulse.ConstantPulse(t, 6.0, 1.0, 0.0), "ryd")
    mapped.target_index(1, "one")
    mapped.add(pulser.Pulse.ConstantPulse(120, 9.0, 1.0, 0.0), "one")
    yield written("mappable on an unsorted layout", mapped, t=170, qubits={"q0": 1, "q1": 3, "q2": 0})


def _three_dimensions() -> Iterator[Case]:
    spatial = pulser.Register3D({"a": (0, 0, 0), "b": (6, 0, 4), "c": (0, 7, 2)})
    deep = pulser.Sequence(spatial, pulser.MockDevice)
    deep.declare_channel("ryd", "rydberg_global")
    deep.add(pulser.Pulse.ConstantPulse(300, 6.0, 1.0, 0.0), "ryd")
    yield written("register in three dimensions", deep)

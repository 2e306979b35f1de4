"""Pulser sequences as its own tutorials make them, rewritten."""

from __future__ import annotations

from collections.abc import Iterator

import pulser
from pulser.register.special_layouts import SquareLatticeLayout
from pulser.waveforms import BlackmanWaveform, InterpolatedWaveform, RampWaveform
from pulser_building import PI, Case, line, placed, written


def tutorials() -> Iterator[Case]:
    """Adiabatic preparation, annealing, Rabi and Ramsey, EOM, gates, mappable registers, detuning maps, masks, XY."""
    yield from _antiferromagnet()
    yield from _independent_set()
    yield from _rabi()
    yield from _ramsey()
    yield from _eom_mode()
    yield from _controlled_z()
    yield from _mappable()
    yield from _detuning_map()
    yield from _slm_mask()
    yield from _xy_spins()


def _antiferromagnet() -> Iterator[Case]:
    afm = placed([(x * 7.0, y * 7.0) for x in range(2) for y in range(3)])
    afm.declare_channel("ising", "rydberg_global")
    top, begin, end = 2 * PI * 1.2, -6 * PI * 1.2, 2 * PI * 1.1
    afm.add(pulser.Pulse.ConstantDetuning(RampWaveform(252, 0.0, top), begin, 0.0), "ising")
    afm.add(pulser.Pulse.ConstantAmplitude(top, RampWaveform(700, begin, end), 0.0), "ising")
    afm.add(pulser.Pulse.ConstantDetuning(RampWaveform(500, top, 0.0), end, 0.0), "ising")
    afm.measure("ground-rydberg")
    yield written("tutorial: adiabatic preparation of an antiferromagnet", afm)


def _independent_set() -> Iterator[Case]:
    mis = placed([(0.0, 0.0), (6.0, 0.0), (3.0, 5.2), (9.0, 5.2), (15.0, 0.0)], pulser.AnalogDevice)
    mis.declare_channel("ising", "rydberg_global")
    rise = InterpolatedWaveform(4000, [1e-9, 9.0, 1e-9])
    mis.add(pulser.Pulse(rise, InterpolatedWaveform(4000, [-11.0, 0.0, 11.0]), 0.0), "ising")
    yield written("tutorial: maximum independent set by annealing", mis)


def _rabi() -> Iterator[Case]:
    rabi = placed([(0.0, 0.0)])
    rabi.declare_channel("ryd", "rydberg_global")
    time = rabi.declare_variable("t", dtype=int)
    rabi.add(pulser.Pulse.ConstantPulse(time, 2 * PI, 0.0, 0.0), "ryd")
    for duration in (120, 333, 700):
        yield written(f"tutorial: Rabi oscillation, {duration} ns", rabi, t=duration)


def _ramsey() -> Iterator[Case]:
    ramsey = placed([(0.0, 0.0)], pulser.AnalogDevice)
    ramsey.declare_channel("ryd", "rydberg_global")
    phase = ramsey.declare_variable("phi", dtype=float)
    half = pulser.Pulse.ConstantPulse(252, 2 * PI, 0.0, 0.0)
    ramsey.add(half, "ryd")
    ramsey.delay(500, "ryd")
    ramsey.add(pulser.Pulse.ConstantPulse(252, 2 * PI, 0.0, phase), "ryd")
    yield written("tutorial: Ramsey fringes", ramsey, phi=1.1)


def _eom_mode() -> Iterator[Case]:
    eom = placed(line(2, 8.0), pulser.AnalogDevice)
    eom.declare_channel("ryd", "rydberg_global")
    eom.enable_eom_mode("ryd", amp_on=9.0, detuning_on=0.0)
    eom.add_eom_pulse("ryd", duration=100, phase=0.0)
    eom.delay(300, "ryd")
    eom.add_eom_pulse("ryd", duration=60, phase=PI / 2, correct_phase_drift=True)
    eom.disable_eom_mode("ryd", correct_phase_drift=True)
    eom.add(pulser.Pulse.ConstantPulse(200, 4.0, 1.0, 0.0), "ryd")
    yield written("tutorial: EOM mode", eom)


def _controlled_z() -> Iterator[Case]:
    cz = placed([(0.0, 0.0), (5.0, 0.0)], pulser.DigitalAnalogDevice)
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
    yield written("tutorial: controlled-Z by Rydberg blockade", cz)


def _mappable() -> Iterator[Case]:
    layout = SquareLatticeLayout(5, 5, 7.0)
    mapped = pulser.Sequence(layout.make_mappable_register(4), pulser.MockDevice)
    mapped.declare_channel("ryd", "rydberg_global")
    omega = mapped.declare_variable("omega", size=2, dtype=float)
    mapped.add(pulser.Pulse.ConstantPulse(300, omega[0], omega[1], 0.0), "ryd")
    traps = {"q0": 3, "q1": 8, "q2": 12}
    yield written("tutorial: mappable register", mapped, qubits=traps, omega=[6.0, -1.0])


def _detuning_map() -> Iterator[Case]:
    dmm = placed(line(3, 6.5), pulser.DigitalAnalogDevice)
    dmm.declare_channel("ryd", "rydberg_global")
    dmm.config_detuning_map(dmm.register.define_detuning_map({"q0": 1.0, "q2": 0.4}), "dmm_0")
    dmm.add_dmm_detuning(RampWaveform(600, 0.0, -20.0), "dmm_0")
    dmm.add(pulser.Pulse.ConstantPulse(600, 5.0, 1.0, 0.0), "ryd", "no-delay")
    yield written("tutorial: detuning map", dmm)


def _slm_mask() -> Iterator[Case]:
    masked = placed(line(3, 6.5), pulser.MockDevice)
    masked.config_slm_mask(["q1"])
    masked.declare_channel("ryd", "rydberg_global")
    masked.add(pulser.Pulse.ConstantDetuning(BlackmanWaveform(300, PI), 0.0, 0.0), "ryd")
    masked.add(pulser.Pulse.ConstantPulse(200, 4.0, 0.5, 0.0), "ryd")
    yield written("tutorial: SLM mask", masked)


def _xy_spins() -> Iterator[Case]:
    xy = placed(line(3, 9.0))
    xy.declare_channel("mw", "mw_global")
    xy.set_magnetic_field(0.0, 0.0, 30.0)
    xy.add(pulser.Pulse.ConstantPulse(300, 3.0, 0.5, 0.0), "mw")
    yield written("tutorial: XY spins", xy)

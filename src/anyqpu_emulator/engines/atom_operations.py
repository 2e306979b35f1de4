"""The operations of a Pulser sequence, one after another, put on its schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from anyqpu_emulator.shapes import is_list, is_object

from . import waveforms
from .atom_device import Channel, Device
from .atom_register import Register
from .atom_schedule import TURN, Block, Protocol, Pulse, Schedule, Track, drifted_by
from .errors import InvalidProgramError, UnsupportedProgramError
from .expressions import Values, spelled
from .waveforms import Waveform, constant, custom

Node = Mapping[str, Any]
_MOST_TRAPS = 10_000
_STRONGEST = 1e5
"""rad/us."""
_MASKING = -10.0
"""The detuning of masked atoms, times the highest amplitude of the pulse that they are masked from."""


@dataclass(slots=True)
class Reader:
    """A sequence while its operations are read."""

    values: Values
    device: Device
    register: Register
    schedule: Schedule
    _mask: str | None = field(default=None)
    """The detuning map that masks atoms from the first pulse, until there is one."""
    _maps: dict[str, waveforms.Signal] = field(default_factory=dict[str, waveforms.Signal])
    """The weights of all traps of each detuning map, by its name."""

    def perform(self, node: Node, label: str) -> None:
        """Do one operation; an EngineError says what is wrong with it."""
        name = node.get("op")
        operations: dict[Any, Callable[[Node, str], None]] = {
            "pulse": self._pulse,
            "pulse_arbitrary_phase": self._pulse,
            "delay": self._delay,
            "target": self._target,
            "phase_shift": self._phase_shift,
            "align": self._align,
            "enable_eom_mode": self._enable_eom,
            "add_eom_pulse": self._eom_pulse,
            "modify_eom_setpoint": self._modify_eom,
            "disable_eom_mode": self._disable_eom,
            "config_detuning_map": self._detuning_map,
            "add_dmm_detuning": self._dmm_detuning,
            "config_slm_mask": self._slm_mask,
        }
        if not isinstance(name, str) or name not in operations:
            raise UnsupportedProgramError(f"{label}: the operation {name!r} is not emulated")
        operations[name](node, label)

    # Channels, targets and phases

    def _track(self, node: Node, label: str, key: str = "channel") -> Track:
        name = node.get(key)
        if not isinstance(name, str) or name not in self.schedule.tracks:
            raise InvalidProgramError(f"{label}: the channel {name!r} is not declared")
        return self.schedule.tracks[name]

    def _targets(self, value: Any, label: str) -> frozenset[int]:
        items: list[Any] = value if is_list(value) else [value]
        # A variable may stand for several targets.
        targets = [place for item in items for place in self.values.numbers(item, label)]
        atoms = len(self.register.atoms)
        if not targets or not all(0 <= int(target) < atoms for target in targets):
            raise InvalidProgramError(f"{label}: targets are places in the register, 0 to {atoms - 1}")
        return frozenset(int(target) for target in targets)

    def _target(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=False)
        if not track.channel.local:
            raise InvalidProgramError(f"{label}: a global channel has no targets")
        targets = self._targets(node.get("target"), label)
        most = track.channel.max_targets
        if most is not None and len(targets) > most:
            raise InvalidProgramError(f"{label}: {len(targets)} targets; the channel takes {most} at most")
        self.schedule.target(track, targets, label)

    def _phase_shift(self, node: Node, label: str) -> None:
        basis: Any = node.get("basis", "ground-rydberg")
        if all(basis != track.channel.basis for track in self.schedule.tracks.values()):
            raise InvalidProgramError(f"{label}: no declared channel works in the basis {basis!r}")
        angle = self.values.number(node.get("phi"), f"{label}.phi")
        listed = node.get("targets")
        targets = self.schedule.atoms if listed == [] else self._targets(listed, label)
        self.schedule.shift(basis, targets, angle)

    def _delay(self, node: Node, label: str) -> None:
        time = self.values.number(node.get("time"), f"{label}.time")
        if time < 0:
            raise InvalidProgramError(f"{label}.time should not be negative")
        track = self._track(node, label)
        self._check_mask(node.get("channel"), label)
        if node.get("at_rest") is True:
            self.schedule.settle(track, label)
        if time:
            self.schedule.pause(track, time, f"{label}.time")

    def _align(self, node: Node, label: str) -> None:
        names = node.get("channels")
        tracks = [self._track({"channel": name}, label) for name in (names if is_list(names) else [])]
        if len(tracks) < 2 or len({id(track) for track in tracks}) < len(tracks):
            raise InvalidProgramError(f"{label}: channels should be a list of at least two different channels")
        self.schedule.align(tracks, label, at_rest=node.get("at_rest") is not False)

    # Pulses

    def _pulse(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=False)
        if track.channel.dmm:
            raise InvalidProgramError(f"{label}: a detuning map takes add_dmm_detuning, and no pulses")
        pulse = self._arbitrary(node, label) if node.get("op") == "pulse_arbitrary_phase" else self._plain(node, label)
        if bool((pulse.amplitude.samples < -1e-9).any()):
            raise InvalidProgramError(f"{label}.amplitude should nowhere be negative")
        self._add(track, pulse, node, label)

    def _plain(self, node: Node, label: str) -> Pulse:
        names = f"{label}.amplitude", f"{label}.detuning"
        amplitude, detuning = waveforms.read_pair(node.get("amplitude"), node.get("detuning"), self.values, names)
        phase = self.values.number(node.get("phase", 0), f"{label}.phase")
        return Pulse(amplitude, detuning, phase % TURN)

    def _arbitrary(self, node: Node, label: str) -> Pulse:
        """A pulse whose phase moves: its slope is a detuning, up to sign."""
        names = f"{label}.amplitude", f"{label}.phase"
        amplitude, phase = waveforms.read_pair(node.get("amplitude"), node.get("phase"), self.values, names)
        length = len(phase)
        if phase.steady:
            detuning = constant(length, 0.0)
        elif phase.slope is not None:
            detuning = constant(length, -phase.slope * 1e3)
        elif length < 2:
            raise InvalidProgramError(f"{label}.phase should last at least 2 ns")
        else:
            steps = -np.diff(phase.samples) * 1e3
            detuning = custom(np.concatenate([steps[:1], steps]))
        return Pulse(amplitude, detuning, float(phase.samples[0] + detuning.samples[0] * 1e-3) % TURN)

    def _add(self, track: Track, pulse: Pulse, node: Node, label: str, drift: tuple[float, int] | None = None) -> None:
        protocol = _protocol(node.get("protocol", "min-delay"), label)
        basis, targets = track.channel.basis, track.last(label).targets
        reference = 0.0 if track.channel.dmm else self.schedule.reference(basis, targets, label)
        pulse = _fitted(track, pulse, reference, label)
        slot = self.schedule.add(track, pulse, protocol, label, drift)
        shift = self.values.number(node.get("post_phase_shift") or 0, f"{label}.post_phase_shift") % TURN
        if drift is not None:
            shift -= drifted_by(drift, slot.start)
        if shift:
            self.schedule.shift(basis, targets, shift)
        if self._mask is not None and not track.channel.local and not track.channel.dmm and not pulse.pauses:
            self._mask_first(track, float(pulse.amplitude.samples.max()), label)

    # EOM mode

    def _block(self, track: Track, node: Node, label: str) -> Block:
        eom = track.channel.eom
        if eom is None:
            raise InvalidProgramError(f"{label}: the channel has no EOM")
        amplitude, on, wanted = (
            self.values.number(node.get(key, 0), f"{label}.{key}")
            for key in ("amp_on", "detuning_on", "optimal_detuning_off")
        )
        if not (0 <= amplitude <= _STRONGEST and abs(on) <= _STRONGEST):
            raise InvalidProgramError(f"{label}: amp_on and detuning_on should be up to {_STRONGEST:g} rad/us")
        track.channel.check(np.array([amplitude]), np.array([on]), label)
        return Block(amplitude, on, eom.detuning_off(amplitude, on, wanted), 0)

    def _enable_eom(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=False)
        block = self._block(track, node, label)
        drift = -block.off, track.settled()
        slot = self.schedule.enable_eom(track, block, label, settle=True)
        if node.get("correct_phase_drift") is True:
            self.schedule.shift(track.channel.basis, slot.targets, -drifted_by(drift, slot.end))

    def _modify_eom(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=True)
        block = self._block(track, node, label)
        self.schedule.disable_eom(track, label, buffer=False)
        before, after = self.schedule.eom_drift(track), (-block.off, track.end)
        slot = self.schedule.enable_eom(track, block, label, settle=False)
        if node.get("correct_phase_drift") is True:
            angle = drifted_by(before, slot.start) + drifted_by(after, slot.end)
            self.schedule.shift(track.channel.basis, slot.targets, -angle)

    def _disable_eom(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=True)
        drift, end = self.schedule.eom_drift(track), track.end
        self.schedule.disable_eom(track, label, buffer=True)
        if node.get("correct_phase_drift") is True:
            self.schedule.shift(track.channel.basis, track.slots[-1].targets, -drifted_by(drift, end))

    def _eom_pulse(self, node: Node, label: str) -> None:
        track = self._track(node, label)
        _check_eom(track, label, wanted=True)
        block, length = track.blocks[-1], self.values.duration(node.get("duration"), f"{label}.duration")
        if not 1 <= length <= waveforms.MAX_DURATION:
            raise InvalidProgramError(
                f"{label}.duration should be 1 to {waveforms.MAX_DURATION} ns in this emulator, not {length}"
            )
        phase = self.values.number(node.get("phase", 0), f"{label}.phase")
        pulse = Pulse(constant(length, block.amplitude), constant(length, block.on), phase % TURN)
        drift = self.schedule.eom_drift(track) if node.get("correct_phase_drift") is True else None
        self._add(track, pulse, node, label, drift)

    # Detuning maps and masks

    def _dmm(self, node: Node, weights: waveforms.Signal, label: str) -> str:
        """Declare a detuning map; its name says how many of its kind there were before."""
        kind = node.get("dmm_id")
        channel: Channel | None = self.device.channels.get(kind) if isinstance(kind, str) else None
        if channel is None and not self.device.channels:
            channel = Channel(str(kind), dmm=True)
        if channel is None or not channel.dmm:
            raise InvalidProgramError(f"{label}: the device {self.device.name} has no detuning map {kind!r}")
        before = sum("_".join(name.split("_")[:2]) == channel.id for name in self.schedule.tracks)
        if before and not self.device.reusable:
            raise InvalidProgramError(f"{label}: the device has {kind!r} only once")
        name = f"{channel.id}_{before}" if before else channel.id
        self.schedule.declare(name, channel, weights)
        return name

    def _detuning_map(self, node: Node, label: str) -> None:
        map_node = node.get("detuning_map")
        traps = map_node.get("traps") if is_object(map_node) else None
        if not is_list(traps) or not 1 <= len(traps) <= _MOST_TRAPS or not all(is_object(trap) for trap in traps):
            raise InvalidProgramError(f"{label}.detuning_map should have a list of 1 to {_MOST_TRAPS} traps")
        numbers = np.array(
            [
                [self.values.number(trap.get(key, 0), f"{label}.detuning_map.traps[{place}].{key}") for key in "xyz"]
                + [self.values.number(trap.get("weight"), f"{label}.detuning_map.traps[{place}].weight")]
                for place, trap in enumerate(traps)
            ],
            dtype=np.float64,
        )
        weights = numbers[:, 3]
        if bool((weights < 0).any()) or bool((weights > 1).any()):
            raise InvalidProgramError(f"{label}.detuning_map: weights are 0 to 1")
        name = self._dmm(node, self.register.weights(numbers[:, :3].round(6), weights), label)
        self._maps[name] = weights

    def _dmm_detuning(self, node: Node, label: str) -> None:
        track = self._track(node, label, "dmm_name")
        if not track.channel.dmm:
            raise InvalidProgramError(f"{label}: {node.get('dmm_name')!r} is not a detuning map")
        self._check_mask(node.get("dmm_name"), label)
        detuning = waveforms.read(node.get("waveform"), self.values, f"{label}.waveform")
        protocol = node.get("protocol", "no-delay")
        self._add_detuning(track, str(node["dmm_name"]), detuning, {"protocol": protocol}, label)

    def _add_detuning(self, track: Track, name: str, detuning: Waveform, node: Node, label: str) -> None:
        track.channel.check_map(detuning.samples, self._maps[name], label)
        self._add(track, Pulse(constant(len(detuning), 0.0), detuning, 0.0), node, label)

    def _slm_mask(self, node: Node, label: str) -> None:
        names: Any = node.get("qubits")
        if not self.device.slm:
            raise InvalidProgramError(f"{label}: the device {self.device.name} has no SLM mask")
        if not is_list(names) or not all(name in self.register.atoms for name in names):
            raise InvalidProgramError(f"{label}.qubits should be a list of the register's atoms, not {spelled(names)}")
        if self._mask is not None or any(track.last_pulse(pauses=False) for track in self.schedule.tracks.values()):
            raise UnsupportedProgramError(f"{label}: an SLM mask after pulses, or a second one, is not emulated")
        weights = np.array([float(atom in names) for atom in self.register.atoms])
        self._mask = self._dmm(node, weights, label)
        self._maps[self._mask] = weights

    def _mask_first(self, track: Track, amplitude: float, label: str) -> None:
        """Detune the masked atoms for as long as the first pulse lasts, as far as the device can."""
        name, self._mask = str(self._mask), None
        mask = self.schedule.tracks[name]
        masked, detuning = float(self._maps[name].sum()), _MASKING * amplitude
        if mask.channel.bottom:
            detuning = max(detuning, mask.channel.bottom)
        if mask.channel.total_bottom and masked:
            detuning = max(detuning, mask.channel.total_bottom / masked)
        self._add_detuning(mask, name, constant(track.end, detuning), {"protocol": "no-delay"}, label)

    def _check_mask(self, name: Any, label: str) -> None:
        if self._mask is not None and name == self._mask:
            raise InvalidProgramError(f"{label}: the mask {name!r} takes nothing before the first global pulse")


def _protocol(value: Any, label: str) -> Protocol:
    protocols: tuple[Protocol, ...] = ("min-delay", "no-delay", "wait-for-all")
    for protocol in protocols:
        if value == protocol:
            return protocol
    raise InvalidProgramError(f"{label}: protocol should be {', '.join(protocols)}, not {value!r}")


def _check_eom(track: Track, label: str, *, wanted: bool) -> None:
    if track.in_eom != wanted:
        raise InvalidProgramError(f"{label}: the channel is {'not ' if wanted else ''}in EOM mode")


def _fitted(track: Track, pulse: Pulse, reference: float, label: str) -> Pulse:
    """A pulse as its channel plays it: of a length that its clock has, with the phase of its atoms."""
    channel = track.channel
    if not channel.dmm:
        channel.check(pulse.amplitude.samples, pulse.detuning.samples, label)
    length = channel.adjusted(len(pulse.amplitude), label)
    amplitude, detuning = pulse.amplitude, pulse.detuning
    if length != len(amplitude):
        if amplitude.stretched is None or detuning.stretched is None:
            raise InvalidProgramError(
                f"{label}: {len(amplitude)} ns is not a multiple of the clock period, {channel.clock_period} ns, and "
                "the waveform has only this length"
            )
        amplitude, detuning = amplitude.stretched(length), detuning.stretched(length)
    phase = pulse.phase + reference if reference else pulse.phase
    return Pulse(amplitude, detuning, phase % TURN)

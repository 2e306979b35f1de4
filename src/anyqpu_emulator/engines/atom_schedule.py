"""When the pulses of a Pulser sequence play: one track per channel, each a list of slots one after another.

A pulse waits for the light of other pulses on its atoms, for phase references that changed, and for the phase of its
own channel to jump; durations keep to the clock of the channel. Source of the rules: pulser-core 1.9.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np

from .atom_device import Basis, Channel, Eom
from .errors import InvalidProgramError, ProgramTooLargeError
from .waveforms import MAX_DURATION, Signal, Waveform, constant

Protocol: TypeAlias = Literal["min-delay", "no-delay", "wait-for-all"]
TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Pulse:
    """Light: amplitude and detuning in rad/us, phase in rad from 0 to 2 pi."""

    amplitude: Waveform
    detuning: Waveform
    phase: float

    @property
    def pauses(self) -> bool:
        """Whether it is a pause at a constant detuning: its phase then means nothing."""
        return self.amplitude.steady and self.detuning.steady and float(self.amplitude.samples[0]) == 0.0

    def drifted(self, angle: float) -> Pulse:
        """Return the pulse with its phase turned back."""
        return replace(self, phase=(self.phase - angle) % TURN)


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a track, from `start` to `end` in ns; without a pulse it is a pause, or moves the light."""

    start: int
    end: int
    targets: frozenset[int]
    pulse: Pulse | None = None
    retarget: bool = False


@dataclass(slots=True)
class Block:
    """A time in which a channel is in EOM mode; `end` is None while it lasts."""

    amplitude: float
    on: float
    off: float
    start: int
    end: int | None = None


@dataclass(slots=True)
class Track:
    """A channel with what happens on it; `weights` of the atoms where it is a detuning map."""

    channel: Channel
    slots: list[Slot] = field(default_factory=list[Slot])
    blocks: list[Block] = field(default_factory=list[Block])
    weights: Signal | None = None
    # By the identity of a pulse, which lives as long as its slot.
    _falls: dict[tuple[int, bool], int] = field(default_factory=dict[tuple[int, bool], int])

    @property
    def in_eom(self) -> bool:
        """Whether the channel is in EOM mode after all that was said so far."""
        return bool(self.blocks) and self.blocks[-1].end is None

    @property
    def end(self) -> int:
        """The end of the last slot."""
        return self.slots[-1].end if self.slots else 0

    def last(self, label: str) -> Slot:
        """Return the last slot."""
        if not self.slots:
            raise InvalidProgramError(f"{label}: the channel has no target yet")
        return self.slots[-1]

    def last_pulse(self, *, pauses: bool) -> Slot | None:
        """Return the last slot with a pulse, counting pauses at a detuning or not."""
        for slot in reversed(self.slots):
            if slot.pulse is not None and (pauses or not slot.pulse.pauses):
                return slot
        return None

    def fall_time(self, pulse: Pulse, *, eom: bool) -> int:
        """Return how long the light of a pulse of this track lasts after its end."""
        key = id(pulse), eom
        if key not in self._falls:
            self._falls[key] = self.channel.fall_time((pulse.amplitude, pulse.detuning), eom=eom)
        return self._falls[key]

    def settled(self) -> int:
        """Return the time at which the light of the last pulse is over."""
        end = self.end
        for slot in reversed(self.slots):
            if slot.pulse is not None:
                return max(end, slot.end + self.fall_time(slot.pulse, eom=self.in_eom))
            if end - slot.end >= 2 * self.channel.rise_time:
                break
        return end

    def covers(self, slot: Slot) -> bool:
        """Return whether a slot lies in EOM mode."""
        return any(block.start <= slot.start < (self.end if block.end is None else block.end) for block in self.blocks)


class Schedule:
    """The tracks of a sequence by the names of its channels, and the phase reference of each atom in each basis."""

    def __init__(self, atoms: int, limit: float | None) -> None:
        """`limit` is the longest duration that the device takes, in ns."""
        self.tracks: dict[str, Track] = {}
        self.atoms = frozenset(range(atoms))
        self._limit = limit
        self._phases: dict[tuple[Basis, int], float] = {}
        self._shifted: dict[tuple[Basis, int], int] = {}
        self._used: dict[tuple[Basis, int], int] = {}

    def declare(self, name: str, channel: Channel, weights: Signal | None = None) -> None:
        """Add a channel; one that reaches all atoms has its targets from the beginning."""
        track = Track(channel, weights=weights)
        if not channel.local:
            track.slots.append(Slot(-1, 0, self.atoms, retarget=True))
        self.tracks[name] = track

    # Phases

    def reference(self, basis: Basis, targets: frozenset[int], label: str) -> float:
        """Return the phase reference that some atoms share."""
        phases = {self._phases.get((basis, atom), 0.0) for atom in targets}
        if len(phases) > 1:
            raise InvalidProgramError(f"{label}: the targets have different phase references")
        return phases.pop()

    def shift(self, basis: Basis, targets: frozenset[int], angle: float) -> None:
        """Turn the phase reference of some atoms, from the end of their last pulse on."""
        for atom in targets:
            self._phases[basis, atom] = (self._phases.get((basis, atom), 0.0) + angle) % TURN
            self._shifted[basis, atom] = self._used.get((basis, atom), 0)

    # Slots

    def add(
        self, track: Track, pulse: Pulse, protocol: Protocol, label: str, drift: tuple[float, int] | None = None
    ) -> Slot:
        """Play a pulse as early as its protocol allows.

        `drift` is a rate in rad/us and the time since which the phase drifts by it: the pulse makes up for it.
        """
        last, basis = track.last(label), track.channel.basis
        wait = self._wait(track, pulse, protocol, drift)
        start = last.end + (track.channel.waited(wait, label) if wait > 0 else 0)
        self._append(track, Slot(start, start + len(pulse.amplitude), last.targets, pulse), drift, label)
        slot = track.slots[-1]
        for atom in last.targets:
            self._used[basis, atom] = max(self._used.get((basis, atom), 0), slot.end)
        return slot

    def _wait(self, track: Track, pulse: Pulse, protocol: Protocol, drift: tuple[float, int] | None) -> int:
        """The time until a pulse may play, which the clock of the channel may make longer."""
        targets, basis = track.slots[-1].targets, track.channel.basis
        earliest, jump = max([track.end, *(self._shifted.get((basis, atom), 0) for atom in targets)]), 0
        if protocol != "no-delay":
            earliest = self._free(track, protocol, earliest)
            previous = track.last_pulse(pauses=False)
            drifted = pulse.phase - (0.0 if drift is None else drifted_by(drift, earliest))
            if previous is not None and previous.pulse is not None and previous.pulse.phase != drifted:
                channel, eom = track.channel, track.in_eom
                jump = max(channel.phase_jump_time, 2 * channel.rise_time if eom else 0)
                jump += track.fall_time(previous.pulse, eom=eom) - (track.end - previous.end)
        return max(earliest - track.end, jump)

    def _append(self, track: Track, slot: Slot, drift: tuple[float, int] | None, label: str) -> None:
        if slot.start > track.end:
            self.pause(track, slot.start - track.end, label)
        if drift is not None and slot.pulse is not None:
            slot = replace(slot, pulse=slot.pulse.drifted(drifted_by(drift, slot.start)))
        self._check(slot.end, label)
        track.slots.append(slot)

    def _free(self, track: Track, protocol: Protocol, time: int) -> int:
        """The time from which on no other channel lights up the targets, or any atom at all."""
        targets = track.slots[-1].targets
        for other in self.tracks.values():
            if other is track:
                continue
            for slot in reversed(other.slots):
                if slot.pulse is None:
                    if slot.end + 2 * other.channel.rise_time <= time:
                        break
                    continue
                dark = slot.end + other.fall_time(slot.pulse, eom=other.in_eom)
                if dark <= time:
                    break
                if protocol == "wait-for-all" or slot.targets & targets:
                    time = dark
                    break
        return time

    def pause(self, track: Track, duration: float, label: str) -> None:
        """Let a channel wait; in EOM mode the detuning between pulses stays on."""
        last = track.last(label)
        end = last.end + track.channel.adjusted(duration, label)
        self._check(end, label)
        pulse: Pulse | None = None
        if track.in_eom and track.blocks[-1].off != 0:
            length = end - last.end
            pulse = Pulse(constant(length, 0.0), constant(length, track.blocks[-1].off), _phase_of_last(track))
        track.slots.append(Slot(last.end, end, last.targets, pulse))

    def settle(self, track: Track, label: str) -> None:
        """Let a channel wait until the light of its last pulse is over."""
        rest = track.settled() - track.end
        if rest > 0:
            self.pause(track, track.channel.waited(rest, label), label)

    def target(self, track: Track, targets: frozenset[int], label: str) -> None:
        """Move a channel to other atoms."""
        self.reference(track.channel.basis, targets, label)
        if not track.slots:
            track.slots.append(Slot(-1, 0, targets, retarget=True))
            return
        self.settle(track, label)
        last = track.slots[-1]
        if last.targets == targets:
            return
        channel = track.channel
        since = last.end - next(slot.end for slot in reversed(track.slots) if slot.retarget)
        time = max(min(max(channel.retarget_interval - since, 0), channel.retarget_interval), channel.retarget_time)
        end = last.end + (channel.waited(time, label) if time else 0)
        self._check(end, label)
        track.slots.append(Slot(last.end, end, targets, retarget=True))

    def align(self, tracks: list[Track], label: str, *, at_rest: bool) -> None:
        """Let channels wait for the one that ends last."""
        end = max(track.settled() if at_rest else track.end for track in tracks)
        for track in tracks:
            if end > track.end:
                self.pause(track, track.channel.waited(end - track.end, label), label)

    def _check(self, end: int, label: str) -> None:
        if self._limit is not None and end > self._limit:
            raise InvalidProgramError(
                f"{label}: the sequence lasts {end} ns; the device takes up to {self._limit:g} ns"
            )
        if end > MAX_DURATION:
            raise ProgramTooLargeError(
                f"{label}: the sequence lasts {end} ns; this emulator computes {MAX_DURATION} ns"
            )

    # EOM mode

    def enable_eom(self, track: Track, block: Block, label: str, *, settle: bool) -> Slot:
        """Enter EOM mode after a buffer at its detuning, unless nothing happened on the channel; the slot before."""
        if track.end:
            if settle:
                self.settle(track, label)
            time = track.channel.waited(_buffer(track.channel), label)
            if block.off != 0:
                last = track.slots[-1]
                quiet = Pulse(constant(time, 0.0), constant(time, block.off), _phase_of_last(track))
                self._check(last.end + time, label)
                track.slots.append(Slot(last.end, last.end + time, last.targets, quiet))
            else:
                self.pause(track, time, label)
        block.start = track.end
        track.blocks.append(block)
        return track.slots[-1]

    def disable_eom(self, track: Track, label: str, *, buffer: bool) -> None:
        """Leave EOM mode, with a buffer or without."""
        track.blocks[-1].end = track.end
        if not buffer:
            return
        if track.channel.eom is not None and track.channel.eom.buffer:
            self.pause(track, track.channel.waited(_buffer(track.channel), label), label)
        else:
            self.settle(track, label)

    def eom_drift(self, track: Track) -> tuple[float, int]:
        """Return the rate at which the phase drifts in EOM mode, and since when."""
        block, last = track.blocks[-1], track.last_pulse(pauses=False)
        return -block.off, max(block.start, 0 if last is None else last.end)


def drifted_by(drift: tuple[float, int], time: int) -> float:
    """Return the angle by which a phase has drifted at a time."""
    rate, since = drift
    return rate * (time - since) * 1e-3


def samples(track: Track, duration: int) -> tuple[Signal, Signal, Signal, list[tuple[int, int, frozenset[int]]]]:
    """Return amplitude, detuning and phase of a track, and when it lights up which atoms."""
    amplitude, detuning, phase = np.zeros(duration), np.zeros(duration), np.zeros(duration)
    played = [(slot, slot.pulse) for slot in track.slots if slot.pulse is not None]
    windows: list[tuple[int, int, frozenset[int]]] = []
    lit: Slot | None = None
    for place, (slot, pulse) in enumerate(played):
        stretch = slice(slot.start, slot.end)
        amplitude[stretch] += pulse.amplitude.samples
        detuning[stretch] += pulse.detuning.samples
        fall = track.fall_time(pulse, eom=track.covers(slot))
        following = played[place + 1][0].start - slot.end if place + 1 < len(played) else fall
        windows.append((slot.start, slot.end + min(fall, following), slot.targets))
        if pulse.pauses:
            continue
        # The phase jumps before a pulse, as soon as there is time to, and stays what it is after the last.
        begin = 0 if lit is None else max(slot.start - track.channel.phase_jump_time, lit.end)
        phase[begin:] = pulse.phase
        lit = slot
    if track.in_eom:
        detuning[track.end :] = track.blocks[-1].off
    return amplitude, detuning, phase, windows


def _phase_of_last(track: Track) -> float:
    last = track.last_pulse(pauses=True)
    return 0.0 if last is None or last.pulse is None else last.pulse.phase


def _buffer(channel: Channel) -> int:
    eom: Eom | None = channel.eom
    return (eom.buffer if eom is not None else None) or 2 * channel.rise_time

"""From Pulser's abstract representation of a sequence to what a solver needs: places, couplings, drives.

Each channel has a time of its own; a pulse waits as long as its protocol says. The finite bandwidth of a laser,
and the pauses that Pulser inserts for it when a phase jumps, are left out: drives follow their waveforms exactly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from . import waveforms
from .c6 import C6
from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .expressions import Values

Drive: TypeAlias = NDArray[np.complex128]
Signal: TypeAlias = waveforms.Signal

MAX_ATOMS = 10
"""A thousand amplitudes over ten thousand nanoseconds take seconds; more would take minutes."""
_DEFAULT_LEVEL = 70
_MAX_OPERATIONS = 10_000
# Far beyond what a laboratory holds, and near enough that no number overflows.
_STRONGEST = 1e5
_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class Sequence:
    """Atoms and what happens to them. Row q of `rabi` and `detuning` is atom q, column t the t-th nanosecond."""

    atoms: tuple[str, ...]
    positions: NDArray[np.float64]
    c6: float
    rabi: Drive
    """Omega exp(-i phase), rad/us."""
    detuning: Signal
    """rad/us."""

    @property
    def duration(self) -> int:
        """Nanoseconds."""
        return int(self.detuning.shape[1])


@dataclass(slots=True)
class _Channel:
    targets: list[int]
    local: bool
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Played:
    start: int
    targets: list[int]
    rabi: Drive
    detuning: Signal


@dataclass(slots=True)
class _Score:
    """A sequence while it is being read."""

    values: Values
    atoms: tuple[str, ...]
    channels: dict[str, _Channel]
    phases: list[float]
    played: list[_Played] = field(default_factory=list[_Played])

    def channel(self, node: Mapping[str, Any], what: str) -> _Channel:
        name = node.get("channel")
        if not isinstance(name, str) or name not in self.channels:
            raise InvalidProgramError(f"{what}: the channel {name!r} is not declared")
        return self.channels[name]

    def perform(self, node: Mapping[str, Any], what: str) -> None:
        """One operation."""
        match node.get("op"):
            case "pulse" | "pulse_arbitrary_phase":
                self._pulse(node, what)
            case "delay":
                time = self.values.integer(node.get("time"), f"{what}.time")
                if time < 0:
                    raise InvalidProgramError(f"{what}.time should not be negative")
                channel = self.channel(node, what)
                channel.end += time
                _bearable(channel.end)
            case "target":
                channel = self.channel(node, what)
                if not channel.local:
                    raise InvalidProgramError(f"{what}: a global channel has no targets")
                channel.targets = self._targets(node.get("target"), what)
            case "phase_shift":
                if node.get("basis", "ground-rydberg") != "ground-rydberg":
                    raise UnsupportedProgramError(f"{what}: only the basis ground-rydberg is emulated")
                shift = self.values.number(node.get("phi"), f"{what}.phi")
                for target in self._targets(node.get("targets"), what):
                    self.phases[target] += shift
            case "align":
                names = node.get("channels")
                some = [self.channel({"channel": name}, what) for name in (names if is_list(names) else [])]
                end = max((channel.end for channel in some), default=0)
                for channel in some:
                    channel.end = end
            case other:
                raise UnsupportedProgramError(f"{what}: the operation {other!r} is not emulated")

    def _targets(self, value: Any, what: str) -> list[int]:
        targets = [self.values.integer(item, what) for item in (value if is_list(value) else [value])]
        if not targets or not all(0 <= target < len(self.atoms) for target in targets):
            raise InvalidProgramError(f"{what}: targets are places in the register, 0 to {len(self.atoms) - 1}")
        return sorted(set(targets))

    def _pulse(self, node: Mapping[str, Any], what: str) -> None:
        channel = self.channel(node, what)
        amplitude = waveforms.samples(node.get("amplitude"), self.values, f"{what}.amplitude")
        length = len(amplitude)
        if bool((amplitude < -1e-9).any()):
            raise InvalidProgramError(f"{what}.amplitude should nowhere be negative")
        if node.get("op") == "pulse":
            detuning = waveforms.samples(node.get("detuning"), self.values, f"{what}.detuning")
            phase: Any = self.values.number(node.get("phase", 0), f"{what}.phase")
        else:
            # The phase's slope is a detuning, up to sign; as a phase it needs no translation.
            detuning = np.zeros(length)
            phase = waveforms.samples(node.get("phase"), self.values, f"{what}.phase")
            if len(phase) != length:
                raise InvalidProgramError(f"{what}: amplitude and phase should last equally long")
        if len(detuning) != length:
            raise InvalidProgramError(f"{what}: amplitude and detuning should last equally long")
        reference = {round(self.phases[target], 9) for target in channel.targets}
        if len(reference) > 1:
            raise InvalidProgramError(f"{what}: the targets have different phase references")
        rabi = amplitude * np.exp(-1j * (phase + self.phases[channel.targets[0]]))
        start = self._start(channel, node.get("protocol", "min-delay"), what)
        channel.end = start + length
        _bearable(channel.end)
        self.played.append(_Played(start, channel.targets, rabi, detuning))
        shift = self.values.number(node.get("post_phase_shift") or 0, f"{what}.post_phase_shift")
        for target in channel.targets:
            self.phases[target] += shift

    def _start(self, channel: _Channel, protocol: Any, what: str) -> int:
        if protocol == "no-delay":
            return channel.end
        if protocol not in ("min-delay", "wait-for-all"):
            raise InvalidProgramError(f"{what}: protocol should be min-delay, no-delay or wait-for-all")
        everyone = protocol == "wait-for-all"
        busy = [
            play.start + len(play.detuning)
            for play in self.played
            if everyone or not set(play.targets).isdisjoint(channel.targets)
        ]
        return max([channel.end, *busy])


def parse(text: str, variables: Mapping[str, Any]) -> Sequence:
    """Read a sequence (JSON) with the values of its variables; an EngineError says what is wrong with it."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"the sequence is not JSON: {error}") from None
    if not is_object(document):
        raise InvalidProgramError("the sequence should be a JSON object, as Sequence.to_abstract_repr() writes it")
    atoms, positions = _register(document.get("register"))
    if document.get("slm_mask_targets"):
        raise UnsupportedProgramError("SLM masks are not emulated")
    if document.get("measurement") not in (None, "ground-rydberg"):
        raise UnsupportedProgramError(f"measurement in the basis {document['measurement']!r} is not emulated")
    declared = document.get("variables")
    values = Values(declared if is_object(declared) else {}, variables)
    score = _Score(values, atoms, _channels(document, len(atoms)), [0.0] * len(atoms))
    operations = document.get("operations")
    if not is_list(operations) or len(operations) > _MAX_OPERATIONS:
        raise InvalidProgramError(f"operations should be a list of at most {_MAX_OPERATIONS} operations")
    for place, node in enumerate(operations):
        if not is_object(node):
            raise InvalidProgramError(f"operations[{place}] should be an object")
        # Numbers that overflow are found and refused where everything is put together.
        with np.errstate(all="ignore"):
            score.perform(node, f"operations[{place}]")
    return _mixed(score, positions, _c6(document.get("device")))


def _mixed(score: _Score, positions: NDArray[np.float64], c6: float) -> Sequence:
    duration = max((channel.end for channel in score.channels.values()), default=0)
    rabi = np.zeros((len(score.atoms), duration), dtype=np.complex128)
    detuning = np.zeros((len(score.atoms), duration))
    for play in score.played:
        stretch = slice(play.start, play.start + len(play.detuning))
        # Asked this way round, because what is no number is not small either.
        if not all(bool((np.abs(signal) <= _STRONGEST).all()) for signal in (play.rabi, play.detuning)):
            raise UnsupportedProgramError(f"amplitudes and detunings beyond {_STRONGEST:g} rad/us are not emulated")
        rabi[play.targets, stretch] += play.rabi
        detuning[play.targets, stretch] += play.detuning
    return Sequence(score.atoms, positions, c6, rabi, detuning)


def _register(register: Any) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    if not is_list(register) or not register or not all(is_object(atom) for atom in register):
        raise InvalidProgramError("register should be a list of at least one atom")
    if any("qid" in atom for atom in register):
        raise UnsupportedProgramError("mappable registers are not emulated; build the sequence with a register")
    if len(register) > MAX_ATOMS:
        raise ProgramTooLargeError(f"the register has {len(register)} atoms; this emulator computes up to {MAX_ATOMS}")
    constant = Values({}, {})
    names: list[str] = []
    places: list[list[float]] = []
    for number, atom in enumerate(register):
        names.append(str(atom.get("name", f"q{number}")))
        places.append([constant.number(atom.get(axis, 0), f"register[{number}].{axis}") for axis in "xyz"])
    if len(set(map(tuple, places))) < len(places) or len(set(names)) < len(names):
        raise InvalidProgramError("register: no two atoms have the same name or place")
    if max(abs(coordinate) for place in places for coordinate in place) > _FARTHEST:
        raise UnsupportedProgramError(f"register: places as far as {_FARTHEST:g} um are not emulated")
    return tuple(names), np.asarray(places, dtype=np.float64)


def _channels(document: Mapping[str, Any], atoms: int) -> dict[str, _Channel]:
    declared = document.get("channels")
    if not is_object(declared):
        raise InvalidProgramError("channels should be an object")
    device = document.get("device")
    offered = device.get("channels") if is_object(device) else None
    known = {item.get("id"): item for item in (offered if is_list(offered) else []) if is_object(item)}
    channels: dict[str, _Channel] = {}
    for name, kind in declared.items():
        details = known.get(kind, {}) if isinstance(kind, str) else {}
        basis = details.get("basis", "ground-rydberg" if str(kind).startswith("rydberg") else "?")
        if basis != "ground-rydberg":
            raise UnsupportedProgramError(f"channels.{name}: {kind!r} is not emulated; Rydberg channels are")
        local = details.get("addressing", "Local" if "local" in str(kind) else "Global") == "Local"
        channels[name] = _Channel([0] if local else list(range(atoms)), local)
    return channels


def _c6(device: Any) -> float:
    """The sequence says which Rydberg level its device uses; that decides, as in Pulser."""
    details: Mapping[str, Any] = device if is_object(device) else {}
    level, stated = details.get("rydberg_level"), details.get("interaction_coeff")
    if isinstance(stated, int | float) and not isinstance(stated, bool) and 0 < stated < 1e12:
        return float(stated)
    return C6.get(level, C6[_DEFAULT_LEVEL]) if isinstance(level, int) else C6[_DEFAULT_LEVEL]


def _bearable(end: int) -> None:
    if end > waveforms.MAX_DURATION:
        raise ProgramTooLargeError(f"the sequence lasts {end} ns; this emulator computes {waveforms.MAX_DURATION} ns")

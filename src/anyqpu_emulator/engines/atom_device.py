"""The device that a Pulser sequence was made for: its channels and what they allow.

Source of the formulas: pulser-core 1.9.1, whose simulator is what results are compared with.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast

import numpy as np

from anyqpu_emulator.shapes import is_list, is_object

from .c6 import C6
from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .expressions import spelled
from .native import NotNativeError
from .waveforms import MAX_DURATION, Signal, Waveform

Basis: TypeAlias = Literal["ground-rydberg", "digital"]

_DEFAULT_LEVEL = 70
_RISE = 0.48e3 * math.sqrt(2)
"""Rise time of the amplitude in ns, times the bandwidth in MHz."""
_NARROWEST = 0.01
"""MHz: light that takes longer than the longest sequence to rise."""
_TINIEST = 1e-6
_SETTLED = 1e-2
"""rad/us. A modulated waveform that is this near to its own samples is over."""
_FREE = {"MockDevice"}
"""Devices that a sequence may name only, because they allow everything."""


@dataclass(frozen=True, slots=True)
class Eom:
    """An electro-optic modulator of a Rydberg channel: fast square pulses, with a light shift between them."""

    bandwidth: float
    rise_time: int
    buffer: int | None
    limiting: Literal["RED", "BLUE"]
    controlled: tuple[str, ...]
    most_limiting: float
    intermediate: float
    both: bool
    shifts: Mapping[str, float]

    def detuning_off(self, amplitude: float, detuning: float, wanted: float) -> float:
        """Return the detuning between pulses, of those that the beams allow the nearest to the one wanted."""
        combinations = [(beam,) for beam in self.controlled]
        on = [self._shift(amplitude, {"RED", "BLUE"} - set(off)) for off in combinations]
        if len(self.controlled) > 1 and self.both:
            on.append(0.0)
        offset = detuning - self._shift(amplitude, {"RED", "BLUE"})
        return min((shift + offset for shift in on), key=lambda option: abs(option - wanted))

    def _shift(self, amplitude: float, beams: set[str]) -> float:
        rabi = self._beams(amplitude)
        signs = {"RED": -self.shifts["RED"], "BLUE": self.shifts["BLUE"]}
        return sum(signs[beam] * rabi[beam] ** 2 for beam in sorted(beams)) / (4 * self.intermediate)

    def _beams(self, amplitude: float) -> dict[str, float]:
        """The Rabi frequency of each beam: balanced until the limiting one is at its limit."""
        other = "BLUE" if self.limiting == "RED" else "RED"
        balance = math.sqrt(self.shifts[self.limiting] / self.shifts[other])
        if amplitude <= balance * self.most_limiting**2 / (2 * self.intermediate):
            square = 2 * amplitude * self.intermediate
            return {self.limiting: math.sqrt(square / balance), other: math.sqrt(square * balance)}
        return {self.limiting: self.most_limiting, other: 2 * self.intermediate * amplitude / self.most_limiting}


@dataclass(frozen=True, slots=True)
class Channel:
    """What a channel of a device is, and allows. Times in ns, frequencies in rad/us, None where unlimited."""

    id: str
    basis: Basis = "ground-rydberg"
    local: bool = False
    clock_period: int = 1
    min_duration: int = 1
    max_duration: float | None = None
    max_amplitude: float | None = None
    max_detuning: float | None = None
    min_average: float = 0.0
    retarget_interval: int = 0
    retarget_time: int = 0
    max_targets: int | None = None
    bandwidth: float | None = None
    rise_time: int = 0
    phase_jump_time: int = 0
    eom: Eom | None = None
    dmm: bool = False
    bottom: float | None = None
    total_bottom: float | None = None

    def adjusted(self, duration: float, label: str) -> int:
        """Return a duration rounded up to the clock of the channel; raises where the channel does not allow it."""
        if duration < self.min_duration:
            raise InvalidProgramError(f"{label}: {duration:g} ns; the channel takes {self.min_duration} ns at least")
        if self.max_duration is not None and duration > self.max_duration:
            raise InvalidProgramError(f"{label}: {duration:g} ns; the channel takes {self.max_duration:g} ns at most")
        whole = int(duration)
        if duration % self.clock_period:
            whole += self.clock_period - whole % self.clock_period
        if whole > MAX_DURATION:
            raise ProgramTooLargeError(f"{label}: {whole} ns; this emulator computes up to {MAX_DURATION} ns")
        return whole

    def waited(self, duration: int, label: str) -> int:
        """Return the time of a pause of this length, which is never too short."""
        return self.adjusted(max(duration, self.min_duration), label)

    def fall_time(self, waveforms: tuple[Waveform, ...], *, eom: bool) -> int:
        """Return how long the light of a pulse lasts after its last sample."""
        if not self.bandwidth:
            return 0
        fast = self.eom if eom else None
        bandwidth, rise = (self.bandwidth, self.rise_time) if fast is None else (fast.bandwidth, fast.rise_time)
        return rise + max(_tail(waveform.samples, bandwidth, rise) for waveform in waveforms)

    def check(self, amplitude: Signal, detuning: Signal, label: str) -> None:
        """Raise an error for light that the channel does not make."""
        if self.max_amplitude is not None and float(amplitude.max()) > self.max_amplitude:
            raise InvalidProgramError(
                f"{label}.amplitude reaches {float(amplitude.max()):.6g} rad/us; the channel {self.id} takes up to "
                f"{self.max_amplitude:.6g}"
            )
        if self.max_detuning is not None and float(np.round(np.abs(detuning), 6).max()) > self.max_detuning:
            raise InvalidProgramError(
                f"{label}.detuning reaches {float(np.abs(detuning).max()):.6g} rad/us; the channel {self.id} takes up "
                f"to {self.max_detuning:.6g}"
            )
        if 0 < float(np.average(amplitude)) < self.min_average:
            raise InvalidProgramError(f"{label}.amplitude is on average below {self.min_average:.6g} rad/us")

    def check_map(self, detuning: Signal, weights: Signal, label: str) -> None:
        """Raise an error for a detuning that a detuning map does not make."""
        lowest = float(np.round(detuning, 6).min())
        if float(np.round(detuning, 6).max()) > 0:
            raise InvalidProgramError(f"{label}: the detuning of a detuning map should not be positive")
        for limit, share in ((self.bottom, float(weights.max())), (self.total_bottom, float(weights.sum()))):
            if limit is not None and lowest * share < limit:
                raise InvalidProgramError(f"{label}: {lowest * share:.6g} rad/us is below the device's {limit:.6g}")


@dataclass(frozen=True, slots=True)
class Device:
    """A device: its channels by name, and what it allows of registers and sequences."""

    name: str = "MockDevice"
    c6: float = C6[_DEFAULT_LEVEL]
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])
    reusable: bool = True
    max_duration: float | None = None
    max_atoms: int | None = None
    min_distance: float = 0.0
    max_radius: float | None = None
    slm: bool = True

    def channel(self, kind: Any, label: str) -> Channel:
        """Return a channel by its name at the device."""
        if isinstance(kind, str) and kind in self.channels:
            return self.channels[kind]
        if self.channels:
            raise InvalidProgramError(
                f"{label}: the device {self.name} has no channel {kind!r:.40}; it has {', '.join(self.channels)}"
            )
        return _usual(kind, label)


def read(node: Any) -> Device:
    """Read the device of a sequence; without one, everything is allowed."""
    if isinstance(node, str):
        if node not in _FREE:
            raise UnsupportedProgramError(f"device: {node!r} is named without its channels, which are not known here")
        return Device()
    if node is None:
        return Device()
    if not is_object(node):
        raise InvalidProgramError(f"device should be an object, not {spelled(node)}")
    channels: dict[str, Channel] = {}
    for key in ("channels", "dmm_objects"):
        listed = node.get(key)
        for place, item in enumerate(listed if is_list(listed) else []):
            channel = _channel(item, f"device.{key}[{place}]", dmm=key == "dmm_objects")
            if channel is not None:
                channels[channel.id] = channel
    radius, most = _limit(node, "max_radial_distance"), _limit(node, "max_atom_num")
    return Device(
        name=str(node.get("name", "of the sequence")),
        c6=_c6(node),
        channels=channels,
        reusable=node.get("reusable_channels") is not False,
        max_duration=_limit(node, "max_sequence_duration"),
        max_atoms=None if most is None else int(most),
        min_distance=_limit(node, "min_atom_distance") or 0.0,
        max_radius=radius,
        slm=node.get("supports_slm_mask") is not False,
    )


def made_for(device: Mapping[str, Any], text: str) -> str:
    """Return a sequence with the present form of the device that it was made for, so that it is checked against that.

    Raises NotNativeError for a sequence that was made for another device.
    """
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not is_object(document):
        return text
    own: Any = document.get("device")
    name: Any = own.get("name") if is_object(own) else own
    if name != device["name"]:
        made = "was made for no device" if name is None else f"was made for the device {str(name)[:100]!r}"
        raise NotNativeError(
            f"the sequence {made}; {device['name']} runs sequences that were made for it: take the device of its "
            "specifications"
        )
    return json.dumps({**document, "device": device})


def _usual(kind: Any, label: str) -> Channel:
    """A channel of a sequence without a device, by the names that Pulser gives them."""
    basis, _, addressing = str(kind).rpartition("_")
    if basis not in ("rydberg", "raman"):
        raise UnsupportedProgramError(f"{label}: {kind!r} is not emulated; Rydberg and Raman channels are")
    return Channel(str(kind), basis="digital" if basis == "raman" else "ground-rydberg", local=addressing == "local")


def _channel(node: Any, label: str, *, dmm: bool) -> Channel | None:
    """A channel of the device; one that is not computed here is left to those who use it."""
    if not is_object(node) or not isinstance(node.get("id"), str):
        raise InvalidProgramError(f"{label} should be an object with an id")
    basis: Any = node.get("basis", "ground-rydberg")
    if basis not in ("ground-rydberg", "digital"):
        return Channel(node["id"], basis=cast("Basis", basis))
    bandwidth = _limit(node, "mod_bandwidth")
    rise = _rise_time(bandwidth, label) if bandwidth else 0
    jump = _limit(node, "custom_phase_jump_time")
    period, least = _limit(node, "clock_period") or 1, _limit(node, "min_duration") or 1
    targets = _limit(node, "max_targets")
    return Channel(
        id=node["id"],
        basis=basis,
        local=node.get("addressing") == "Local",
        clock_period=max(1, int(period)),
        min_duration=max(1, int(least)),
        max_duration=_limit(node, "max_duration"),
        max_amplitude=_limit(node, "max_amp"),
        max_detuning=_limit(node, "max_abs_detuning"),
        min_average=_limit(node, "min_avg_amp") or 0.0,
        retarget_interval=int(_limit(node, "min_retarget_interval") or 0),
        retarget_time=int(_limit(node, "fixed_retarget_t") or 0),
        max_targets=None if targets is None else int(targets),
        bandwidth=bandwidth,
        rise_time=rise,
        phase_jump_time=2 * rise if jump is None else int(jump),
        eom=_eom(node["eom_config"], f"{label}.eom_config") if node.get("eom_config") is not None else None,
        dmm=dmm,
        bottom=_limit(node, "bottom_detuning"),
        total_bottom=_limit(node, "total_bottom_detuning"),
    )


def _eom(node: Any, label: str) -> Eom:
    beams = node.get("controlled_beams") if is_object(node) else None
    if not is_object(node) or not is_list(beams) or not beams:
        raise InvalidProgramError(f"{label} should be an object with controlled_beams")
    if not {*map(str, beams), str(node.get("limiting_beam"))} <= {"RED", "BLUE"}:
        raise InvalidProgramError(f"{label}: beams are RED and BLUE")

    def positive(key: str, default: float | None = None) -> float:
        number = _limit(node, key)
        number = default if number is None else number
        if number is None or number < _TINIEST:
            raise InvalidProgramError(f"{label}.{key} should be at least {_TINIEST:g}")
        return number

    buffer = _limit(node, "custom_buffer_time")
    limiting: Literal["RED", "BLUE"] = "RED" if node.get("limiting_beam") == "RED" else "BLUE"
    bandwidth = positive("mod_bandwidth")
    return Eom(
        bandwidth=bandwidth,
        rise_time=_rise_time(bandwidth, label),
        buffer=None if buffer is None else int(buffer),
        limiting=limiting,
        controlled=tuple(map(str, beams)),
        most_limiting=positive("max_limiting_amp"),
        intermediate=positive("intermediate_detuning"),
        both=node.get("multiple_beam_control") is not False,
        shifts={"RED": positive("red_shift_coeff", 1.0), "BLUE": positive("blue_shift_coeff", 1.0)},
    )


def _rise_time(bandwidth: float, label: str) -> int:
    """How long the light takes to reach its amplitude, in ns."""
    if not _NARROWEST <= bandwidth <= _RISE:
        raise InvalidProgramError(f"{label}.mod_bandwidth should be {_NARROWEST} to {_RISE:.0f} MHz, not {bandwidth:g}")
    return max(1, round(_RISE / bandwidth))


def _limit(node: Mapping[str, Any], key: str) -> float | None:
    value = node.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise InvalidProgramError(f"device: {key} should be a number, not {spelled(value)}")
    return float(value)


def _c6(details: Mapping[str, Any]) -> float:
    """The sequence says which Rydberg level its device uses; that decides, as in Pulser."""
    level, stated = details.get("rydberg_level"), details.get("interaction_coeff")
    if isinstance(stated, int | float) and not isinstance(stated, bool) and 0 < stated < 1e12:
        return float(stated)
    return C6.get(level, C6[_DEFAULT_LEVEL]) if isinstance(level, int) else C6[_DEFAULT_LEVEL]


def _tail(samples: Signal, bandwidth: float, rise: int) -> int:
    """How long after a waveform its modulated form still differs from nothing.

    The modulator lets frequencies f through by exp(-(f/f0)^2).
    """
    padded = np.pad(samples, rise)
    cutoff = bandwidth * 1e-3 / math.sqrt(2 * math.log(2))
    frequencies = np.fft.fftfreq(len(padded))
    light = np.fft.ifft(np.fft.fft(padded) * np.exp(-((frequencies / cutoff) ** 2))).real
    still = np.abs(padded - light)[-rise:] <= _SETTLED
    return int(np.argmax(still)) if bool(still.any()) else rise

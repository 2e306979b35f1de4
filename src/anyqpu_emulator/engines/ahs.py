"""Braket's programs for analog Hamiltonian simulation, as QuEra's atoms run them. SI units, numbers often as text.

    H(t) = sum_k [ Omega(t)/2 (exp(i phi(t)) |g><r| + h.c.) - (Delta(t) + h_k delta(t)) n_k ] + sum C6 / r^6 n_j n_k

Amplitude and detuning are linear between their times, the phase is constant from each of its times to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .pulses import MAX_ATOMS, Sequence
from .waveforms import MAX_DURATION, Signal

# Aquila's 5.42e-24 rad m^6/s in rad um^6/us.
_C6 = 5.42e6
_METRES, _RADIANS_PER_SECOND, _SECONDS = 1e6, 1e-6, 1e9
# rad/us; Aquila's light does a hundredth of it.
_STRONGEST = 1e4


@dataclass(frozen=True, slots=True)
class Analog:
    """A program: which sites are filled, and what happens to the atoms in them."""

    filling: tuple[int, ...]
    sequence: Sequence


def parse(program: Mapping[str, Any]) -> Analog:
    """Read a program; an EngineError says what is wrong with it."""
    register = _object(_object(program.get("setup"), "setup").get("ahs_register"), "setup.ahs_register")
    sites = _numbers_of_pairs(register.get("sites"))
    filling = tuple(_filled(register.get("filling"), len(sites)))
    atoms = sum(filling)
    if atoms > MAX_ATOMS:
        raise ProgramTooLargeError(f"{atoms} sites are filled; this emulator computes up to {MAX_ATOMS} atoms")
    hamiltonian = _object(program.get("hamiltonian"), "hamiltonian")
    driving = _fields(hamiltonian.get("drivingFields"), "hamiltonian.drivingFields")
    # The second name is the newer one.
    shifting = [
        (field, here)
        for name in ("shiftingFields", "localDetuning")
        for field, here in _fields(hamiltonian.get(name), f"hamiltonian.{name}")
    ]
    ends = [_end(field, key, here) for field, here in driving for key in ("amplitude", "phase", "detuning")]
    ends += [_end(field, "magnitude", here) for field, here in shifting]
    if ends and max(ends) - min(ends) > 0.5:
        raise InvalidProgramError("all time series should end at the same time")
    duration = round(max(ends, default=0.0))
    rabi = np.zeros((atoms, duration), dtype=np.complex128)
    detuning = np.zeros((atoms, duration))
    for field, here in driving:
        size, slow = (_signal(field, key, here, duration) for key in ("amplitude", "detuning"))
        phase = _signal(field, "phase", here, duration, steps=True)
        rabi += size * np.exp(1j * phase)
        detuning += slow
    places = [place for place, filled in enumerate(filling) if filled]
    for field, here in shifting:
        pattern = _pattern(field, here, len(sites))
        detuning += pattern[places][:, None] * _signal(field, "magnitude", here, duration, local=True)
    if max(np.abs(rabi).max(initial=0.0), np.abs(detuning).max(initial=0.0)) > _STRONGEST:
        raise UnsupportedProgramError(f"amplitudes and detunings beyond {_STRONGEST:g} rad/us are not emulated")
    positions = np.array([[*sites[place], 0.0] for place in places], dtype=np.float64).reshape(-1, 3) * _METRES
    return Analog(filling, Sequence(tuple(str(place) for place in places), positions, _C6, rabi, detuning))


def _object(value: Any, label: str) -> Mapping[str, Any]:
    if not is_object(value):
        raise InvalidProgramError(f"{label} should be an object")
    return value


def _numbers(value: Any, label: str) -> Signal:
    try:
        if not is_list(value) or any(isinstance(item, bool | dict | list) for item in value):
            raise ValueError(label)
        signal = np.array([float(item) for item in value], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InvalidProgramError(f"{label} should be a list of numbers") from None
    if not bool(np.isfinite(signal).all()):
        raise InvalidProgramError(f"{label} should be finite numbers")
    return signal


def _numbers_of_pairs(value: Any) -> list[list[float]]:
    if not is_list(value) or not value:
        raise InvalidProgramError("setup.ahs_register.sites should be a list of at least one place")
    sites = [_numbers(site, f"setup.ahs_register.sites[{number}]").tolist() for number, site in enumerate(value)]
    if any(len(site) != 2 for site in sites):
        raise InvalidProgramError("a place in setup.ahs_register.sites has two coordinates")
    return sites


def _filled(value: Any, sites: int) -> list[int]:
    filling: list[Any] = value if is_list(value) else []
    if len(filling) != sites or any(item not in (0, 1) for item in filling):
        raise InvalidProgramError("setup.ahs_register.filling should say 0 or 1 for each site")
    return [int(item) for item in filling]


def _fields(value: Any, label: str) -> list[tuple[Mapping[str, Any], str]]:
    if value is None:
        return []
    if not is_list(value):
        raise InvalidProgramError(f"{label} should be a list")
    return [(_object(item, f"{label}[{number}]"), f"{label}[{number}]") for number, item in enumerate(value)]


def _series(field: Mapping[str, Any], key: str, here: str) -> tuple[Signal, Signal]:
    """Times in nanoseconds, and values."""
    series = _object(_object(field.get(key), f"{here}.{key}").get("time_series"), f"{here}.{key}.time_series")
    times, values = (_numbers(series.get(name), f"{here}.{key}.time_series.{name}") for name in ("times", "values"))
    if len(times) != len(values) or len(times) < 2:
        raise InvalidProgramError(f"{here}.{key}: as many times as values, and at least two")
    if times[0] != 0 or bool((np.diff(times) <= 0).any()):
        raise InvalidProgramError(f"{here}.{key}: times should begin at 0 and rise")
    return times * _SECONDS, values


def _end(field: Mapping[str, Any], key: str, here: str) -> float:
    end = float(_series(field, key, here)[0][-1])
    if end > MAX_DURATION:
        raise ProgramTooLargeError(f"{here}.{key} takes {end:g} ns; this emulator computes up to {MAX_DURATION} ns")
    return end


def _signal(
    field: Mapping[str, Any], key: str, here: str, duration: int, *, steps: bool = False, local: bool = False
) -> Signal:
    """The values in the middle of each nanosecond: rad/us, or rad for the steps of a phase."""
    if not local and field[key].get("pattern", "uniform") != "uniform":
        raise UnsupportedProgramError(f"{here}.{key}: only a uniform pattern is emulated")
    times, values = _series(field, key, here)
    middle = np.arange(duration) + 0.5
    if steps:
        return values[np.searchsorted(times, middle, side="right") - 1]
    return np.asarray(np.interp(middle, times, values) * _RADIANS_PER_SECOND)


def _pattern(field: Mapping[str, Any], here: str, sites: int) -> NDArray[np.float64]:
    pattern = _numbers(field["magnitude"].get("pattern"), f"{here}.magnitude.pattern")
    if len(pattern) != sites or bool((np.abs(pattern) > 1).any()):
        raise InvalidProgramError(f"{here}.magnitude.pattern should have a number from 0 to 1 for each site")
    return pattern

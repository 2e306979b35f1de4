"""Pulser's waveforms as samples, one per nanosecond."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .expressions import Values, spelled

Signal: TypeAlias = NDArray[np.float64]

MAX_DURATION = 100_000
"""Nanoseconds. Real devices stop at a tenth of it."""
_DEEPEST = 20
_MAX_BETA = 500.0
_BLACKMAN_MEAN = 0.42
_TRIALS = 2_000


@dataclass(frozen=True, slots=True)
class Waveform:
    """Samples of a waveform: rad/us for amplitude and detuning, rad for phase.

    `stretched` gives the same shape with another duration, None where the shape has only one; `steady` is whether it
    was written as a constant, `slope` the change per nanosecond of a ramp.
    """

    samples: Signal
    stretched: Callable[[int], Waveform] | None = None
    steady: bool = False
    slope: float | None = None

    def __len__(self) -> int:
        """Return nanoseconds."""
        return len(self.samples)


def constant(duration: int, value: float) -> Waveform:
    """Return a constant waveform of at least one nanosecond."""
    return Waveform(np.full(duration, value), lambda other: constant(other, value), steady=True)


def custom(samples: Signal) -> Waveform:
    """Return a waveform of samples, which has no other duration."""
    return Waveform(samples)


def read(node: Any, values: Values, label: str, depth: int = 0) -> Waveform:
    """Read a waveform from Pulser's abstract representation."""
    if not is_object(node):
        raise InvalidProgramError(f"{label} should be a waveform object, not {spelled(node)}")
    kind = node.get("kind")
    if kind == "composite":
        return custom(_composite(node, values, label, depth))
    if kind == "custom":
        samples = values.numbers(node.get("samples"), f"{label}.samples")
        if not samples:
            raise InvalidProgramError(f"{label}.samples should have at least one number")
        _check_duration(len(samples), label)
        return custom(np.asarray(samples, dtype=np.float64))
    if kind in ("blackman_max", "kaiser_max"):
        return _of_peak(kind, node, values, label)
    return _shaped(kind, node, values, label)


def read_pair(first: Any, second: Any, values: Values, names: tuple[str, str]) -> tuple[Waveform, Waveform]:
    """Read the two waveforms of a pulse, which last equally long.

    Pulser writes the constant half of a parametrised `ConstantAmplitude` or `ConstantDetuning` with duration 0: it
    lasts as long as the other half.
    """
    if _lasts_as_other(first):
        other = read(second, values, names[1])
        return constant(len(other), values.number(first.get("value"), f"{names[0]}.value")), other
    own = read(first, values, names[0])
    if _lasts_as_other(second):
        return own, constant(len(own), values.number(second.get("value"), f"{names[1]}.value"))
    other = read(second, values, names[1])
    if len(own) != len(other):
        raise InvalidProgramError(
            f"{names[0]} lasts {len(own)} ns and {names[1].rpartition('.')[2]} {len(other)} ns: they should be "
            "equally long"
        )
    return own, other


def _lasts_as_other(node: Any) -> bool:
    duration: Any = node.get("duration") if is_object(node) else None
    return type(duration) in (int, float) and duration == 0 and node.get("kind") == "constant"


def _composite(node: Mapping[str, Any], values: Values, label: str, depth: int) -> Signal:
    parts = node.get("waveforms")
    if not is_list(parts) or not parts or depth >= _DEEPEST:
        raise InvalidProgramError(f"{label}: waveforms should be a list of at least one waveform, not too deep")
    pieces: list[Signal] = []
    length = 0
    for place, part in enumerate(parts):
        pieces.append(read(part, values, f"{label}.waveforms[{place}]", depth + 1).samples)
        length += len(pieces[-1])
        _check_duration(length, label)
    return np.concatenate(pieces)


def _shaped(kind: Any, node: Mapping[str, Any], values: Values, label: str) -> Waveform:
    def number(key: str) -> float:
        return values.number(node.get(key), f"{label}.{key}")

    duration = values.duration(node.get("duration"), f"{label}.duration")
    if duration < 1:
        raise InvalidProgramError(f"{label}.duration should be at least 1 ns, not {duration}")
    _check_duration(duration, label)
    match kind:
        case "constant":
            return constant(duration, number("value"))
        case "ramp":
            return _ramp(duration, number("start"), number("stop"), label)
        case "blackman":
            return _windowed(np.blackman, duration, number("area"), label)
        case "kaiser":
            return _windowed(_kaiser(_beta(node, values, label)), duration, number("area"), label)
        case "interpolated":
            return _interpolated(duration, _points(node, values, label), label)
        case _:
            raise UnsupportedProgramError(f"{label}: waveforms of the kind {kind!r} are not emulated")


def _check_duration(duration: int, label: str) -> None:
    if duration > MAX_DURATION:
        raise ProgramTooLargeError(f"{label} lasts {duration} ns; this emulator computes up to {MAX_DURATION} ns")


def _ramp(duration: int, start: float, stop: float, label: str) -> Waveform:
    if duration < 2:
        raise InvalidProgramError(f"{label}: a ramp should last at least 2 ns")
    return Waveform(
        np.linspace(start, stop, duration),
        lambda other: _ramp(other, start, stop, label),
        slope=(stop - start) / (duration - 1),
    )


Window: TypeAlias = Callable[[int], Signal]


def _kaiser(beta: float) -> Window:
    return lambda duration: np.kaiser(duration, beta)


def _beta(node: Mapping[str, Any], values: Values, label: str) -> float:
    beta = values.number(node.get("beta"), f"{label}.beta") if node.get("beta") is not None else 14.0
    if not 0 <= beta <= _MAX_BETA:
        raise InvalidProgramError(f"{label}.beta should be 0 to {_MAX_BETA:g}, not {beta:g}")
    return beta


def _windowed(window: Window, duration: int, area: float, label: str) -> Waveform:
    shape = np.clip(window(duration), 0, None)
    total = float(shape.sum()) * 1e-3
    if total == 0:
        raise InvalidProgramError(f"{label} is too short for an area")
    return Waveform(shape * (area / total), lambda other: _windowed(window, other, area, label))


def _of_peak(kind: str, node: Mapping[str, Any], values: Values, label: str) -> Waveform:
    """The shortest window of an area that stays below a highest value."""
    peak, area = (values.number(node.get(key), f"{label}.{key}") for key in ("max_val", "area"))
    if area == 0 or peak * area <= 0:
        raise InvalidProgramError(f"{label}: max_val and area should have the same sign and not be zero")
    if kind == "blackman_max":
        window: Window = np.blackman
        duration = _blackman_duration(abs(peak), abs(area), label)
    else:
        beta = _beta(node, values, label)
        window, duration = _kaiser(beta), _kaiser_duration(abs(peak), abs(area), beta, label)
    return _windowed(window, duration, area, label)


def _blackman_duration(peak: float, area: float, label: str) -> int:
    """The duration that Pulser chooses: from the mean of the window upwards until its scale is below the peak."""
    first = math.ceil(min(area / (_BLACKMAN_MEAN * peak) * 1e3, MAX_DURATION + 1))
    previous: int | None = None
    duration = first
    while True:
        _check_duration(duration, label)
        total = float(np.clip(np.blackman(duration), 0, None).sum())
        if total > 0 and area / total * 1e3 <= peak:
            break
        previous, duration = duration, duration + 1
    if previous is not None and duration % 2 == 1:
        # An even number of samples has none at the very top: the shorter one may come closer to the peak.
        one, other = (_windowed(np.blackman, length, area, label).samples.max() for length in (previous, duration))
        if other < one <= peak:
            return previous
    return duration


def _kaiser_duration(peak: float, area: float, beta: float, label: str) -> int:
    def highest(duration: int) -> float:
        shape = np.kaiser(duration, beta)
        return float(shape.max() * 1e3 * area / shape.sum())

    guess = int(min(area * 1e3 / (peak * float(np.kaiser(100, beta).sum()) / 100), MAX_DURATION + 1))
    if guess < 11:
        heights = {duration: highest(duration) for duration in range(1, 16)}
        fitting = {duration: height for duration, height in heights.items() if 0 < height <= peak}
        if not fitting:
            raise InvalidProgramError(f"{label}: no waveform of this area stays below max_val")
        return max(fitting, key=lambda duration: (fitting[duration], -duration))
    _check_duration(guess, label)
    step = 1 if highest(guess) >= peak else -1
    duration, trials = guess, 0
    while np.sign(highest(duration) - peak) == step:
        duration, trials = duration + step, trials + 1
        _check_duration(duration, label)
        if trials > _TRIALS:
            raise ProgramTooLargeError(f"{label}: no duration was found for max_val in {_TRIALS} trials")
    return duration if step == 1 else duration + 1


def _points(node: Mapping[str, Any], values: Values, label: str) -> tuple[Signal, Signal]:
    """Times as fractions of the duration, and the values at them."""
    kind = node.get("interpolator", "PchipInterpolator")
    if kind != "PchipInterpolator":
        raise UnsupportedProgramError(f"{label}: the interpolator {kind!r} is not emulated")
    heights = np.asarray(values.numbers(node.get("values"), f"{label}.values"), dtype=np.float64)
    times = node.get("times")
    fractions = values.numbers(times, f"{label}.times") if times is not None else np.linspace(0, 1, len(heights))
    places = np.asarray(fractions, dtype=np.float64)
    if len(places) != len(heights) or len(heights) < 2:
        raise InvalidProgramError(f"{label} should have as many times as values, and at least two")
    if places[0] < 0 or places[-1] > 1 or bool((np.diff(places) <= 0).any()):
        raise InvalidProgramError(f"{label}.times should increase from 0 to 1")
    return places, heights


def _interpolated(duration: int, points: tuple[Signal, Signal], label: str) -> Waveform:
    if duration < 2:
        raise InvalidProgramError(f"{label}: an interpolated waveform should last at least 2 ns")
    fractions, heights = points
    curve = _pchip(fractions * (duration - 1), heights, np.arange(duration, dtype=np.float64))
    return Waveform(np.clip(curve, heights.min(), heights.max()), lambda other: _interpolated(other, points, label))


def _pchip(x: Signal, y: Signal, at: Signal) -> Signal:
    """Monotone cubic interpolation after Fritsch and Butland: it never overshoots its points."""
    h, slope = np.diff(x), np.diff(y) / np.diff(x)
    if len(x) == 2:
        return np.asarray(y[0] + slope[0] * (at - x[0]))
    tangent = np.zeros_like(y)
    same = slope[:-1] * slope[1:] > 0
    w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    left, right = np.where(same, slope[:-1], 1.0), np.where(same, slope[1:], 1.0)
    tangent[1:-1] = np.where(same, (w1 + w2) / (w1 / left + w2 / right), 0.0)
    tangent[0] = _edge(h[0], h[1], slope[0], slope[1])
    tangent[-1] = _edge(h[-1], h[-2], slope[-1], slope[-2])
    piece = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(h) - 1)
    width = h[piece]
    t = (at - x[piece]) / width
    return np.asarray(
        y[piece] * (1 + 2 * t) * (1 - t) ** 2
        + tangent[piece] * width * t * (1 - t) ** 2
        + y[piece + 1] * t**2 * (3 - 2 * t)
        + tangent[piece + 1] * width * t**2 * (t - 1)
    )


def _edge(h0: float, h1: float, slope0: float, slope1: float) -> float:
    tangent = ((2 * h0 + h1) * slope0 - h0 * slope1) / (h0 + h1)
    if tangent * slope0 <= 0:
        return 0.0
    if slope0 * slope1 < 0 and abs(tangent) > 3 * abs(slope0):
        return 3 * slope0
    return tangent

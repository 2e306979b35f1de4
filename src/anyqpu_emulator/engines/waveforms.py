"""Pulser's waveforms as samples, one per nanosecond."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .expressions import Values

Signal: TypeAlias = NDArray[np.float64]

MAX_DURATION = 100_000
"""Nanoseconds. Real devices stop at a tenth of it."""
_DEEPEST = 20


def samples(node: Any, values: Values, what: str, depth: int = 0) -> Signal:
    """The samples of a waveform: rad/us for amplitude and detuning, rad for phase."""
    if not is_object(node):
        raise InvalidProgramError(f"{what} should be a waveform object, not {type(node).__name__}")
    kind = node.get("kind")
    if kind == "composite":
        parts = node.get("waveforms")
        if not is_list(parts) or not parts or depth >= _DEEPEST:
            raise InvalidProgramError(f"{what}: waveforms should be a list of at least one waveform, not too deep")
        pieces: list[Signal] = []
        for place, part in enumerate(parts):
            pieces.append(samples(part, values, f"{what}.waveforms[{place}]", depth + 1))
            _bearable(sum(len(piece) for piece in pieces), what)
        return np.concatenate(pieces)
    if kind == "custom":
        return np.asarray(values.numbers(node.get("samples"), f"{what}.samples"), dtype=np.float64)
    return _shaped(kind, node, values, what)


def _shaped(kind: Any, node: Mapping[str, Any], values: Values, what: str) -> Signal:
    def number(key: str) -> float:
        return values.number(node.get(key), f"{what}.{key}")

    duration = values.integer(node.get("duration"), f"{what}.duration")
    if duration < 1:
        raise InvalidProgramError(f"{what}.duration should be at least 1 ns, not {duration}")
    _bearable(duration, what)
    match kind:
        case "constant":
            return np.full(duration, number("value"))
        case "ramp":
            return np.linspace(number("start"), number("stop"), duration)
        case "blackman":
            return _of_area(np.clip(np.blackman(duration), 0, None), number("area"), what)
        case "kaiser":
            beta = number("beta") if node.get("beta") is not None else 14.0
            if not 0 <= beta <= 500:
                raise InvalidProgramError(f"{what}.beta should be 0 to 500, not {beta}")
            return _of_area(np.clip(np.kaiser(duration, beta), 0, None), number("area"), what)
        case "interpolated":
            return _interpolated(duration, node, values, what)
        case _:
            raise UnsupportedProgramError(f"{what}: waveforms of the kind {kind!r} are not emulated")


def _bearable(duration: int, what: str) -> None:
    if duration > MAX_DURATION:
        raise ProgramTooLargeError(f"{what} lasts {duration} ns; this emulator computes up to {MAX_DURATION} ns")


def _of_area(shape: Signal, area: float, what: str) -> Signal:
    total = float(shape.sum()) * 1e-3
    if total == 0:
        raise InvalidProgramError(f"{what} is too short for an area")
    return shape * (area / total)


def _interpolated(duration: int, node: Mapping[str, Any], values: Values, what: str) -> Signal:
    kind = node.get("interpolator", "PchipInterpolator")
    if kind not in ("PchipInterpolator", "interp1d"):
        raise UnsupportedProgramError(f"{what}: the interpolator {kind!r} is not emulated")
    heights = np.asarray(values.numbers(node.get("values"), f"{what}.values"), dtype=np.float64)
    times = node.get("times")
    fractions = values.numbers(times, f"{what}.times") if times is not None else np.linspace(0, 1, len(heights))
    places = np.asarray(fractions, dtype=np.float64) * (duration - 1)
    order = np.argsort(places, kind="stable")
    if len(places) != len(heights) or len(heights) < 2:
        raise InvalidProgramError(f"{what} should have as many times as values, and at least two")
    places, heights = places[order], heights[order]
    if places[0] < 0 or places[-1] > duration - 1 or bool((np.diff(places) <= 0).any()):
        raise InvalidProgramError(f"{what}.times should be different and lie between 0 and 1")
    at = np.arange(duration, dtype=np.float64)
    return np.interp(at, places, heights) if kind == "interp1d" else _pchip(places, heights, at)


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

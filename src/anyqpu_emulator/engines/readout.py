"""Errors of readout: bits that are reported wrongly, each by the same small chance.

The chance belongs to the emulator, not to programs, so it is around a computation rather than handed through it.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHANCE: ContextVar[float] = ContextVar("readout_error", default=0.0)


@contextmanager
def readout_error(chance: float) -> Generator[None]:
    """Bits that are read inside, in this thread, are wrong by this chance."""
    token = _CHANCE.set(chance)
    try:
        yield
    finally:
        _CHANCE.reset(token)


def misread(
    values: list[int],
    slots: NDArray[np.intp],
    bits: Collection[int],
    rng: np.random.Generator,
    device: Mapping[int, tuple[float, float]] | None = None,
) -> tuple[list[int], NDArray[np.intp]]:
    """Outcomes as they are reported: `values[slots[i]]` is shot i, `bits` those that were measured.

    `device` has the probabilities that the device reports a 0 and a 1 of a bit wrongly, besides the emulator's own.
    Draws nothing where there are no errors, so that seeds mean the same with and without this.
    """
    chance = _CHANCE.get()
    if not chance and not device:
        return values, slots
    wrong: dict[int, int] = {}
    for bit in sorted(bits):
        zero, one = (chance + own - 2 * chance * own for own in (device or {}).get(bit, (0.0, 0.0)))
        is_one = np.array([value >> bit & 1 for value in values], dtype=bool)[slots] if zero != one else False
        chances: Any = np.where(is_one, one, zero)
        for shot in np.flatnonzero(rng.random(len(slots)) < chances).tolist():
            wrong[shot] = wrong.get(shot, 0) ^ (1 << bit)
    if not wrong:
        return values, slots
    reported, places, seen = slots.copy(), {value: place for place, value in enumerate(values)}, list(values)
    for shot, mask in wrong.items():
        value = values[int(slots[shot])] ^ mask
        if value not in places:
            places[value] = len(seen)
            seen.append(value)
        reported[shot] = places[value]
    # What every shot misreports was never seen.
    kept, reported = np.unique(reported, return_inverse=True)
    return [seen[place] for place in kept.tolist()], reported.reshape(-1)

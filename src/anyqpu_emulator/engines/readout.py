"""Errors of readout: bits that are reported wrongly, each by the same small chance.

The chance belongs to the emulator, not to programs, so it is around a computation rather than handed through it.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager
from contextvars import ContextVar

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
    values: list[int], slots: NDArray[np.intp], bits: Collection[int], rng: np.random.Generator
) -> tuple[list[int], NDArray[np.intp]]:
    """Outcomes as they are reported: `values[slots[i]]` is shot i, `bits` those that were measured.

    Draws nothing where there are no errors, so that seeds mean the same with and without this.
    """
    chance = _CHANCE.get()
    if not chance:
        return values, slots
    wrong: dict[int, int] = {}
    for bit in sorted(bits):
        for shot in np.flatnonzero(rng.random(len(slots)) < chance).tolist():
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

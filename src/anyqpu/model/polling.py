"""How long to sleep between two looks, and how much trouble to put up with."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from anyqpu._checks import check_number

# Of its own: processes that seed the global generator alike would poll in step.
_jitter = random.Random()  # noqa: S311


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Sleep `max(floor, growth * sqrt(elapsed))` seconds, give or take `jitter`.

    With queues whose lengths vary over orders of magnitude this is within a seventh of the best that can be done at
    equal cost: short jobs are noticed at once, long ones cost little. A change of state starts it anew.

    Attributes:
        floor: Seconds, the shortest sleep.
        growth: Seconds of sleep per square root of the seconds since the state last changed.
        jitter: Share by which a sleep may be shorter or longer, so that many waits do not march in step.
        max_errors: Looks in a row that may fail for reasons that pass; one more, and the wait ends with the error.
        max_error_time: Seconds for which looks may go on failing.
        max_retry_after: Seconds, the longest sleep that a provider can ask for (`Retry-After`); it is asked again then.
        max_unknown: Looks in a row that may see a status that this version does not know.
        max_unknown_time: Seconds for which such a status may last.
    """

    floor: float = 1.0
    growth: float = 0.6
    jitter: float = 0.1
    max_errors: int = 10
    max_error_time: float = 300.0
    max_retry_after: float = 60.0
    max_unknown: int = 5
    max_unknown_time: float = 300.0

    def __post_init__(self) -> None:
        check_number("floor of a poll policy", self.floor, above=0, unit="seconds")
        check_number("growth of a poll policy", self.growth, at_least=0)
        check_number("jitter of a poll policy", self.jitter, at_least=0, below=1)
        for name in ("max_errors", "max_unknown"):
            check_number(f"{name} of a poll policy", getattr(self, name), at_least=0, whole=True)
        for name in ("max_error_time", "max_retry_after", "max_unknown_time"):
            check_number(f"{name} of a poll policy", getattr(self, name), at_least=0, unit="seconds")

    def interval(self, elapsed: float, *, at_least: float | None = None) -> float:
        """Seconds to sleep, when the last change of state is `elapsed` seconds ago.

        `at_least`: what the provider asked for (`Retry-After`), which wins, up to `max_retry_after`.
        """
        base = max(self.floor, self.growth * math.sqrt(max(elapsed, 0.0)))
        sleep = base * _jitter.uniform(1 - self.jitter, 1 + self.jitter)
        return sleep if at_least is None else max(sleep, min(at_least, self.max_retry_after))

"""Polling policies: the time between polls, and the errors that they tolerate."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from anyqpu._checks import check_number

# A separate generator: processes that seed the global one alike would poll at the same times.
_random = random.Random().random  # noqa: S311


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Sleep `max(floor, growth * sqrt(elapsed))` seconds between polls, varied by `jitter`.

    For waits of very different lengths this is within a seventh of the optimum at equal cost: short jobs are noticed
    at once, long ones need few polls. A change of state resets the elapsed time.

    Attributes:
        floor: The shortest sleep, in seconds.
        growth: Seconds of sleep per square root of the seconds since the last change of state.
        jitter: The share by which a sleep may be shorter or longer, so that many waits do not poll at the same time.
        max_errors: Consecutive polls that may fail with a temporary error; the next one ends the wait.
        max_error_time: Seconds for which polls may fail.
        max_retry_after: The longest sleep that a provider can request (`Retry-After`), or make by its estimate of when
            a job ends, in seconds.
        max_unknown: Consecutive polls that may return a status that this version does not know.
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
        """Return the seconds to sleep, `elapsed` seconds after the last change of state.

        `at_least` is the minimum that the provider requests (`Retry-After`), capped at `max_retry_after`.
        """
        base = self.growth * math.sqrt(elapsed) if elapsed > 0 else 0.0
        sleep = (base if base > self.floor else self.floor) * (1 + self.jitter * (2 * _random() - 1))
        return sleep if at_least is None else max(sleep, min(at_least, self.max_retry_after))

    def by_estimate(self, interval: float, earliest: float, latest: float) -> float:
        """Return the seconds to sleep where a provider expects the end in `earliest` to `latest` seconds.

        A longer sleep than `interval` ends at `earliest`, capped at `max_retry_after`; a shorter one ends at `latest`.
        """
        if earliest > interval:
            return min(earliest, max(interval, self.max_retry_after))
        return max(self.floor, latest) if 0 < latest < interval else interval

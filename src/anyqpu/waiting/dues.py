"""How many waits may be due, without counting them at every poll."""

from __future__ import annotations

from bisect import bisect_right

NEVER = float("-inf")


class Dues:
    """How many subscribers may be due, at most: ten thousand cannot be counted at every poll."""

    def __init__(self, dues: list[float], lacking: float, now: float) -> None:
        """Note when those become due that are not, and how many must for a batch poll to pay."""
        self._counted_at = now
        self._most = min(lacking, len(dues))
        dues.sort()
        self._dues = dues[: int(self._most) + 1]
        self._polls = 0

    def are_too_few(self, requested_at: float, now: float) -> bool:
        """Return whether that many cannot be due yet, when one polls whose data was requested at a time."""
        if not NEVER < requested_at < self._counted_at:
            # It is not among those that were counted, or for the second time.
            self._polls += 1
        return self._polls + bisect_right(self._dues, now) <= self._most

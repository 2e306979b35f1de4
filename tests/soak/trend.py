"""The trend of a series: its slope, and its significance.

The slope is Theil and Sen's: the median of the slopes between all pairs of points, which a few outliers do not move.
Chance is judged by the test of Mann and Kendall: of all pairs, how many go up and how many down. For n points without
a trend the difference S has mean 0 and variance n(n-1)(2n+5)/18, less what ties take, so z = (S - 1)/sqrt(variance)
is nearly normal (H. B. Mann, Econometrica 13, 1945; M. G. Kendall, Rank Correlation Methods, 1975).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# One in ten thousand series without a trend reaches this.
SIGNIFICANT = 3.72


@dataclass(frozen=True, slots=True)
class Trend:
    """Growth of a series over its whole length, in its unit, and the significance."""

    growth: float
    z: float

    def is_flat(self, tolerance: float) -> bool:
        """False if it grew by more than `tolerance`, and not by chance."""
        return not (self.growth > tolerance and self.z > SIGNIFICANT)


def trend_of(times: Sequence[float], values: Sequence[float]) -> Trend:
    """Return the trend of a series of at least three points."""
    pairs = [(one, other) for one in range(len(values)) for other in range(one + 1, len(values))]
    slopes = [(values[j] - values[i]) / (times[j] - times[i]) for i, j in pairs]
    signs = sum((values[j] > values[i]) - (values[j] < values[i]) for i, j in pairs)
    n = len(values)
    variance = n * (n - 1) * (2 * n + 5) / 18
    variance -= sum(ties * (ties - 1) * (2 * ties + 5) for ties in Counter(values).values()) / 18
    z = (signs - (signs > 0) + (signs < 0)) / math.sqrt(variance) if variance > 0 else 0.0
    return Trend(median(slopes) * (times[-1] - times[0]), z)

"""Comparing outcomes with an exact distribution, and reading error messages as a user would."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

# The chance that a right program is called wrong, for each comparison of samples.
_CHANCE = 1e-10
_EXACT = 1e-6
# What a user can do nothing with: Python's own words, and those of the libraries underneath.
_INTERNALS = re.compile(
    r"<class|Traceback|AssertionError|object at 0x|openqasm3\.|Span\(|span=|<function|NoneType|KeyError|IndexError"
    r"|AttributeError|TypeError|RecursionError|maximum recursion|\bast\.|Identifier\(|Literal\(|ANTLR|site-packages"
)


def difference(counts: Mapping[str, int], exact: Mapping[str, float]) -> str | None:
    """What shows that samples were drawn from another distribution than `exact`; None if nothing does.

    Three tests: keys have the width of the distribution's and are possible; each outcome is as frequent as Bernstein's
    inequality allows; the total variation distance is within McDiarmid's inequality of its mean.
    """
    problem = _keys(counts, exact)
    if problem:
        return problem
    shots = sum(counts.values())
    if not shots:
        return "no shots"
    limit = math.log(2 / _CHANCE)
    distance = spread = 0.0
    for key in sorted({*counts, *exact}):
        # Sums of floating-point numbers may be a little above 1.
        share, count = min(exact.get(key, 0.0), 1.0), counts.get(key, 0)
        variance = shots * share * (1 - share)
        if abs(count - shots * share) > limit / 3 + math.sqrt((limit / 3) ** 2 + 2 * variance * limit):
            return (
                f"{key} was seen {count} times in {shots} shots, expected {shots * share:.0f}; {_both(counts, exact)}"
            )
        distance += abs(count / shots - share) / 2
        spread += math.sqrt(variance) / shots / 2
    if distance > spread + math.sqrt(limit / (2 * shots)):
        return f"total variation distance {distance:.3f}; {_both(counts, exact)}"
    return None


def exact_difference(shares: Mapping[str, float], exact: Mapping[str, float]) -> str | None:
    """Return the difference of two exact distributions; None if they are equal within rounding."""
    problem = _keys({key: share for key, share in shares.items() if share > _EXACT}, exact)
    if problem:
        return problem
    distance = sum(abs(shares.get(key, 0.0) - exact.get(key, 0.0)) for key in {*shares, *exact}) / 2
    return f"distance {distance:.2g}; {_both(shares, exact)}" if distance > 1e-5 else None


def internals(message: str) -> str | None:
    """The first thing in a message that only Python or a library says; None if there is nothing."""
    match = _INTERNALS.search(message)
    return match[0] if match else None


def names_line(message: str) -> bool:
    """Whether a message names a line."""
    return re.search(r"\bline \d+", message) is not None


def _keys(seen: Mapping[str, float], exact: Mapping[str, float]) -> str | None:
    widths, width = {len(key) for key in seen}, len(next(iter(exact), ""))
    if widths - {width}:
        return f"keys have {max(widths - {width})} bits, expected {width}; {_both(seen, exact)}"
    impossible = [key for key in seen if exact.get(key, 0.0) < 1e-12]
    return f"{impossible[0]} is impossible; {_both(seen, exact)}" if impossible else None


def _both(seen: Mapping[str, float], exact: Mapping[str, float]) -> str:
    return f"got {_shares(seen)}, expected {_shares(exact)}"


def _shares(values: Mapping[str, float]) -> str:
    total = sum(values.values()) or 1
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    more = " ..." if len(ordered) > 4 else ""
    return "{" + ", ".join(f"{key}: {value / total:.3f}" for key, value in ordered[:4]) + more + "}"

"""Read numbers and times of a response: a value outside of what its field can mean is None.

`sound` has checked the types; these readers check the ranges, so that no arithmetic on a server's numbers can fail.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

# Seconds since 1970 from 2001 to 2100. A number outside of that is a time in another unit, or not one.
FIRST_SECOND = 1_000_000_000
LAST_SECOND = 4_102_444_800
# The longest duration that a `timedelta` of whole days can hold, in seconds.
LONGEST = 86_400.0 * 999_999_999
_NUMBER = re.compile(r"\d{10}(?:\.\d{1,12})?")


def utc(value: Any) -> datetime | None:
    """Return an aware time in UTC, of a time, of ISO 8601 text, or of seconds since 1970 as a number or its text.

    A time without a zone is taken for UTC. The zero value of Go's times, year 1, stands for "never": None.
    """
    try:
        if isinstance(value, str):
            value = float(value) if _NUMBER.fullmatch(value) else datetime.fromisoformat(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if FIRST_SECOND <= value < LAST_SECOND else None
        if not isinstance(value, datetime) or value.year <= 1:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def whole(value: Any) -> int | None:
    """Return how many there are of something: a whole number from 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def number(value: Any) -> float | None:
    """Return a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:
        return None


def share(percent: Any) -> float | None:
    """Return a percentage as a number from 0 to 1."""
    found = number(percent)
    return found / 100 if found is not None and 0 <= found <= 100 else None


def seconds(value: Any) -> timedelta | None:
    """Return a duration that is sent as seconds, from 0."""
    found = number(value)
    return timedelta(seconds=found) if found is not None and 0 <= found < LONGEST else None


def between(started: datetime | None, ended: datetime | None) -> timedelta | None:
    """Return the time between two times; None where one is missing, or they are in the wrong order."""
    return ended - started if started is not None and ended is not None and started <= ended else None


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list; what is not a text is left out."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()

"""Readers for the fields of generated models: a value of the expected kind, or None for anything else."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from anyqpu_raw._core import UNSET, Unset

from anyqpu.core.sound import LARGEST
from anyqpu.core.usual import FIRST_YEAR, LAST_YEAR, is_unicode

T = TypeVar("T")

# Seconds since 1970 from 2001 to 2100. A number outside of that is a time in another unit, or not a time.
_FIRST_SECOND, _LAST_SECOND = 1_000_000_000, 4_102_444_800
_SECONDS = re.compile(r"[0-9]{10}(?:\.[0-9]{1,12})?")

# The length of a time in whole seconds that has no zone, such as `2030-01-31 12:00:00`: most texts of Kipu.
_WITHOUT_ZONE = 19
fromisoformat = datetime.fromisoformat
_MILLISECOND = timedelta(milliseconds=1)
# The interpreter compares whole numbers of up to 30 bits in a fraction of the time.
_SHORT = 2**30


def or_none(value: T | Unset | None) -> T | None:
    """Return the value; None where the provider sent none."""
    return None if value is UNSET else value


def text(value: Any) -> str | None:
    """Return a text or the word of an enum."""
    return str(value) if isinstance(value, str) and (value.isascii() or is_unicode(value)) else None


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts in a list; empty for anything else."""
    elements = cast("list[Any]", value) if isinstance(value, list) else []
    return tuple(element for element in map(text, elements) if element is not None)


def count(value: Any) -> int | None:
    """Return a whole number from 0, such as a number of shots."""
    if value.__class__ is int:
        return value if 0 <= value < _SHORT or _SHORT <= value < LARGEST else None
    number = finite(value)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def finite(value: Any) -> float | None:
    """Return a number that is neither infinite nor too long to calculate with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -LARGEST < value < LARGEST and math.isfinite(value) else None


def parse_time(value: Any) -> datetime | None:
    """Return a time, or the time that an RFC 3339 text says, in UTC; a time without zone is in UTC already."""
    if isinstance(value, str):
        if len(value) == _WITHOUT_ZONE:
            try:
                # With a zone in the text, in half of the time that it takes to add one to the time.
                time = fromisoformat(value + "Z")
            except ValueError:
                # A time of day in minutes, which has a zone.
                pass
            else:
                return time if FIRST_YEAR < time.year < LAST_YEAR else None
        try:
            value = fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime) or not FIRST_YEAR < value.year < LAST_YEAR:
        return None
    zone = value.tzinfo
    if zone is UTC:
        return value
    # In a fifth of the time of `replace`.
    return datetime.combine(value, value.time(), UTC) if zone is None else value.astimezone(UTC)


def parse_times(first: Any, second: Any, third: Any) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Return three times as `parse_time` does; in half of the time if all are of this millennium and without zone."""
    try:
        if len(first) == len(second) == len(third) == _WITHOUT_ZONE and first[0] == second[0] == third[0] == "2":
            return fromisoformat(first + "Z"), fromisoformat(second + "Z"), fromisoformat(third + "Z")
    except (TypeError, ValueError):
        # One is missing, or has a zone.
        pass
    return parse_time(first), parse_time(second), parse_time(third)


def seconds(value: Any) -> timedelta | None:
    """Return a duration from its seconds, 0 or more."""
    return _duration(value, 1)


def milliseconds(value: Any) -> timedelta | None:
    """Return a duration from its milliseconds, 0 or more."""
    if value.__class__ is int and 0 <= value < _SHORT:
        return value * _MILLISECOND
    return _duration(value, 1000)


def _duration(value: Any, parts: int) -> timedelta | None:
    """Return a duration from its parts of a second."""
    number = finite(value)
    if number is None or number < 0:
        return None
    try:
        return timedelta(seconds=number / parts)
    except OverflowError:
        return None


def parse_time_or_seconds(value: Any) -> datetime | None:
    """Return a time as `parse_time` does, also from seconds since 1970 as a number or its text."""
    number = finite(float(value) if isinstance(value, str) and _SECONDS.fullmatch(value) else value)
    if number is None:
        return parse_time(value)
    return datetime.fromtimestamp(number, UTC) if _FIRST_SECOND <= number < _LAST_SECOND else None


def between(started: datetime | None, ended: datetime | None) -> timedelta | None:
    """Return the time between two times; None where one is missing, or they are in the wrong order."""
    return ended - started if started is not None and ended is not None and started <= ended else None


def share(percent: Any) -> float | None:
    """Return a percentage as a number from 0 to 1."""
    number = finite(percent)
    return number / 100 if number is not None and 0 <= number <= 100 else None

"""Times and durations as people write and read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from anyqpu.errors import ValidationError

_PARTS = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_WHOLE = re.compile(r"(?:\d+(?:\.\d+)?\s*[smhd]\s*)+|\d+(?:\.\d+)?")


def parse_duration(text: str) -> timedelta:
    """Return a duration such as `90s`, `15m`, `1h30m` or `2d`; a bare number is seconds. Raises `ValidationError`."""
    if not _WHOLE.fullmatch(text.strip()):
        raise ValidationError(f"{text!r} is not a valid duration", hint="Such as 90s, 15m, 1h30m or 2d")
    return timedelta(seconds=sum(float(number) * _SECONDS[unit] for number, unit in _PARTS.findall(text)))


def parse_time(text: str, now: datetime | None = None) -> datetime:
    """Return a time in UTC from `now`, `in 2h` (rounded up to the minute), or ISO 8601, local where it has no zone.

    Raises `ValidationError` for anything else.
    """
    now = now or datetime.now(UTC)
    word = text.strip().lower()
    if word == "now":
        return now
    if word.startswith("in ") or word.startswith("+"):
        then = now + parse_duration(word.removeprefix("in").removeprefix("+").strip())
        minute = then.replace(second=0, microsecond=0)
        return minute if minute == then else minute + timedelta(minutes=1)
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationError(
            f"{text!r} is not a valid time", hint="Such as 2030-01-31T14:00+01:00, 2030-01-31 14:00, now or 'in 2h'"
        ) from None


def rfc3339(time: datetime) -> str:
    """Return a time in UTC as RFC 3339 writes it."""
    return time.isoformat().replace("+00:00", "Z")


def format_time(time: datetime | None, now: datetime | None = None) -> str:
    """Return a time in the local zone with its distance from now: `2030-01-31 14:00 CET (in 12 min)`."""
    return "-" if time is None else f"{format_clock(time)} ({format_distance(time, now)})"


def format_clock(time: datetime) -> str:
    """Return a time in the local zone: `2030-01-31 14:00 CET`."""
    return f"{time.astimezone():%Y-%m-%d %H:%M %Z}"


def format_distance(time: datetime, now: datetime | None = None) -> str:
    """Return how far away a time is: `in 12 min`, `3 d ago`, `now`."""
    away = time - (now or datetime.now(UTC))
    distance = format_duration(abs(away))
    return "now" if distance == "0 s" else f"in {distance}" if away > timedelta(0) else f"{distance} ago"


def format_duration(duration: timedelta) -> str:
    """Return a duration in one or two units: `12 min`, `1 h 30 min`, `3 d`."""
    seconds = round(duration.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    days, hours = divmod(hours, 24)
    return f"{days} d" + (f" {hours} h" if hours and days < 7 else "")

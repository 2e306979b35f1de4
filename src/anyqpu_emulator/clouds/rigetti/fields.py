"""Values in requests and responses: texts, times, and durations of Go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from anyqpu_emulator.validation import parse_time

from .errors import invalid

_DURATION = re.compile(r"([+-]?)((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+")
_PART = re.compile(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LONGEST = 366 * 86400.0
_SHORTEST_PASSWORD = 8


def needed_text(body: Mapping[str, Any], key: str) -> str:
    """Return a required text that must not be empty."""
    value: str = body[key]
    if not value:
        raise invalid(f"{key} is missing", "body", key)
    return value


def new_password(body: Mapping[str, Any], key: str) -> None:
    """Raise a 422 for a missing password, and for one that is too short."""
    if len(needed_text(body, key)) < _SHORTEST_PASSWORD:
        raise invalid(f"{key} should have {_SHORTEST_PASSWORD} characters or more", "body", key)


def body_time(body: Mapping[str, Any], key: str) -> datetime:
    """Return a time of a checked body, in UTC."""
    time = parse_time(body[key], strict=True)
    assert time is not None  # noqa: S101 - it was checked
    return time


def stamp(value: datetime) -> str:
    """Return a time as QCS writes it."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def duration(value: str) -> timedelta | None:
    """Parse a duration of Go such as `1h30m`; None if it is invalid or longer than a year."""
    if value == "0":
        return timedelta(0)
    # The length is checked first, so that the pattern is not tried on megabytes.
    whole = _DURATION.fullmatch(value) if len(value) <= 64 else None
    if whole is None:
        return None
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(value))
    if seconds > _LONGEST:
        return None
    return timedelta(seconds=-seconds if whole[1] == "-" else seconds)


def go_duration(value: timedelta) -> str:
    """Return a positive duration as Go writes it: `15m0s`, `1h30m0s`."""
    minutes, seconds = divmod(value.total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    rest = f"{seconds:.9f}".rstrip("0").rstrip(".") or "0"
    return f"{hours}h{minutes}m{rest}s" if hours else f"{minutes}m{rest}s" if minutes else f"{rest}s"

"""Values in requests that the document says no more about: required texts, durations, time zones, times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from anyio import to_thread

from anyqpu_emulator.validation import parse_time

from . import errors

# The limit of protobuf's Duration.
_LONGEST = 315_576_000_000
_DURATION = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)s")


@dataclass(frozen=True, slots=True)
class TimeZone:
    """A time zone and its name."""

    name: str
    info: tzinfo


def snake(name: str) -> str:
    """`maxIdleDuration` as `max_idle_duration`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def required(body: Mapping[str, Any], key: str) -> str:
    """Return a required text that must not be empty."""
    value = body.get(key)
    if not value:
        raise errors.invalid(key, "required")
    if not isinstance(value, str):
        raise errors.invalid(key, "format", "should be a text")
    return value


def tags(body: Mapping[str, Any]) -> list[str] | None:
    """Return the tags without repetitions, or None."""
    return list(dict.fromkeys(body["tags"])) if body.get("tags") is not None else None


def duration(body: Mapping[str, Any], key: str) -> float | None:
    """Seconds of a text such as `2.5s`, or of the bare number that one of the clients sends."""
    value = body.get(key)
    if value is None or value == "":
        return None
    seconds: float | None = None
    if isinstance(value, str) and (match := _DURATION.fullmatch(value)):
        seconds = float(match[1])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value
    if seconds is None:
        raise errors.invalid(key, "format", 'should be seconds such as "2.5s"')
    if not 0 < seconds <= _LONGEST:
        raise errors.invalid(key, "constraint", f"must be more than 0s and at most {_LONGEST}s")
    return float(seconds)


def spell_duration(seconds: float) -> str:
    """`2.5s`; no more digits than needed."""
    return f"{seconds:.6f}".rstrip("0").rstrip(".") + "s"


async def zone(body: Mapping[str, Any], key: str) -> TimeZone:
    """A time zone by its name. UTC, the default, needs no data, and others are read from files."""
    name = body.get(key) or "UTC"
    if name == "UTC":
        return TimeZone(name, UTC)
    try:
        return TimeZone(name, await to_thread.run_sync(ZoneInfo, name))
    except (ValueError, OSError, KeyError):
        raise errors.invalid(key, "constraint", 'must be a time zone such as "Europe/Paris"') from None


def instant(body: Mapping[str, Any], key: str, local: tzinfo) -> float:
    """A point in time (RFC 3339) as seconds since 1970; without an offset it is in the `local` zone."""
    time = parse_time(required(body, key), local=local)
    if time is None:
        raise errors.invalid(key, "format", 'should be a time such as "2026-01-31T12:00:00Z"')
    return time.timestamp()

"""Reading fields of a request: a 422 says what is wrong, where, and what would be right. Null counts as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request

from anyqpu_emulator.http import read_object
from anyqpu_emulator.shapes import is_list

from .errors import invalid

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_DURATION = re.compile(r"([+-]?)((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+")
_PART = re.compile(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LONGEST = 366 * 86400.0


async def body_of(request: Request) -> dict[str, Any]:
    """The body, a JSON object."""
    return await read_object(request)


async def body_if_any(request: Request) -> dict[str, Any]:
    """The body; where there is none, an empty object."""
    return await read_object(request) if (await request.body()).strip() else {}


def text(body: Mapping[str, Any], key: str) -> str | None:
    """A text, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise invalid(f"{key} should be a text", "body", key)
    return value


def needed_text(body: Mapping[str, Any], key: str) -> str:
    """A text that must be there and not be empty."""
    value = text(body, key)
    if not value:
        raise invalid(f"{key} is missing", "body", key)
    return value


def needed_integer(body: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """A whole number within bounds. Booleans are not numbers here."""
    value = body.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise invalid(f"{key} should be a whole number from {least} to {most}", "body", key)
    return value


def texts(body: Mapping[str, Any], key: str) -> list[str] | None:
    """A list of texts, or None."""
    value: Any = body.get(key)
    if value is None:
        return None
    if not is_list(value) or not all(isinstance(item, str) for item in value):
        raise invalid(f"{key} should be a list of texts", "body", key)
    return value


def moment(value: str) -> datetime | None:
    """An RFC 3339 time in UTC; None if it is none."""
    if not _RFC3339.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def needed_moment(values: Mapping[str, Any], key: str, where: str) -> datetime:
    """An RFC 3339 time that must be there."""
    value = values.get(key)
    found = moment(value) if isinstance(value, str) else None
    if found is None:
        raise invalid(f"{key} should be a time like 2026-01-31T12:00:00Z, not {value!r}", where, key)
    return found


def stamp(value: datetime) -> str:
    """A time as QCS writes it."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def duration(value: str) -> timedelta | None:
    """A duration of Go such as `1h30m`; None if it is none or is absurdly long."""
    if value == "0":
        return timedelta(0)
    # Bounded first: the pattern must not be tried on megabytes.
    whole = _DURATION.fullmatch(value) if len(value) <= 64 else None
    if whole is None:
        return None
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(value))
    if seconds > _LONGEST:
        return None
    return timedelta(seconds=-seconds if whole[1] == "-" else seconds)


def go_duration(value: timedelta) -> str:
    """A positive duration as Go writes it: `15m0s`, `1h30m0s`."""
    minutes, seconds = divmod(value.total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    rest = f"{seconds:.9f}".rstrip("0").rstrip(".") or "0"
    return f"{hours}h{minutes}m{rest}s" if hours else f"{minutes}m{rest}s" if minutes else f"{rest}s"

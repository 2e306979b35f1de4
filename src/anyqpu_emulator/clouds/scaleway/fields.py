"""Reading a request's body. As in protobuf's JSON, keys come in snake_case or camelCase, and null is absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from anyio import to_thread
from starlette.requests import Request

from anyqpu_emulator.http import ProblemError, read_object
from anyqpu_emulator.shapes import is_list, is_object

from . import errors

# What protobuf's Duration can hold.
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


async def read_body(request: Request) -> dict[str, Any]:
    """The body with keys in snake_case, two levels deep; none at all is an empty object."""
    if not (await request.body()).strip():
        return {}
    try:
        body = await read_object(request)
    except ProblemError as problem:
        raise errors.invalid("body", "format", problem.detail) from None
    return _snake_keys({key: _snake_keys(value) if is_object(value) else value for key, value in body.items()})


def _snake_keys(value: Mapping[str, Any]) -> dict[str, Any]:
    return {snake(key): item for key, item in value.items()}


def text(body: Mapping[str, Any], key: str) -> str | None:
    """A text, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise errors.invalid(key, "format", "should be a text")
    return value


def required(body: Mapping[str, Any], key: str) -> str:
    """A text that must be there and not be empty."""
    value = text(body, key)
    if not value:
        raise errors.invalid(key, "required")
    return value


def mapping(body: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """An object, or None."""
    value: Any = body.get(key)
    if value is not None and not is_object(value):
        raise errors.invalid(key, "format", "should be an object")
    return value


def tags(body: Mapping[str, Any]) -> list[str] | None:
    """A list of texts without repetitions, or None."""
    value: Any = body.get("tags")
    if value is None:
        return None
    if not is_list(value) or not all(isinstance(tag, str) for tag in value):
        raise errors.invalid("tags", "format", "should be a list of texts")
    return list(dict.fromkeys(value))


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
    name = text(body, key) or "UTC"
    if name == "UTC":
        return TimeZone(name, UTC)
    try:
        return TimeZone(name, await to_thread.run_sync(ZoneInfo, name))
    except (ValueError, OSError, KeyError):
        raise errors.invalid(key, "constraint", 'must be a time zone such as "Europe/Paris"') from None


def instant(body: Mapping[str, Any], key: str, local: tzinfo) -> float:
    """A point in time (RFC 3339) as seconds since 1970; without an offset it is in the `local` zone."""
    value = required(body, key)
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=local)).timestamp()
    except (ValueError, OverflowError):
        raise errors.invalid(key, "format", 'should be a time such as "2026-01-31T12:00:00Z"') from None

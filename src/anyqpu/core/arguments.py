"""Check arguments of any type before a request is built: what cannot be meant is a `ValidationError`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

from anyqpu.errors import ValidationError

T = TypeVar("T")
P = ParamSpec("P")

SHOWN = 100
# No identifier, name, filter or token of a list is longer; a longer one is refused rather than sent.
LONGEST = 10_000


def shown(value: object) -> str:
    """Return a value for a message: short, and for values without a usable `repr` their type."""
    try:
        text = repr(value)
    except Exception:  # of any type: numbers of thousands of digits, objects of the user's own
        return f"of type {type(value).__name__}"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def unknown_keywords(names: Iterable[str], valid: Collection[str], taker: str) -> TypeError:
    """Return the error for keywords that a function does not take: with those that it takes, the nearest one first."""
    import difflib

    unknown = sorted(names)
    close = [match for name in unknown for match in difflib.get_close_matches(name, valid, n=1)]
    nearest = f" (did you mean {' and '.join(f'{name}=' for name in close)}?)" if close else ""
    return TypeError(f"{taker} takes no {', '.join(unknown)}{nearest}; there are {', '.join(valid)}")


def suggests_keywords(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Make the `TypeError` for an unknown keyword of an async method suggest the nearest one, as new Pythons do."""
    valid = {name: None for name in inspect.signature(method).parameters if name != "self"}

    @functools.wraps(method)
    async def call(*arguments: P.args, **keywords: P.kwargs) -> T:
        if keywords.keys() - valid.keys():
            unknown = [name for name in keywords if name not in valid]
            raise unknown_keywords(unknown, valid, f"{method.__qualname__}()")
        return await method(*arguments, **keywords)

    return call


def is_text(value: object) -> bool:
    """Return whether a value is a text that can be sent: not empty, not only spaces, and valid Unicode."""
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST and encodes(value)


def encodes(text: str) -> bool:
    """Return whether a text is valid Unicode; one with half a character cannot be sent."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def checked_text(value: object, name: str, example: str, provider: str) -> str:
    """Return a text that is not empty; raise `ValidationError` for anything else."""
    if is_text(value):
        return cast("str", value)
    raise ValidationError(
        f"{name} is a text such as {example!r}, not {shown(value)}", provider=provider, fields=(name,)
    )


def checked_segment(value: object, name: str, example: str, provider: str) -> str:
    """Return a text that can be one part of a path; raise `ValidationError` for anything else, such as `..`."""
    text = checked_text(value, name, example, provider)
    if text in {".", ".."} or not text.isprintable():
        raise ValidationError(
            f"{name} is a text such as {example!r}, not {shown(value)}", provider=provider, fields=(name,)
        )
    return text


def checked_texts(value: object, name: str, provider: str) -> list[str]:
    """Return a list of texts that are not empty; raise `ValidationError` for anything else, a single text too."""
    if not isinstance(value, str | bytes) and isinstance(value, Iterable):
        texts = list(cast("Iterable[object]", value))
        if all(is_text(text) for text in texts):
            return cast("list[str]", texts)
    problem = f"{name} is a list of texts, not {shown(cast('object', value))}"
    raise ValidationError(problem, provider=provider, fields=(name,))


def is_one_of(value: object, words: Collection[str]) -> bool:
    """Return whether a value is one of some words."""
    return isinstance(value, str) and value in words


def checked_flag(value: object, name: str, provider: str) -> bool:
    """Return True or False; raise `ValidationError` for anything else."""
    if isinstance(value, bool):
        return value
    raise ValidationError(f"{name} is True or False, not {shown(value)}", provider=provider, fields=(name,))


def checked_count(value: object, name: str, provider: str, *, least: int = 0, most: int = 2**63 - 1) -> int:
    """Return a whole number between bounds; raise `ValidationError` for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    bounds = f"from {least}" if most == 2**63 - 1 else f"from {least} to {most}"
    raise ValidationError(f"{name} is a whole number {bounds}, not {shown(value)}", provider=provider, fields=(name,))


def checked_time(value: object, name: str, provider: str) -> datetime:
    """Return a time with a zone; raise `ValidationError` for anything else."""
    if not isinstance(value, datetime):
        problem = f"{name} is a datetime with a time zone, not {shown(value)}"
        raise ValidationError(problem, provider=provider, fields=(name,))
    try:
        offset = value.utcoffset()
    except Exception:  # a zone of the user's own may raise anything
        offset = None
    if offset is None:
        raise ValidationError(
            f"{name} has no time zone: {value.replace(tzinfo=None).isoformat()}",
            provider=provider,
            fields=(name,),
            hint="Such as datetime(2026, 1, 31, 12, tzinfo=UTC), or value.astimezone() for local time",
        )
    return value


def checked_address(value: Any, name: str, provider: str) -> str:
    """Return the address of a web page; raise `ValidationError` for anything else."""
    if is_text(value) and value.isprintable() and " " not in value and value.startswith(("https://", "http://")):
        return cast("str", value)
    raise ValidationError(
        f"{name} is an address such as 'https://example.com/done', not {shown(value)}",
        provider=provider,
        fields=(name,),
    )


def checked_object(value: object, kind: type[T], name: str, provider: str, *, hint: str | None = None) -> T:
    """Return an object of this library, such as a `Job`; raise `ValidationError` for anything else."""
    if isinstance(value, kind):
        return value
    problem = f"{name} is a {kind.__name__}, not {shown(value)}"
    raise ValidationError(problem, provider=provider, fields=(name,), hint=hint)


def checked_several(value: object, name: str, provider: str) -> list[Any]:
    """Return the elements of a collection; raise `ValidationError` for anything else, a single text too."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise ValidationError(
            f"{name} is a list, not {shown(cast('object', value))}", provider=provider, fields=(name,)
        )
    return list(cast("Iterable[Any]", value))

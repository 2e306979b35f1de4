"""The filters and orders of reservations: the part of AIP-160 and AIP-132 that the published document allows."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from anyqpu_emulator.validation import parse_time

from .errors import invalid
from .grammar import Words, wrong
from .grammar import words as tokens

Value: TypeAlias = datetime | int | str | bool
Test: TypeAlias = Callable[[Mapping[str, Value]], bool]
Row: TypeAlias = Mapping[str, Value]
T = TypeVar("T")

KINDS: dict[str, type[Value]] = {
    "startTime": datetime,
    "endTime": datetime,
    "createdTime": datetime,
    "price": int,
    "quantumProcessorId": str,
    "cancelled": bool,
}
_ORDERABLE = ("startTime", "endTime", "createdTime", "price", "quantumProcessorId")
_OPERATORS: dict[str, Callable[[Value, Value], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(>=|<=|!=|=|>|<)|([()])|([^\s()"=<>!]+))')


def parse(text: str) -> Test:
    """Parse a filter into a test for rows. Raises a 422. `OR` binds closer than `AND`, as in AIP-160."""
    if not text.strip():
        return lambda _: True
    words = Words(tokens(_TOKEN, text))
    test = _all(words)
    words.end()
    return test


def mentions(text: str, field: str) -> bool:
    """Return whether a valid filter uses a field."""
    return field in tokens(_TOKEN, text)


def sort(rows: Sequence[tuple[Row, T]], text: str) -> list[T]:
    """Sort things by their rows. Raises a 422 for an invalid order."""
    ordered = list(rows)
    # Sorting is stable, so the first criterion is applied last.
    for part in reversed([part for part in text.split(",") if text.strip()]):
        match part.split():
            case [name] if name in _ORDERABLE:
                descending = False
            case [name, word] if name in _ORDERABLE and word.upper() in ("ASC", "DESC"):
                descending = word.upper() == "DESC"
            case _:
                raise invalid(
                    f"order: invalid criterion {part.strip()!r}; write a field, or a field and DESC", "query", "order"
                )

        def key(item: tuple[Row, T], name: str = name) -> Any:
            return item[0][name]

        ordered.sort(key=key, reverse=descending)
    return [thing for _, thing in ordered]


def _all(words: Words) -> Test:
    return words.joined("AND", lambda: words.joined("OR", lambda: _one(words), any), all)


def _one(words: Words) -> Test:
    return words.inside(")", lambda: _all(words)) if words.take("(") else _comparison(words)


def _comparison(words: Words) -> Test:
    name, symbol, text = words.next(), words.next(), words.next()
    kind, compare = KINDS.get(name), _OPERATORS.get(symbol)
    if kind is None:
        raise wrong(f"{name!r} should be one of {', '.join(KINDS)}")
    if compare is None:
        raise wrong(f"invalid operator {symbol!r} after {name}")
    value = _value(name, kind, text)
    return lambda row: compare(row[name], value)


def _value(name: str, kind: type[Value], text: str) -> Value:
    quoted = text.startswith('"')
    inner = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL) if quoted else text
    value: Value | None = None
    if kind is bool:
        value = {"true": True, "false": False}.get(inner)
    elif kind is int:
        value = int(inner) if re.fullmatch(r"-?[0-9]{1,15}", inner) and not quoted else None
    elif quoted:
        value = parse_time(inner, strict=True) if kind is datetime else inner
    if value is None:
        wanted = {bool: "true or false", int: "a whole number", str: 'a "text"', datetime: 'a "time"'}[kind]
        raise wrong(f"{name} is compared with {wanted}, not with {text}")
    return value

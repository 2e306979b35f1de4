"""The filters and orders of reservations: the part of AIP-160 and AIP-132 that the published document allows."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from .errors import QcsError, invalid
from .fields import moment

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
_MAX_DEPTH = 32
_MAX_LENGTH = 4096


def parse(text: str) -> Test:
    """A test for rows; a 422 for a text that is no filter. `OR` binds closer than `AND`, as AIP-160 has it."""
    if not text.strip():
        return lambda _: True
    return _Parser(_tokens(text)).whole()


def mentions(text: str, field: str) -> bool:
    """Whether a filter, which parses, is about a field."""
    return field in _tokens(text)


def sort(rows: Sequence[tuple[Row, T]], text: str) -> list[T]:
    """Put things in order by their rows; a 422 for a text that is no order."""
    ordered = list(rows)
    # Sorting is stable: the first criterion has to come last.
    for part in reversed([part for part in text.split(",") if text.strip()]):
        match part.split():
            case [name] if name in _ORDERABLE:
                descending = False
            case [name, word] if name in _ORDERABLE and word.upper() in ("ASC", "DESC"):
                descending = word.upper() == "DESC"
            case _:
                raise invalid(f"order: {part.strip()!r} is no field (with DESC)", "query", "order")

        def key(item: tuple[Row, T], name: str = name) -> Any:
            return item[0][name]

        ordered.sort(key=key, reverse=descending)
    return [thing for _, thing in ordered]


def _tokens(text: str) -> list[str]:
    if len(text) > _MAX_LENGTH:
        raise _wrong(f"it is longer than {_MAX_LENGTH} characters")
    found: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _wrong(f"nothing fits at {text[at : at + 20]!r}")
        found.append(match[0].strip())
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Test:
        test = self._all()
        if self._at < len(self._tokens):
            raise _wrong(f"{self._tokens[self._at]!r} comes as a surprise")
        return test

    def _all(self) -> Test:
        parts = [self._any()]
        while self._take("AND"):
            parts.append(self._any())
        return parts[0] if len(parts) == 1 else lambda row: all(part(row) for part in parts)

    def _any(self) -> Test:
        parts = [self._one()]
        while self._take("OR"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def _one(self) -> Test:
        if not self._take("("):
            return self._comparison()
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _wrong("too many parentheses")
        test = self._all()
        if not self._take(")"):
            raise _wrong("a parenthesis is not closed")
        self._depth -= 1
        return test

    def _comparison(self) -> Test:
        name, symbol, text = self._next(), self._next(), self._next()
        kind, compare = KINDS.get(name), _OPERATORS.get(symbol)
        if kind is None:
            raise _wrong(f"{name!r} is none of {', '.join(KINDS)}")
        if compare is None:
            raise _wrong(f"{symbol!r} after {name} is no operator")
        value = _value(name, kind, text)
        return lambda row: compare(row[name], value)

    def _take(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == word:
            self._at += 1
            return True
        return False

    def _next(self) -> str:
        if self._at == len(self._tokens):
            raise _wrong("it ends too soon")
        self._at += 1
        return self._tokens[self._at - 1]


def _value(name: str, kind: type[Value], text: str) -> Value:
    quoted = text.startswith('"')
    inner = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL) if quoted else text
    value: Value | None = None
    if kind is bool:
        value = {"true": True, "false": False}.get(inner)
    elif kind is int:
        value = int(inner) if re.fullmatch(r"-?[0-9]{1,15}", inner) and not quoted else None
    elif quoted:
        value = moment(inner) if kind is datetime else inner
    if value is None:
        wanted = {bool: "true or false", int: "a whole number", str: 'a "text"', datetime: 'a "time"'}[kind]
        raise _wrong(f"{name} is compared with {wanted}, not with {text}")
    return value


def _wrong(message: str) -> QcsError:
    return invalid(f"filter: {message}", "query", "filter")

"""The filter of endpoints: the grammar of the `rule-engine` package, without arithmetic and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from anyqpu_emulator.shapes import is_list

from .errors import QcsError, invalid

Term: TypeAlias = Callable[[Mapping[str, Any]], Any]

FIELDS = ("id", "healthy", "mock", "address", "datacenter", "quantumProcessorIds")
_TOKEN = re.compile(r"""\s*("[^"\\]*"|'[^'\\]*'|==|!=|[()\[\],]|[A-Za-z_][A-Za-z0-9_]*)""")
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}
_MAX_DEPTH = 32
_MAX_LENGTH = 4096


def parse(text: str) -> Term:
    """What a filter says of an endpoint's JSON; a 422 for a text that is no filter."""
    if not text.strip():
        return lambda _: True
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > _MAX_LENGTH:
            raise _wrong(f"it is longer than {_MAX_LENGTH} characters")
        self._tokens: list[str] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                raise _wrong(f"this emulator does not understand {text[at : at + 20].strip()!r}")
            self._tokens.append(match[1])
            at = match.end()
        self._at = 0
        self._depth = 0

    def whole(self) -> Term:
        term = self._either()
        if self._at < len(self._tokens):
            raise _wrong(f"{self._tokens[self._at]!r} comes as a surprise")
        return term

    def _either(self) -> Term:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda item: any(part(item) for part in parts)

    def _both(self) -> Term:
        parts = [self._negated()]
        while self._take("and"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else lambda item: all(part(item) for part in parts)

    def _negated(self) -> Term:
        turned = False
        while self._take("not"):
            turned = not turned
        term = self._comparison()
        return (lambda item: not term(item)) if turned else term

    def _comparison(self) -> Term:
        left = self._operand()
        for word, compare in (("==", _equal), ("!=", _different), ("in", _within)):
            if self._take(word):
                right = self._operand()
                return lambda item: compare(left(item), right(item))
        if self._take("not"):
            if not self._take("in"):
                raise _wrong("`not` after a value is followed by `in`")
            right = self._operand()
            return lambda item: not _within(left(item), right(item))
        return left

    def _operand(self) -> Term:
        word = self._next()
        if word in ("(", "["):
            self._depth += 1
            if self._depth > _MAX_DEPTH:
                raise _wrong("too many parentheses")
            term = self._either() if word == "(" else self._list()
            if not self._take(")" if word == "(" else "]"):
                raise _wrong(f"{word!r} is not closed")
            self._depth -= 1
            return term
        if word[0] in "\"'":
            return lambda _: word[1:-1]
        if word in _LITERALS:
            return lambda _: _LITERALS[word]
        if word not in FIELDS:
            raise _wrong(f"{word!r} is none of {', '.join(FIELDS)}")
        return lambda item: item.get(word)

    def _list(self) -> Term:
        parts: list[Term] = []
        while self._at < len(self._tokens) and self._tokens[self._at] != "]":
            parts.append(self._operand())
            if not self._take(","):
                break
        return lambda item: [part(item) for part in parts]

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


def _equal(left: Any, right: Any) -> bool:
    return bool(left == right)


def _different(left: Any, right: Any) -> bool:
    return bool(left != right)


def _within(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return isinstance(left, str) and left in right
    return is_list(right) and left in right


def _wrong(message: str) -> QcsError:
    return invalid(f"filter: {message}", "query", "filter")

"""The filter of endpoints: the grammar of the `rule-engine` package, without arithmetic and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from anyqpu_emulator.shapes import is_list

from .grammar import Words, wrong
from .grammar import words as tokens

Term: TypeAlias = Callable[[Mapping[str, Any]], Any]

FIELDS = ("id", "healthy", "mock", "address", "datacenter", "quantumProcessorIds")
_TOKEN = re.compile(r"""\s*("[^"\\]*"|'[^'\\]*'|==|!=|[()\[\],]|[A-Za-z_][A-Za-z0-9_]*)""")
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}


def parse(text: str) -> Term:
    """Parse a filter into a function of an endpoint's JSON. Raises a 422."""
    if not text.strip():
        return lambda _: True
    words = Words(tokens(_TOKEN, text))
    term = _either(words)
    words.end()
    return term


def _either(words: Words) -> Term:
    return words.joined("or", lambda: words.joined("and", lambda: _negated(words), all), any)


def _negated(words: Words) -> Term:
    turned = False
    while words.take("not"):
        turned = not turned
    term = _comparison(words)
    return (lambda item: not term(item)) if turned else term


def _comparison(words: Words) -> Term:
    left = _operand(words)
    for word, compare in (("==", _equal), ("!=", _different), ("in", _within)):
        if words.take(word):
            right = _operand(words)
            return lambda item: compare(left(item), right(item))
    if words.take("not"):
        if not words.take("in"):
            raise wrong("`not` after a value is followed by `in`")
        right = _operand(words)
        return lambda item: not _within(left(item), right(item))
    return left


def _operand(words: Words) -> Term:
    word = words.next()
    if word == "(":
        return words.inside(")", lambda: _either(words))
    if word == "[":
        return words.inside("]", lambda: _list(words))
    if word[0] in "\"'":
        return lambda _: word[1:-1]
    if word in _LITERALS:
        return lambda _: _LITERALS[word]
    if word not in FIELDS:
        raise wrong(f"{word!r} should be one of {', '.join(FIELDS)}")
    return lambda item: item.get(word)


def _list(words: Words) -> Term:
    parts: list[Term] = []
    while not words.over and not words.comes("]"):
        parts.append(_operand(words))
        if not words.take(","):
            break
    return lambda item: [part(item) for part in parts]


def _equal(left: Any, right: Any) -> bool:
    return bool(left == right)


def _different(left: Any, right: Any) -> bool:
    return bool(left != right)


def _within(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return isinstance(left, str) and left in right
    return is_list(right) and left in right

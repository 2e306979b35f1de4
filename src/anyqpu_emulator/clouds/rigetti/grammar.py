"""The common part of QCS's two filter languages: words joined by words, and parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from .errors import QcsError, invalid

Test: TypeAlias = Callable[[Any], Any]

_MAX_DEPTH = 32
_MAX_LENGTH = 4096


def words(pattern: re.Pattern[str], text: str) -> list[str]:
    """The words of a filter; a 422 where nothing fits."""
    if len(text) > _MAX_LENGTH:
        raise wrong(f"it is longer than {_MAX_LENGTH} characters")
    tokens: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = pattern.match(text, at)
        if match is None:
            raise wrong(f"unexpected {text[at : at + 20].strip()!r}")
        tokens.append(match[0].strip())
        at = match.end()
    return tokens


class Words:
    """The words of a filter, read from the first to the last."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    def take(self, word: str) -> bool:
        """Read the next word if it is this one; return whether it is."""
        if self.comes(word):
            self._at += 1
            return True
        return False

    def comes(self, word: str) -> bool:
        """Whether this is the next word."""
        return not self.over and self._words[self._at] == word

    @property
    def over(self) -> bool:
        """Whether all words were read."""
        return self._at == len(self._words)

    def next(self) -> str:
        """The next word, whatever it is."""
        if self.over:
            raise wrong("it ends too soon")
        self._at += 1
        return self._words[self._at - 1]

    def joined(self, word: str, part: Callable[[], Test], how: Callable[[Iterable[Any]], bool]) -> Test:
        """Read parts with a word between them; `how` combines their results."""
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else lambda item: how(part(item) for part in parts)

    def inside(self, closing: str, part: Callable[[], Test]) -> Test:
        """A part in parentheses, of which the first has been read."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise wrong("too many parentheses")
        test = part()
        if not self.take(closing):
            raise wrong(f"a parenthesis is not closed by {closing!r}")
        self._depth -= 1
        return test

    def end(self) -> None:
        """A 422 if there is more."""
        if not self.over:
            raise wrong(f"unexpected {self._words[self._at]!r}")


def wrong(message: str) -> QcsError:
    """A 422 for a filter."""
    return invalid(f"filter: {message}", "query", "filter")

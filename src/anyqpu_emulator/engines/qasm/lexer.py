"""Text to tokens, for both versions of OpenQASM.

A token is three entries of parallel lists: its kind, its text and its offset. Lists of one entry per token are much
smaller than objects, and lines and columns are only counted for errors.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable

from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, ProgramTooLargeError

from .limits import MAX_TEXT

NAME = "name"
KEYWORD = "keyword"
INTEGER = "integer"
FLOAT = "float"
TIMING = "timing"
IMAGINARY = "imaginary"
STRING = "string"
QUBIT = "physical qubit"
SYMBOL = "symbol"
LINE = "line"
END = "end"

_KINDS = (TIMING, IMAGINARY, FLOAT, INTEGER, NAME, QUBIT, STRING, LINE, SYMBOL)
# Atomic groups: without them, long numbers before long blanks would be tried in every length.
_DIGITS = r"(?>[0-9](?:_?[0-9])*)"
_EXPONENT = rf"[eE][+-]?{_DIGITS}"
_REAL = rf"(?:{_DIGITS}\.(?:{_DIGITS})?(?:{_EXPONENT})?|\.{_DIGITS}(?:{_EXPONENT})?|{_DIGITS}{_EXPONENT})"
# Names may have letters of every script; `str.isidentifier` would also take marks, which \w mostly leaves out.
_NAME = r"[^\W\d]\w*"
_TOKENS_3 = re.compile(
    r"(?:[ \t\r\n\f]+|//[^\r\n]*|(?s:/\*.*?\*/))+"
    rf"|(?P<t>(?:{_REAL}|{_DIGITS})[ \t]*(?:dt|ns|us|µs|μs|ms|s)(?!\w))"
    rf"|(?P<i>(?:{_REAL}|{_DIGITS})[ \t]*im(?!\w))"
    rf"|(?P<f>{_REAL})"
    r"|(?P<d>0[bB][01](?:_?[01])*|0o[0-7](?:_?[0-7])*|0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|[0-9](?:_?[0-9])*)"
    rf"|(?P<n>{_NAME})"
    r"|(?P<q>\$[0-9]+)"
    r"|(?P<s>\"[^\"\r\n]*\"|'[^'\r\n]*')"
    r"|(?P<l>\#?pragma\b[^\r\n]*|@[^\W\d][\w.]*[^\r\n]*)"
    r"|(?P<o>\#dim|\*\*=|<<=|>>=|->|\+\+|\*\*|&&|\|\||==|!=|<=|>=|<<|>>|[-+*/&|~^%]=|[][{}():;.,=+\-*/%|&^~!@<>])"
)
_TOKENS_2 = re.compile(
    r"(?:[ \t\r\n\f]+|//[^\r\n]*)+"
    r"|(?P<t>(?!))|(?P<i>(?!))"
    rf"|(?P<f>{_REAL.replace('_?', '')})"
    r"|(?P<d>[0-9]+)"
    r"|(?P<n>[A-Za-z_]\w*)"
    r"|(?P<q>(?!))"
    r"|(?P<s>\"[^\"\r\n]*\"|'[^'\r\n]*')"
    r"|(?P<l>(?!))"
    r"|(?P<o>->|==|[][{}();=,+\-*/^])"
)
# What follows these is in another language; the reader refuses them, so it needs no tokens from there.
_OPAQUE = ("cal", "defcal", "defcalgrammar")
# A pragma that is an ordinary name, and `@` of a modifier, are distinguished by what stands before them.
_PRAGMA = re.compile(r"\#?pragma\b[^\r\n]*")
_HEADER = re.compile(r"(?:\s+|//[^\r\n]*|(?s:/\*.*?\*/))*")
_VERSION = re.compile(r"OPENQASM\b(?:\s+([0-9]+(?:\.[0-9]+)?)\s*(;)?)?")


def place(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of an offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def error(kind: type[EngineError], text: str, offset: int, message: str) -> EngineError:
    """An error at a place of the text."""
    line, column = place(text, min(offset, len(text)))
    return kind(message, line=line, column=column)


def header(text: str) -> tuple[str | None, int]:
    """Return the version that the first statement names, or None, and the position after it.

    Raises InvalidProgramError for an empty text and for a header that is not complete.
    """
    if len(text) > MAX_TEXT:
        raise ProgramTooLargeError(f"the program has {len(text)} characters, more than the limit of {MAX_TEXT}")
    skipped = _HEADER.match(text)
    start = skipped.end() if skipped else 0
    if start == len(text):
        raise InvalidProgramError("the program is empty")
    header_match = _VERSION.match(text, start)
    if header_match is None:
        return None, start
    if header_match[1] is None:
        raise error(InvalidProgramError, text, start, "'OPENQASM' without a version, as in 'OPENQASM 3.0;'")
    if header_match[2] is None:
        raise error(InvalidProgramError, text, start, f"';' is missing after 'OPENQASM {header_match[1]}'")
    return header_match[1], header_match.end()


class Tokens:
    """The tokens of a program."""

    def __init__(
        self, text: str, start: int, version: int, keywords: frozenset[str], check: Callable[[], None]
    ) -> None:
        """Raises InvalidProgramError at the first character that begins no token; `check` is called now and then."""
        self.text = text
        self._check = check
        self.kinds: list[str] = []
        self.texts: list[str] = []
        self.offsets = array("L")
        self._read(start, _TOKENS_3 if version == 3 else _TOKENS_2, keywords)
        self.kinds.append(END)
        self.texts.append("")
        self.offsets.append(len(text))

    def _read(self, start: int, pattern: re.Pattern[str], keywords: frozenset[str]) -> None:
        text, kinds, texts, offsets = self.text, self.kinds, self.texts, self.offsets
        shared: dict[str, str] = {}
        at, match, length = start, pattern.match, len(text)
        while at < length:
            token = match(text, at)
            if token is None:
                raise self._unreadable(at)
            if not len(kinds) & 0xFFFF:
                self._check()
            kind = token.lastindex
            if kind is not None:
                word = token.group()
                word = shared.setdefault(word, word)
                name = _KINDS[kind - 1]
                if name is NAME:
                    if word in keywords:
                        name = KEYWORD
                    elif word == "pragma" and pattern is _TOKENS_3:
                        line = _PRAGMA.match(text, at)
                        word, name = (line.group() if line else word), LINE
                elif word == "/" and text.startswith("/*", at) and pattern is _TOKENS_3:
                    raise self._unreadable(at)
                elif name is LINE and word[0] == "@" and not self._starts_statement():
                    # The `@` of a modifier.
                    word, name = "@", SYMBOL
                kinds.append(name)
                texts.append(word)
                offsets.append(at)
                at += len(word)
                if name is KEYWORD and word in _OPAQUE:
                    return
            else:
                at = token.end()

    def _starts_statement(self) -> bool:
        return not self.kinds or self.kinds[-1] is LINE or self.texts[-1] in (";", "{", "}")

    def _unreadable(self, at: int) -> EngineError:
        character = self.text[at]
        if self.text.startswith("/*", at):
            message = "a comment that begins with '/*' does not end"
        elif character in "\"'":
            message = "a text in quotation marks does not end on its line"
        else:
            message = f"unexpected character {character!r}"
        return error(InvalidProgramError, self.text, at, message)

"""What the readers of both versions share: a place among the tokens, and errors in the user's terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    UnsupportedProgramError,
)

from . import lexer
from .lexer import END, FLOAT, INTEGER, KEYWORD, NAME, STRING, Tokens
from .limits import MAX_NESTING, MAX_TOKENS, MAX_WIDTH

T = TypeVar("T")


class Cursor:
    """A reader's place; `keywords` are the words that cannot be names."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.offsets = tokens.offsets
        self.at: int = 0
        self.depth: int = 0
        self.begin: int = 0

    # ---- errors

    def invalid(self, message: str, offset: int | None = None) -> EngineError:
        """The InvalidProgramError at an offset, or at the next token."""
        where = self.offsets[self.at] if offset is None else offset
        return lexer.error(InvalidProgramError, self.tokens.text, where, message)

    def unsupported(self, construct: str, offset: int) -> EngineError:
        """The UnsupportedProgramError at an offset."""
        message = f"this emulator does not compute {construct}"
        return lexer.error(UnsupportedProgramError, self.tokens.text, offset, message)

    def shown(self) -> str:
        """The next token, as messages show it."""
        kind, text = self.kinds[self.at], self.texts[self.at]
        if kind is END:
            return "the end of the program"
        return repr(text if len(text) <= 40 else text[:40] + "…")

    def unexpected(self, expected: str) -> EngineError:
        """The syntax error that something else should be here."""
        return self.invalid(f"syntax error: expected {expected}, found {self.shown()}")

    # ---- tokens

    def offset(self) -> int:
        """Where the next token is."""
        return self.offsets[self.at]

    def take(self) -> str:
        """Read the next token."""
        text = self.texts[self.at]
        self.at += 1
        return text

    def peek(self, text: str) -> bool:
        """Whether the next token is this symbol or keyword."""
        return self.texts[self.at] == text and self.kinds[self.at] is not STRING

    def accept(self, text: str) -> bool:
        """Read the next token if it is this one."""
        if self.texts[self.at] == text and self.kinds[self.at] is not STRING:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        """Read this token; anything else is a syntax error."""
        if self.texts[self.at] != text or self.kinds[self.at] is STRING:
            raise self.unexpected(f"'{text}'")
        self.at += 1

    def name(self, label: str) -> str:
        """Read an identifier."""
        kind = self.kinds[self.at]
        if kind is KEYWORD:
            raise self.invalid(f"syntax error: {self.texts[self.at]!r} is a reserved word and cannot be {label}")
        if kind is not NAME:
            raise self.unexpected(label)
        return self.take()

    def string(self, label: str) -> str:
        """Read a text in quotation marks."""
        if self.kinds[self.at] is not STRING:
            raise self.unexpected(label)
        return self.take()[1:-1]

    def integer(self) -> int:
        """Read an integer literal."""
        if self.kinds[self.at] is not INTEGER:
            raise self.unexpected("an integer")
        text = self.texts[self.at]
        self.bounded(text)
        self.at += 1
        # Only 0b, 0o and 0x are prefixes; 007 is seven.
        return int(text, 0) if text[1:2] in tuple("bBoOxX") else int(text)

    def real(self) -> float:
        """Read a number with a decimal point or an exponent."""
        if self.kinds[self.at] is not FLOAT:
            raise self.unexpected("a number")
        self.bounded(self.texts[self.at])
        value = float(self.take())
        if value == float("inf"):
            self.at -= 1
            raise self.invalid(f"the number {self.texts[self.at]} is too large")
        return value

    def bounded(self, digits: str) -> None:
        """Refuse a number that is too long to read."""
        if len(digits) * 3 > MAX_WIDTH:
            raise lexer.error(
                ProgramTooLargeError,
                self.tokens.text,
                self.offset(),
                f"a number of {len(digits)} digits is more than the limit of {MAX_WIDTH // 3}",
            )

    def bounded_statement(self) -> None:
        """Refuse a statement at the top of the program that is too long, before its tree fills the memory."""
        if self.at - self.begin > MAX_TOKENS:
            raise lexer.error(
                ProgramTooLargeError,
                self.tokens.text,
                self.offsets[self.begin],
                f"this statement has more words and symbols than the limit of {MAX_TOKENS}",
            )

    # ---- repetition

    def listed(self, item: Callable[[], T], closing: tuple[str, ...]) -> list[T]:
        """Items with commas between them; a comma may follow the last one."""
        items: list[T] = []
        while not self.closes(closing):
            self.bounded_statement()
            items.append(item())
            if not self.accept(","):
                break
        return items

    def closes(self, closing: tuple[str, ...]) -> bool:
        """Whether one of these comes next."""
        return self.texts[self.at] in closing and self.kinds[self.at] is not STRING

    def deeper(self) -> None:
        """Enter a block, a bracket or an operator; leave it with `depth -= 1`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise lexer.error(
                ProgramTooLargeError,
                self.tokens.text,
                self.offset(),
                f"blocks, brackets and operators are nested deeper than the limit of {MAX_NESTING}",
            )

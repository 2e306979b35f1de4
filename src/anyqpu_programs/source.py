"""Parsing of a program's text in pieces, with the package `openqasm`.

Pieces limit the memory for a long program, and let a deadline stop the work between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple, cast

from anyqpu.errors import ConfigError
from anyqpu_programs.limits import Budget
from anyqpu_programs.problems import InvalidError, TooLargeError

_PIECE = 400
"""The number of statements in a piece."""
_MOST_EXPRESSIONS = 10_000
_VERSION = re.compile(r"OPENQASM\s+(\d+)(?:\.(\d+))?\s*(;?)")
_SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
# Comments, strings and annotations, whose brackets and semicolons do not count, and those that do.
_MARKS = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'|^[ \t]*(?:\#?pragma\b|@[A-Za-z_])[^\n]*|[\[\](){};]",
    re.DOTALL | re.MULTILINE,
)
_OPERANDS = r"[A-Za-z_]\w*\[\d{1,9}\](?:\s*,\s*[A-Za-z_]\w*\[\d{1,9}\])*"
_PLAIN = re.compile(rf"\s*([A-Za-z]\w*)(?:\s*(\([^()\[\]{{}};\"'@]*\))\s*|\s+)({_OPERANDS})\s*;")
_ELEMENT = re.compile(r"(\w+)\[(\d+)\]")
_EMPTY = re.compile(r";(?=\s*;)")
_AT = re.compile(r"\s*@")
_OF_3 = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|(?P<power>\*\*)|(?P<block>\bif\s*\([^(){};]*\)\s*\{)", re.DOTALL
)
_OF_3_REASONS = {
    "power": "'**' is of OpenQASM 3; OpenQASM 2 writes a power as '^'",
    "block": "OpenQASM 2 has one statement after 'if', without braces",
}
_BRACKET = re.compile(r"[()]")
_POW = re.compile(r"\bpow(?=\s*\()")
_ELSE = re.compile(r"else\b")
_WORD = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|[A-Za-z_][A-Za-z0-9_]*", re.DOTALL)
# Letters with which no keyword begins, as replacements for the first letter of a name.
_STAND_INS = "ωψχφυτσρ"
_KEYWORDS_OF_2 = {"OPENQASM", "include", "qreg", "creg", "gate", "measure", "reset", "barrier", "if"}


class Piece(NamedTuple):
    """Some statements of a program. `line` is the offset of the lines in their spans."""

    statements: list[Any]
    line: int


@lru_cache(maxsize=1)
def package() -> Any:
    """Import the package `openqasm`; raises `ConfigError` with the name of the extra if it is missing."""
    try:
        return import_module("openqasm")
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"reading programs needs the package {error.name!r}", hint="pip install 'anyqpu[convert]'"
        ) from error


class Source:
    """A program's text. `version` is the major version of OpenQASM."""

    def __init__(self, text: str, budget: Budget) -> None:
        """Read the version line; raises `InvalidError` or `TooLargeError`."""
        text = text.removeprefix("\ufeff")
        budget.size(len(text), budget.limits.characters, "characters", None)
        start = _SPACE.match(text)
        begin = start.end() if start else 0
        match = _VERSION.match(text, begin)
        if match is None:
            raise InvalidError("it does not begin with a version such as 'OPENQASM 2.0;'", 1)
        line = text.count("\n", 0, begin) + 1
        if not match[3]:
            raise InvalidError(f"the version {match[0].strip()!r} is not followed by ';'", line)
        if match[1] not in {"2", "3"} or (match[1] == "2" and match[2] not in {None, "0"}):
            raise InvalidError(f"OpenQASM {match[0].split()[1].rstrip(';')} is not a known version", line)
        self.version = int(match[1])
        self._text = text
        self._body = match.end()
        self._budget = budget
        self._names: dict[str, str] = {}
        self._expressions: dict[str, list[Any]] = {}
        self._keywords: frozenset[str] = package().lexer.KEYWORDS | {"opaque"}
        if self.version == 2:
            self._check_2()
            self._rename()
            # Qiskit's reader accepts empty statements.
            self._text = _EMPTY.sub(" ", self._text)
        else:
            self._rename_pow()

    @property
    def measures(self) -> bool:
        """Return whether the program has a measurement anywhere, even in unreachable code."""
        return any(match[0] == "measure" for match in _WORD.finditer(self._text, self._body))

    def name(self, written: str) -> str:
        """Return an identifier as the program has it."""
        return self._names.get(written, written)

    def message(self, text: str) -> str:
        """Return a message of the parser with identifiers as the program has them."""
        for written, name in self._names.items():
            text = text.replace(written, name)
        return text

    def pieces(self) -> Iterator[Piece]:
        """Yield the statements in pieces; raises `InvalidError` with the line of a syntax error."""
        place, line = self._body, self._text.count("\n", 0, self._body)
        while place < len(self._text):
            nodes, place, line = self._plain_calls(place, line)
            if nodes:
                yield Piece(nodes, 0)
            begin, count = place, 0
            while place < len(self._text) and count < _PIECE:
                place, count = self._statement_end(place), count + 1
                match = _PLAIN.match(self._text, place)
                if match is not None and match[1] not in self._keywords:
                    break
            text = self._text[begin:place]
            yield Piece(self._parsed(text, line), line)
            line += text.count("\n")

    def _plain_calls(self, place: int, line: int) -> tuple[list[Any], int, int]:
        """Parse consecutive calls such as `rx(pi/2) q[0];`, which are most of a long program.

        The parser needs a multiple of the time for them.
        """
        tree, text = package().ast, self._text
        nodes: list[Any] = []
        while len(nodes) < _PIECE:
            match = _PLAIN.match(text, place)
            if match is None or match[1] in self._keywords:
                break
            name, arguments, operands = match.groups()
            line += text.count("\n", place, match.start(1))
            qubits = [
                tree.IndexedIdentifier(tree.Identifier(register), [[tree.IntegerLiteral(int(index))]])
                for register, index in _ELEMENT.findall(operands)
            ]
            values = [] if arguments is None else self._arguments(arguments, line)
            span = tree.Span(line + 1, 0, line + 1, 0)
            nodes.append(tree.GateCall([], tree.Identifier(name), values, qubits, span=span))
            line += text.count("\n", match.start(1), match.end())
            place = match.end()
        return nodes, place, line

    def _arguments(self, text: str, line: int) -> list[Any]:
        """Return the expressions in parentheses, cached, since a long program repeats them."""
        expressions = self._expressions.get(text)
        if expressions is None:
            (call,) = self._parsed(f"U{text} q;", line)
            expressions = call.arguments
            for entry in expressions:
                _remove_span(entry)
            if len(self._expressions) < _MOST_EXPRESSIONS:
                self._expressions[text] = expressions
        return expressions

    def _parsed(self, text: str, line: int) -> list[Any]:
        """Return the statements of a text that begins after `line` lines."""
        self._budget.check(line + 1)
        module = package()
        try:
            statements: list[Any] = module.parse(f"OPENQASM {self.version}.0;{text}").statements
        except module.QasmError as error:
            place = None if error.line is None else error.line + line
            raise InvalidError(self.message(error.message), place) from None
        except RecursionError:
            raise TooLargeError("expressions or blocks are nested too deeply", self._failing_line(text, line)) from None
        except ValueError:
            # Python does not parse integers of thousands of digits.
            raise InvalidError("a number has too many digits", self._failing_line(text, line)) from None
        return statements

    def _failing_line(self, text: str, line: int) -> int:
        """Return the line of the first statement that cannot be parsed."""
        place, end = 0, 0
        while end < len(text):
            place, end = end, self._statement_end(end, text)
            try:
                package().parse(f"OPENQASM {self.version}.0;{text[place:end]}")
            except (package().QasmError, RecursionError, ValueError):
                break
        space = _SPACE.match(text, place)
        return line + 1 + text.count("\n", 0, space.end() if space else place)

    def _statement_end(self, place: int, text: str | None = None) -> int:
        """Return the position after the semicolon, outside of brackets, that ends a statement."""
        text = self._text if text is None else text
        depth, limit = 0, self._budget.limits.nesting
        for mark in _MARKS.finditer(text, place):
            sign = mark[0]
            if sign in "([{":
                depth += 1
                if depth > limit:
                    line = text.count("\n", 0, mark.start()) + 1
                    raise TooLargeError(f"brackets and blocks are nested more than {limit} deep", line)
            elif sign in ")]}":
                depth -= 1
            elif sign == ";" and depth <= 0 and not _else_follows(text, mark.end()):
                return mark.end()
        return len(text)

    def _check_2(self) -> None:
        """Refuse syntax of OpenQASM 3 that the tree does not show."""
        for mark in _OF_3.finditer(self._text, self._body):
            reason = _OF_3_REASONS.get(mark.lastgroup or "")
            if reason is not None:
                raise InvalidError(reason, self._text.count("\n", 0, mark.start()) + 1)

    def _rename(self) -> None:
        """Replace the first letter of names that are keywords only in OpenQASM 3; columns stay the same."""
        keywords = package().lexer.KEYWORDS - _KEYWORDS_OF_2
        text = self._text
        letter = next((letter for letter in _STAND_INS if letter not in text), _STAND_INS[0])

        def change(match: re.Match[str]) -> str:
            word = match[0]
            if word not in keywords:
                return word
            # Keywords that differ only in the first letter get different names.
            same = [stand_in for stand_in, name in self._names.items() if name == word]
            new = same[0] if same else letter + ("" if len(word) == 1 else word[1:])
            while not same and new in self._names:
                new = new[0] + new
            self._names[new] = word
            return new

        self._text = text[: self._body] + _WORD.sub(change, text[self._body :])

    def _rename_pow(self) -> None:
        """Rename the function `pow`, which the parser confuses with the modifier."""
        if self._text.isascii() or _STAND_INS[0] not in self._text:
            self._text = _POW.sub(self._function_pow, self._text)

    def _function_pow(self, match: re.Match[str]) -> str:
        depth, place = 0, match.end()
        for bracket in _BRACKET.finditer(self._text, place):
            depth += 1 if bracket[0] == "(" else -1
            if depth > self._budget.limits.nesting:
                # Parsing the statement refuses it.
                return match[0]
            if depth == 0:
                place = bracket.end()
                break
        if _AT.match(self._text, place):
            return match[0]
        self._names[_STAND_INS[0] + "ow"] = "pow"
        return _STAND_INS[0] + "ow"


def _remove_span(node: Any) -> None:
    """Remove the position of an expression that is used in several places."""
    if not hasattr(node, "span"):
        return
    node.span = None
    for field in fields(node):
        child: Any = getattr(node, field.name)
        children = cast("list[Any]", child) if isinstance(child, list) else [child]
        for item in children:
            _remove_span(item)


def _else_follows(text: str, place: int) -> bool:
    space = _SPACE.match(text, place)
    return _ELSE.match(text, space.end() if space else place) is not None

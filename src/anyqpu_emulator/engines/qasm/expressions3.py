"""Expressions and types of OpenQASM 3, by the precedence table of its grammar."""

from __future__ import annotations

import re
from typing import Final

from . import syntax
from .cursor import Cursor
from .lexer import FLOAT, IMAGINARY, INTEGER, NAME, QUBIT, STRING, TIMING
from .syntax import Expression, TypeNode

# Specification, "Expressions": from the loosest to the tightest.
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!="),
    ("<", "<=", ">", ">="),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
)
_PRECEDENCE = {op: level for level, ops in enumerate(_LEVELS) for op in ops}
# What follows an index that is a number, at the end of an operand.
_PLAIN = (["]", ","], ["]", ";"])
_PREFIXES = ("-", "~", "!")
SCALARS = frozenset(("bit", "int", "uint", "float", "angle", "bool", "duration", "stretch", "complex"))
# In nanoseconds. How long a dt is depends on the device; 4 ns is that of IBM's Heron processors.
_UNITS = {"dt": 4.0, "ns": 1.0, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9}
_UNIT = re.compile(r"(.*?)[ \t]*(dt|ns|us|µs|μs|ms|s)$")
_BITS = re.compile(r"[01](?:_?[01])*")


class Expressions(Cursor):
    """The part of the reader that every statement uses."""

    def expression(self) -> Expression:
        """An expression, without `++` and `measure`."""
        return self._binary(0)

    def _binary(self, lowest: int) -> Expression:
        left = self._unary()
        while True:
            op = self.texts[self.at]
            level = _PRECEDENCE.get(op)
            if level is None or level < lowest or self.kinds[self.at] is STRING:
                return left
            at = self.offset()
            self.at += 1
            self.bounded_statement()
            self.deeper()
            right = self._binary(level + 1)
            self.depth -= 1
            left = syntax.Binary(at, op, left, right)

    def _unary(self) -> Expression:
        if self.texts[self.at] not in _PREFIXES or self.kinds[self.at] is STRING:
            return self._power()
        at, op = self.offset(), self.take()
        self.deeper()
        operand = self._unary()
        self.depth -= 1
        return syntax.Unary(at, op, operand)

    def _power(self) -> Expression:
        """`**` is right associative and binds tighter than a sign before it; a sign may follow it."""
        base = self._postfix()
        if not self.peek("**"):
            return base
        at = self.offset()
        self.at += 1
        self.deeper()
        exponent = self._unary()
        self.depth -= 1
        return syntax.Binary(at, "**", base, exponent)

    def _postfix(self) -> Expression:
        base = self._primary()
        levels = 0
        while self.texts[self.at] == "[":
            self.deeper()
            levels += 1
            base = self._index(base)
        self.depth -= levels
        return base

    def _index(self, base: Expression) -> Expression:
        at = self.offset()
        self.expect("[")
        if self.peek("{"):
            items: list[Expression] = [self._set()]
        else:
            items = self.listed(self._index_item, ("]",))
            if not items:
                raise self.unexpected("an index")
        self.expect("]")
        return syntax.Index(at, base, items)

    def _index_item(self) -> Expression:
        return self.range_or_expression()

    def range_or_expression(self) -> Expression:
        """`a`, `a:b`, `a:step:b`, or with ends left out."""
        at = self.offset()
        start = None if self.peek(":") else self.expression()
        if not self.accept(":"):
            if start is None:
                raise self.unexpected("an index")
            return start
        second = None if self.closes(("]", ":", ",")) else self.expression()
        if not self.accept(":"):
            return syntax.Range(at, start, None, second)
        third = None if self.closes(("]", ",")) else self.expression()
        return syntax.Range(at, start, second, third)

    def _set(self) -> syntax.IndexSet:
        """`{a, b}`; inside, sets are rows of an array."""
        at = self.offset()
        self.expect("{")
        self.deeper()
        items = self.listed(self._set_item, ("}",))
        self.depth -= 1
        self.expect("}")
        return syntax.IndexSet(at, items)

    def _set_item(self) -> Expression:
        return self._set() if self.peek("{") else self.expression()

    def _primary(self) -> Expression:
        at, kind, text = self.offset(), self.kinds[self.at], self.texts[self.at]
        if kind is NAME:
            self.at += 1
            if self.texts[self.at] == "(":
                return syntax.Call(at, text, self.arguments())
            return syntax.Name(at, text)
        if kind is INTEGER:
            return syntax.Literal(at, "int", self.integer())
        if kind is FLOAT:
            return syntax.Literal(at, "float", self.real())
        if kind is QUBIT:
            self.at += 1
            return syntax.Name(at, text)
        if kind is STRING:
            return self._bits(at)
        if kind is TIMING or kind is IMAGINARY:
            return self._with_unit(at, kind is TIMING)
        if text == "(":
            self.deeper()
            self.at += 1
            inside = self.expression()
            self.depth -= 1
            self.expect(")")
            return inside
        return self._word(at, text)

    def _word(self, at: int, text: str) -> Expression:
        if text in ("true", "false"):
            self.at += 1
            return syntax.Literal(at, "bool", text == "true")
        if text in SCALARS or text == "array":
            node = self.type()
            self.expect("(")
            self.deeper()
            operand = self.expression()
            self.depth -= 1
            self.expect(")")
            return syntax.Cast(at, node, operand)
        if text == "durationof":
            return self._duration_of(at)
        raise self.unexpected("an expression")

    def _duration_of(self, at: int) -> Expression:
        self.at += 1
        self.expect("(")
        self.expect("{")
        level = 1
        while level:
            if self.at >= len(self.texts) - 1:
                raise self.unexpected("'}'")
            level += {"{": 1, "}": -1}.get(self.take(), 0)
        self.expect(")")
        return syntax.DurationOf(at)

    def _bits(self, at: int) -> Expression:
        text = self.texts[self.at][1:-1]
        if not _BITS.fullmatch(text):
            raise self.invalid(f"syntax error: a bit string has the digits 0 and 1, not {self.shown()}")
        self.at += 1
        digits = text.replace("_", "")
        self.bounded(digits[: len(digits) // 20])
        return syntax.Literal(at, "bit", int(digits, 2), len(digits))

    def _with_unit(self, at: int, timing: bool) -> Expression:
        text = self.take()
        self.bounded(text)
        if not timing:
            return syntax.Literal(at, "imaginary", 1.0)
        match = _UNIT.match(text)
        return syntax.Literal(at, "duration", float(match[1]) * _UNITS[match[2]] if match else 0.0)

    def arguments(self) -> list[Expression]:
        """Arguments in parentheses."""
        self.expect("(")
        self.deeper()
        items = self.listed(self.expression, (")",))
        self.depth -= 1
        self.expect(")")
        return items

    # ---- values that are not expressions everywhere

    def value(self) -> Expression:
        """What may stand on the right of `=`: also `measure q`, `{…}` and `a ++ b`."""
        if self.peek("measure"):
            at = self.offset()
            self.at += 1
            return syntax.MeasureExpression(at, self.operand())
        if self.peek("{"):
            return self._set()
        return self.concatenation()

    def concatenation(self) -> Expression:
        """`a ++ b ++ c`, or one expression."""
        at = self.offset()
        parts = [self.expression()]
        while self.accept("++"):
            self.bounded_statement()
            parts.append(self.expression())
        return parts[0] if len(parts) == 1 else syntax.Concatenation(at, parts)

    def operand(self) -> Expression:
        """A qubit or a register: a name with indices, or `$n`."""
        at, kind = self.offset(), self.kinds[self.at]
        if kind is not NAME and kind is not QUBIT:
            self.name("a qubit")
        base: Expression = syntax.Name(at, self.take())
        here = self.at
        if self.texts[here] == "[" and self.kinds[here + 1] is INTEGER and self.texts[here + 2 : here + 4] in _PLAIN:
            # The common case, one index that is a number, without a reader of expressions.
            self.at += 1
            index = syntax.Literal(self.offset(), "int", self.integer())
            self.at += 1
            return syntax.Index(self.offsets[here], base, [index])
        levels = 0
        while self.texts[self.at] == "[":
            self.deeper()
            levels += 1
            base = self._index(base)
        self.depth -= levels
        return base

    # ---- types

    def type(self) -> TypeNode:
        """A scalar type with an optional size, or an array type."""
        at, text = self.offset(), self.texts[self.at]
        if text not in SCALARS and text != "array":
            raise self.unexpected("a type")
        self.at += 1
        if text == "array":
            return self._array(at, None)
        if text == "complex":
            if self.accept("["):
                self.deeper()
                self.type()
                self.depth -= 1
                self.expect("]")
            return TypeNode(at, text)
        if text in ("bool", "duration", "stretch"):
            return TypeNode(at, text)
        return TypeNode(at, text, self.designator())

    def _array(self, at: int, reference: str | None) -> TypeNode:
        self.expect("[")
        self.deeper()
        element = self.type()
        self.expect(",")
        if self.accept("#dim"):
            self.expect("=")
            node = TypeNode(at, "array", None, element, None, reference, self.expression())
        else:
            node = TypeNode(at, "array", None, element, self.listed(self.expression, ("]",)), reference)
        self.depth -= 1
        self.expect("]")
        return node

    def argument_type(self) -> TypeNode:
        """A type in the parameters of a subroutine: also qubits and references to arrays."""
        at = self.offset()
        for word in ("readonly", "mutable"):
            if self.accept(word):
                self.expect("array")
                return self._array(at, word)
        if self.accept("qubit"):
            return TypeNode(at, "qubit", self.designator())
        return self.type()

    def designator(self) -> Expression | None:
        """`[size]`, where there is one."""
        if not self.accept("["):
            return None
        self.deeper()
        size = self.expression()
        self.depth -= 1
        self.expect("]")
        return size

"""OpenQASM 2, by its own grammar (arXiv:1707.03429, appendix A), and by Qiskit's reader where that is silent.

Only the words of that grammar are reserved: `input`, `bit` or `for` are ordinary names.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import syntax
from .cursor import Cursor
from .lexer import END, FLOAT, INTEGER, KEYWORD, NAME, STRING, Tokens
from .syntax import Expression, Statement

_RESERVED = "OPENQASM include qreg creg gate opaque measure reset barrier if pi U CX"
KEYWORDS = frozenset(_RESERVED.split())
_FUNCTIONS = ("cos", "exp", "ln", "sin", "sqrt", "tan")
_LEVELS = {"+": 0, "-": 0, "*": 1, "/": 1}
# Words of OpenQASM 3 that begin statements there, for errors that say so.
_WORDS = """
qubit bit int uint float angle bool const let def for while switch end box delay input output extern defcal duration
stretch array ctrl negctrl inv pow gphase
"""
_OF_VERSION_3 = frozenset(_WORDS.split())


class Reader(Cursor):
    """Reads a program statement by statement."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._defined: set[str] = set()

    def statements(self) -> Iterator[Statement]:
        """Yield all statements, each read on demand."""
        while self.kinds[self.at] is not END:
            self.begin = self.at
            if not self.accept(";"):
                yield self._statement()

    def inputs(self) -> list[str]:
        """OpenQASM 2 has none."""
        return []

    def _statement(self) -> Statement:
        at, text, kind = self.offset(), self.texts[self.at], self.kinds[self.at]
        if kind is NAME or text in ("U", "CX"):
            return self._gate(at)
        match text if kind is KEYWORD else "":
            case "include":
                self.at += 1
                if self.kinds[self.at] is not STRING:
                    raise self.unexpected("a file name in quotation marks")
                file = self.take()[1:-1]
                self._end()
                return syntax.Include(at, file)
            case "qreg" | "creg":
                return self._register(at)
            case "gate" | "opaque":
                return self._definition(at)
            case "if":
                return self._if(at)
            case "barrier":
                return self._barrier(at)
            case "measure" | "reset":
                return self._operation(at)
            case "OPENQASM":
                raise self.invalid("the version can only be the first statement")
            case _:
                raise self.unexpected("a statement")

    def _end(self) -> None:
        if self.texts[self.at] != ";":
            raise self.unexpected("';'")
        self.at += 1

    def _register(self, at: int) -> Statement:
        quantum = self.take() == "qreg"
        name = self.name("the name of a register")
        self.expect("[")
        start = self.offset()
        size = syntax.Literal(start, "int", self.integer())
        self.expect("]")
        self._end()
        if quantum:
            return syntax.QubitDeclaration(at, name, size)
        return syntax.Declaration(at, syntax.TypeNode(at, "bit", size), name, None)

    def _definition(self, at: int) -> Statement:
        opaque = self.take() == "opaque"
        name = self.name("the name of a gate")
        self._defined.add(name)
        parameters: list[str] = []
        if self.accept("("):
            parameters = self.listed(lambda: self.name("the name of a parameter"), (")",))
            self.expect(")")
        qubits = self.listed(lambda: self.name("the name of a qubit"), ("{", ";"))
        if opaque:
            self._end()
            return syntax.GateDefinition(at, name, parameters, qubits, None)
        self.expect("{")
        body: list[Statement] = []
        while not self.accept("}"):
            self.bounded_statement()
            start = self.offset()
            if self.peek("barrier"):
                body.append(self._barrier(start))
            elif self.kinds[self.at] is NAME or self.texts[self.at] in ("U", "CX"):
                body.append(self._gate(start))
            else:
                raise self.unexpected("a gate, a barrier or '}'")
        return syntax.GateDefinition(at, name, parameters, qubits, body)

    def _gate(self, at: int) -> Statement:
        name = self.take()
        after = self.kinds[self.at]
        if name in _OF_VERSION_3 - self._defined and (after is NAME or self.texts[self.at] in ("[", "@", "{")):
            raise self.invalid(f"'{name} …' is not OpenQASM 2: the first line says OPENQASM 2.0", at)
        if self.texts[self.at] in ("=", "["):
            raise self.invalid("assignments are not OpenQASM 2; 'measure q -> c;' stores outcomes", at)
        arguments: list[Expression] = []
        if self.accept("("):
            arguments = self.listed(self._expression, (")",))
            self.expect(")")
        operands = self.listed(self._operand, (";",))
        if not operands:
            raise self.unexpected("the qubits of the gate")
        self._end()
        return syntax.GateCall(at, name, [], arguments, operands)

    def _operand(self) -> Expression:
        at = self.offset()
        node = syntax.Name(at, self.name("a qubit or a register"))
        if not self.accept("["):
            return node
        start = self.offset()
        index = syntax.Literal(start, "int", self.integer())
        self.expect("]")
        return syntax.Index(at, node, [index])

    def _barrier(self, at: int) -> Statement:
        self.at += 1
        operands = self.listed(self._operand, (";",))
        self._end()
        return syntax.Barrier(at, operands)

    def _operation(self, at: int) -> Statement:
        if self.take() == "reset":
            operand = self._operand()
            self._end()
            return syntax.ResetStatement(at, operand)
        operand = self._operand()
        self.expect("->")
        target = self._operand()
        self._end()
        return syntax.Measurement(at, operand, target)

    def _if(self, at: int) -> Statement:
        self.at += 1
        self.expect("(")
        start = self.offset()
        register = syntax.Name(start, self.name("a classical register"))
        if self.peek("["):
            raise self.invalid("OpenQASM 2 compares whole registers only, as in 'if (c == 1)'")
        self.expect("==")
        number = syntax.Literal(self.offset(), "int", self.integer())
        self.expect(")")
        inner = self.offset()
        if self.kinds[self.at] is NAME or self.texts[self.at] in ("U", "CX"):
            body = self._gate(inner)
        elif self.texts[self.at] in ("measure", "reset"):
            body = self._operation(inner)
        else:
            raise self.unexpected("a gate, a measurement or a reset")
        condition = syntax.Binary(start, "==", register, number)
        return syntax.IfStatement(at, condition, [body], [])

    # ---- expressions: all values are reals

    def _expression(self, lowest: int = 0) -> Expression:
        left = self._signed()
        while True:
            op = self.texts[self.at]
            level = _LEVELS.get(op)
            if level is None or level < lowest:
                return left
            at = self.offset()
            self.at += 1
            self.bounded_statement()
            self.deeper()
            right = self._expression(level + 1)
            self.depth -= 1
            left = syntax.Binary(at, op, left, right)

    def _signed(self) -> Expression:
        """A sign is looser than `^`: -2^2 is -4."""
        if self.texts[self.at] not in ("-", "+"):
            return self._power()
        at, op = self.offset(), self.take()
        self.deeper()
        operand = self._signed()
        self.depth -= 1
        return operand if op == "+" else syntax.Unary(at, op, operand)

    def _power(self) -> Expression:
        """`^` is right associative; a sign may follow it."""
        base = self._atom()
        if not self.peek("^"):
            return base
        at = self.offset()
        self.at += 1
        self.deeper()
        exponent = self._signed()
        self.depth -= 1
        return syntax.Binary(at, "**", base, exponent)

    def _atom(self) -> Expression:
        at, kind, text = self.offset(), self.kinds[self.at], self.texts[self.at]
        if kind is INTEGER:
            return syntax.Literal(at, "float", float(self.integer()))
        if kind is FLOAT:
            return syntax.Literal(at, "float", self.real())
        if text == "pi":
            self.at += 1
            return syntax.Name(at, "pi")
        if self.accept("("):
            self.deeper()
            inside = self._expression()
            self.depth -= 1
            self.expect(")")
            return inside
        if kind is NAME:
            self.at += 1
            if not self.accept("("):
                return syntax.Name(at, text)
            if text not in _FUNCTIONS:
                raise self.invalid(f"there is no function {text!r}; OpenQASM 2 has {', '.join(_FUNCTIONS)}", at)
            self.deeper()
            argument = self._expression()
            self.depth -= 1
            self.expect(")")
            return syntax.Call(at, text, [argument])
        raise self.unexpected("an expression")

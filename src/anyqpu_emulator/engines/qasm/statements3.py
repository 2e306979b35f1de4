"""Statements of OpenQASM 3, by its grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import syntax
from .expressions3 import SCALARS, Expressions
from .lexer import END, KEYWORD, LINE, NAME, QUBIT, STRING, Tokens
from .syntax import Expression, Statement, TypeNode

_WORDS = """
OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for while in switch
case default nop input output const readonly mutable qreg qubit creg bool bit int uint float angle complex array void
duration stretch gphase inv ctrl negctrl durationof delay reset measure barrier true false im
"""
KEYWORDS = frozenset(_WORDS.split())
_ASSIGN = ("=", "+=", "-=", "*=", "/=", "&=", "|=", "~=", "^=", "<<=", ">>=", "%=", "**=")
_OF_THE_TOP = frozenset({"include", "qubit", "qreg", "gate", "def", "input", "output"})
_MODIFIERS = ("inv", "pow", "ctrl", "negctrl")
_REFUSED = {
    "defcalgrammar": "calibration grammars (defcalgrammar)",
    "cal": "calibration blocks (cal)",
    "defcal": "calibrations of gates (defcal)",
    "extern": "extern functions",
}


class Reader(Expressions):
    """Reads a program statement by statement, so that trees do not pile up."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._readers: dict[str, Callable[[int], Statement]] = {
            "include": self._include,
            "qubit": self._qubit,
            "qreg": self._old_register,
            "creg": self._old_register,
            "const": self._constant,
            "input": self._port,
            "output": self._port,
            "let": self._alias,
            "gate": self._gate_definition,
            "def": self._subroutine,
            "if": self._if,
            "while": self._while,
            "for": self._for,
            "switch": self._switch,
            "break": self._jump,
            "continue": self._jump,
            "end": self._jump,
            "return": self._return,
            "barrier": self._barrier,
            "nop": self._barrier,
            "delay": self._delay,
            "box": self._box,
            "measure": self._measure,
            "reset": self._reset,
            "{": self._bare_block,
            "gphase": self._gate,
            **dict.fromkeys(_MODIFIERS, self._gate),
            **dict.fromkeys((*SCALARS, "array"), self._declaration),
        }

    def statements(self) -> Iterator[Statement]:
        """Yield all statements of the program, each read on demand."""
        while self.kinds[self.at] is not END:
            self.begin = self.at
            statement = self.statement()
            if statement is not None:
                yield statement

    def inputs(self) -> list[str]:
        """The names of all `input` declarations, for an error that names them together."""
        names: list[str] = []
        for start, text in enumerate(self.texts):
            if text == "input" and self.kinds[start] is KEYWORD:
                end = start
                while self.texts[end] not in (";", ""):
                    end += 1
                names.append(self.texts[end - 1])
        return names

    def statement(self) -> Statement | None:
        """One statement; None for an annotation or an empty statement."""
        at, text, kind = self.offset(), self.texts[self.at], self.kinds[self.at]
        if kind is LINE:
            self.at += 1
            # An annotation may be ignored by a compiler that does not know it (specification, "Annotations").
            return None if text[0] == "@" else syntax.Pragma(at, text.partition("pragma")[2].strip())
        if kind is NAME and text != "pow":
            return self._named(at)
        if self.depth and text in _OF_THE_TOP and kind is KEYWORD:
            raise self.invalid(f"{text!r} can only stand at the top of the program, outside of blocks")
        reader = self._readers.get(text)
        if reader is not None and kind is not STRING:
            return reader(at)
        if self.accept(";"):
            return None
        if text in _REFUSED:
            return syntax.Refused(at, _REFUSED[text])
        if text == "OPENQASM":
            raise self.invalid("the version can only be the first statement")
        if text == "else":
            raise self.invalid("syntax error: 'else' without an 'if' before it")
        raise self.unexpected("a statement")

    def block(self) -> list[Statement]:
        """`{…}`."""
        self.expect("{")
        self.deeper()
        body: list[Statement] = []
        while not self.accept("}"):
            if self.kinds[self.at] is END:
                raise self.unexpected("'}'")
            self.bounded_statement()
            statement = self.statement()
            if statement is not None:
                body.append(statement)
        self.depth -= 1
        return body

    def _body(self) -> list[Statement]:
        """A block, or one statement."""
        if self.peek("{"):
            return self.block()
        self.deeper()
        # Annotations may stand before it.
        while (statement := self.statement()) is None:
            pass
        self.depth -= 1
        return [statement]

    def _end(self) -> None:
        if self.texts[self.at] != ";":
            raise self.unexpected("';'")
        self.at += 1

    # ---- statements that begin with a name

    def _named(self, at: int) -> Statement:
        after = self.kinds[self.at + 1]
        if after is NAME or after is QUBIT:
            return self._gate(at)
        if self.texts[self.at + 1] == "(":
            return self._called(at)
        target = self.operand()
        op = self.texts[self.at]
        if op in _ASSIGN:
            self.at += 1
            value = self.value()
            self._end()
            return syntax.Assignment(at, target, op, value)
        if self.kinds[self.at] in (NAME, QUBIT):
            raise self.unsupported("a gate with a duration", at)
        if isinstance(target, syntax.Name) and op == ";":
            raise self.invalid(f"syntax error: {target.name!r} needs operands, arguments or a value")
        raise self.unexpected("'=', operands or ';'")

    def _called(self, at: int) -> Statement:
        name = self.take()
        arguments = self.arguments()
        if self.kinds[self.at] in (NAME, QUBIT):
            return self._operands(at, name, [], arguments)
        call = syntax.Call(at, name, arguments)
        if self.accept("->"):
            target = self.operand()
            self._end()
            return syntax.Assignment(at, target, "=", call)
        if self.peek("["):
            raise self.unsupported("a gate with a duration", at)
        self._end()
        return syntax.ExpressionStatement(at, call)

    def _gate(self, at: int) -> Statement:
        modifiers: list[syntax.Modifier] = []
        while self.texts[self.at] in _MODIFIERS:
            self.bounded_statement()
            start, kind = self.offset(), self.take()
            argument = None
            if self.peek("("):
                angles = self.arguments()
                if len(angles) != 1 or kind == "inv":
                    raise self.invalid(
                        f"syntax error: '{kind} @' takes {'none' if kind == 'inv' else 'one'} in parentheses"
                    )
                argument = angles[0]
            elif kind == "pow":
                raise self.unexpected("'(' and an exponent")
            self.expect("@")
            modifiers.append(syntax.Modifier(start, kind, argument))
        name = self.take() if self.peek("gphase") else self.name("a gate")
        arguments = self.arguments() if self.peek("(") else []
        if self.peek("["):
            raise self.unsupported("a gate with a duration", at)
        return self._operands(at, name, modifiers, arguments)

    def _operands(self, at: int, name: str, modifiers: list[syntax.Modifier], arguments: list[Expression]) -> Statement:
        operands = self.listed(self.operand, (";",))
        if not operands and name != "gphase":
            raise self.unexpected("the qubits of the gate")
        self._end()
        return syntax.GateCall(at, name, modifiers, arguments, operands)

    # ---- declarations

    def _include(self, at: int) -> Statement:
        self.at += 1
        file = self.string("a file name in quotation marks")
        self._end()
        return syntax.Include(at, file)

    def _qubit(self, at: int) -> Statement:
        self.at += 1
        size = self.designator()
        name = self.name("the name of a qubit")
        self._end()
        return syntax.QubitDeclaration(at, name, size)

    def _old_register(self, at: int) -> Statement:
        quantum = self.take() == "qreg"
        name = self.name("the name of a register")
        size = self.designator()
        self._end()
        if quantum:
            return syntax.QubitDeclaration(at, name, size)
        return syntax.Declaration(at, TypeNode(at, "bit", size), name, None)

    def _declaration(self, at: int) -> Statement:
        kind = self.type()
        name = self.name("the name of a variable")
        value = self.value() if self.accept("=") else None
        self._end()
        return syntax.Declaration(at, kind, name, value)

    def _constant(self, at: int) -> Statement:
        self.at += 1
        kind = self.type()
        name = self.name("the name of a constant")
        if not self.accept("="):
            raise self.unexpected("'=' and the value of the constant")
        value = self.value()
        self._end()
        return syntax.Declaration(at, kind, name, value, "const")

    def _port(self, at: int) -> Statement:
        mode = self.take()
        kind = self.type()
        name = self.name(f"the name of an {mode}")
        self._end()
        return syntax.Declaration(at, kind, name, None, mode)

    def _alias(self, at: int) -> Statement:
        self.at += 1
        name = self.name("the name of an alias")
        self.expect("=")
        value = self.concatenation()
        self._end()
        return syntax.Alias(at, name, value)

    def _gate_definition(self, at: int) -> Statement:
        self.at += 1
        name = self.name("the name of a gate")
        parameters: list[str] = []
        if self.accept("("):
            parameters = self.listed(lambda: self.name("the name of a parameter"), (")",))
            self.expect(")")
        qubits = self.listed(lambda: self.name("the name of a qubit"), ("{",))
        return syntax.GateDefinition(at, name, parameters, qubits, self.block())

    def _subroutine(self, at: int) -> Statement:
        self.at += 1
        name = self.name("the name of a subroutine")
        self.expect("(")
        arguments = self.listed(self._argument, (")",))
        self.expect(")")
        result = self.type() if self.accept("->") else None
        return syntax.Subroutine(at, name, arguments, result, self.block())

    def _argument(self) -> syntax.Argument:
        at = self.offset()
        if self.texts[self.at] in ("qreg", "creg"):
            kind = "qubit" if self.take() == "qreg" else "bit"
            name = self.name("the name of an argument")
            return syntax.Argument(at, TypeNode(at, kind, self.designator()), name)
        kind_of = self.argument_type()
        return syntax.Argument(at, kind_of, self.name("the name of an argument"))

    # ---- control flow

    def _if(self, at: int) -> Statement:
        self.at += 1
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        then = self._body()
        otherwise = self._body() if self.accept("else") else []
        return syntax.IfStatement(at, condition, then, otherwise)

    def _while(self, at: int) -> Statement:
        self.at += 1
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return syntax.WhileStatement(at, condition, self._body())

    def _for(self, at: int) -> Statement:
        self.at += 1
        if self.kinds[self.at] is NAME:
            raise self.invalid(
                f"syntax error: the loop variable needs a type, as in 'for int {self.texts[self.at]} in …'"
            )
        kind = self.type()
        name = self.name("the name of a loop variable")
        self.expect("in")
        if self.accept("["):
            values = self.range_or_expression()
            if not isinstance(values, syntax.Range):
                raise self.unexpected("':' of a range")
            self.expect("]")
        elif self.peek("{"):
            values = self._set()
        else:
            values = self.expression()
        return syntax.ForStatement(at, kind, name, values, self._body())

    def _switch(self, at: int) -> Statement:
        self.at += 1
        self.expect("(")
        value = self.expression()
        self.expect(")")
        self.expect("{")
        cases: list[tuple[list[Expression], list[Statement]]] = []
        default: list[Statement] | None = None
        while not self.accept("}"):
            if self.accept("case"):
                labels = self.listed(self.expression, ("{",))
                if not labels or default is not None:
                    raise self.unexpected("a value" if not labels else "'default' after all cases")
                cases.append((labels, self.block()))
            elif self.accept("default"):
                if default is not None:
                    raise self.invalid("syntax error: a second 'default' in this switch")
                default = self.block()
            else:
                raise self.unexpected("'case', 'default' or '}'")
        return syntax.SwitchStatement(at, value, cases, default)

    def _jump(self, at: int) -> Statement:
        kind = self.take()
        self._end()
        return syntax.Jump(at, kind)

    def _return(self, at: int) -> Statement:
        self.at += 1
        value = None if self.peek(";") else self.value()
        self._end()
        return syntax.Return(at, value)

    def _bare_block(self, at: int) -> Statement:
        return syntax.Block(at, self.block())

    def _box(self, at: int) -> Statement:
        self.at += 1
        duration = self.designator()
        body = self.block()
        if duration is not None:
            body.insert(0, syntax.Barrier(at, [], duration))
        return syntax.Block(at, body)

    # ---- quantum directives

    def _barrier(self, at: int) -> Statement:
        self.at += 1
        operands = self.listed(self.operand, (";",))
        self._end()
        return syntax.Barrier(at, operands)

    def _delay(self, at: int) -> Statement:
        self.at += 1
        duration = self.designator()
        if duration is None:
            raise self.unexpected("'[' and a duration")
        operands = self.listed(self.operand, (";",))
        self._end()
        return syntax.Barrier(at, operands, duration)

    def _measure(self, at: int) -> Statement:
        self.at += 1
        operand = self.operand()
        target = self.operand() if self.accept("->") else None
        self._end()
        return syntax.Measurement(at, operand, target)

    def _reset(self, at: int) -> Statement:
        self.at += 1
        operand = self.operand()
        self._end()
        return syntax.ResetStatement(at, operand)

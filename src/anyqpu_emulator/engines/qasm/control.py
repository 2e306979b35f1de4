"""Choices and jumps: known ones are followed while the program is expanded, the rest becomes blocks of the circuit."""

from __future__ import annotations

from anyqpu_emulator.engines.circuit import Block, If, Leave
from anyqpu_emulator.engines.memory import Constant, Node

from . import operators, syntax
from .context import PROGRAM
from .flow import BreakError, ContinueError, EndOfProgramError, Flow, LeftError, ReturnError, UndecidedError
from .symbols import Value
from .syntax import Statement
from .types import INT, Scalar, Type


class Control:
    """`if`, `switch`, `break`, `continue`, `end` and `return`."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.context = flow.context
        self.evaluator = flow.evaluator

    def branch(self, node: syntax.IfStatement) -> None:
        """`if`."""
        context = self.context
        condition = self.evaluator.condition(node.condition)
        if isinstance(condition, Constant):
            with context.scope():
                self.flow.all_of(node.then if condition.value else node.otherwise)
            return
        self.flow.settle(node.at, node.then, node.otherwise)
        with context.captured(deeper=True) as then:
            self.flow.expand(node.then)
        with context.captured(deeper=True) as otherwise:
            self.flow.expand(node.otherwise)
        context.emit(node.at, If(condition, tuple(then), tuple(otherwise)))

    def switch(self, node: syntax.SwitchStatement) -> None:
        """`switch`: the first case with the value, else the default; there is no falling through."""
        context = self.context
        value = self.evaluator.value(node.value)
        if not isinstance(value.type, Scalar) or value.type.kind not in ("int", "uint", "bit", "bool"):
            raise context.invalid(node.at, f"switch needs an integer, not {value.type}")
        seen: set[int] = set()
        cases: list[tuple[Node, list[Statement]]] = []
        for labels, body in node.cases:
            tests: list[Node] = []
            for case in labels:
                number = self.evaluator.integer(case, "a case")
                if number in seen:
                    raise context.invalid(case.at, f"case {number} is there twice")
                seen.add(number)
                constant = Value(INT, Constant(number))
                with context.located(case.at):
                    _of, same = operators.binary("==", value.type, INT)
                tests.append(context.apply(case.at, same, value.node, constant.node))
            cases.append((context.apply(node.at, _any, *tests), body))
        if isinstance(value.node, Constant):
            chosen = next((body for test, body in cases if isinstance(test, Constant) and test.value), node.default)
            with context.scope():
                self.flow.all_of(chosen or [])
            return
        self.flow.settle(node.at, *(body for _test, body in cases), node.default or [])
        label = context.label()
        with context.captured(deeper=True) as operations:
            for test, body in cases:
                with context.captured(deeper=False) as inner:
                    self.flow.expand(body)
                context.emit(node.at, If(test, (*inner, Leave(label))))
            self.flow.expand(node.default or [])
        context.emit(node.at, Block(label, tuple(operations)))

    # ---- break, continue, end, return

    def jump(self, node: syntax.Jump) -> None:
        """`break`, `continue` and `end`."""
        context = self.context
        if node.kind == "end":
            if context.level:
                context.emit(node.at, Leave(PROGRAM))
                raise LeftError
            raise EndOfProgramError
        target = self.flow.targets[-1] if self.flow.targets else None
        if target is None or target.kind != "loop":
            raise context.invalid(node.at, f"'{node.kind}' outside of a loop")
        if target.labels is not None:
            context.emit(node.at, Leave(target.labels[0 if node.kind == "break" else 1]))
            raise LeftError
        if context.level != target.level:
            raise UndecidedError(target)
        raise BreakError if node.kind == "break" else ContinueError

    def leave(self, node: syntax.Return) -> None:
        """`return`."""
        context = self.context
        target = next((target for target in reversed(self.flow.targets) if target.kind == "routine"), None)
        if target is None:
            raise context.invalid(node.at, "'return' outside of a subroutine")
        if (node.value is None) != (target.returns is None):
            raise context.invalid(
                node.at, f"the subroutine returns {'nothing' if target.returns is None else target.returns}"
            )
        # A return from inside a loop that is a block leaves that one too, so its level counts.
        undecided = context.level != target.level
        if target.labels is None and undecided:
            raise UndecidedError(target)
        value = None
        if node.value is not None and target.returns is not None:
            value = self._returned(node.value, target.returns)
        if target.labels is None:
            raise ReturnError(value)
        if value is not None and target.result is not None:
            context.assign(node.at, target.result, value)
        context.emit(node.at, Leave(target.labels[0]))
        raise LeftError

    def _returned(self, node: syntax.Expression, of: Type) -> Value:
        value = self.flow.measured(node) if isinstance(node, syntax.MeasureExpression) else self.evaluator.value(node)
        return Value(of, self.context.convert(node.at, value, of))


def _any(*tests: bool) -> bool:
    return any(tests)

"""What statements do, seen without expanding them: the names they assign, and how much work they are at least."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from . import syntax
from .syntax import Expression, Statement


def bodies(statement: Statement) -> list[list[Statement]]:
    """The lists of statements directly inside a statement that run as a part of it."""
    match statement:
        case syntax.IfStatement():
            return [statement.then, statement.otherwise]
        case syntax.WhileStatement() | syntax.ForStatement() | syntax.Block():
            return [statement.body]
        case syntax.SwitchStatement():
            return [*(body for _labels, body in statement.cases), statement.default or []]
        case _:
            return []


def walk(statements: Iterable[Statement]) -> Iterator[Statement]:
    """All statements, those inside others included."""
    for statement in statements:
        yield statement
        for body in bodies(statement):
            yield from walk(body)


def assigned(statements: Sequence[Statement]) -> set[str]:
    """The names of variables that the statements may change; those that subroutines are given among them."""
    names: set[str] = set()
    for statement in walk(statements):
        for target in _targets(statement):
            names.add(base(target))
        for expression in _expressions(statement):
            names.update(_given(expression))
    return names


def _targets(statement: Statement) -> list[Expression]:
    if isinstance(statement, syntax.Assignment):
        return [statement.target]
    if isinstance(statement, syntax.Measurement) and statement.target is not None:
        return [statement.target]
    return []


def _expressions(statement: Statement) -> list[Expression]:
    match statement:
        case syntax.Assignment() | syntax.ExpressionStatement() | syntax.SwitchStatement():
            return [statement.value]
        case syntax.Declaration() | syntax.Return():
            return [] if statement.value is None else [statement.value]
        case syntax.IfStatement() | syntax.WhileStatement():
            return [statement.condition]
        case _:
            return []


def _given(expression: Expression) -> Iterator[str]:
    """Names that a call might change, because arrays are passed by reference."""
    stack = [expression]
    while stack:
        node = stack.pop()
        match node:
            case syntax.Call():
                for argument in node.arguments:
                    yield base(argument)
                stack += node.arguments
            case syntax.Binary():
                stack += [node.left, node.right]
            case syntax.Unary() | syntax.Cast():
                stack.append(node.operand)
            case syntax.Index():
                stack.append(node.base)
            case _:
                pass


def names_in(expressions: Iterable[Expression]) -> Iterator[syntax.Name]:
    """The names in expressions of numbers."""
    stack = list(expressions)
    while stack:
        node = stack.pop()
        match node:
            case syntax.Name():
                yield node
            case syntax.Binary():
                stack += [node.left, node.right]
            case syntax.Unary() | syntax.Cast():
                stack.append(node.operand)
            case syntax.Call():
                stack += node.arguments
            case _:
                pass


def base(node: Expression) -> str:
    """The name that a target is an element of."""
    while isinstance(node, syntax.Index):
        node = node.base
    return node.name if isinstance(node, syntax.Name) else ""


def jumps(statements: Sequence[Statement]) -> bool:
    """Whether anything inside can end the statements early; a `return` at their end does not."""
    last = statements[-1] if statements else None
    return any(isinstance(one, syntax.Jump | syntax.Return) and one is not last for one in walk(statements))


def calls(expressions: Iterable[Expression]) -> Iterator[str]:
    """The names of what is called in expressions."""
    stack = list(expressions)
    while stack:
        node = stack.pop()
        match node:
            case syntax.Call():
                yield node.name
                stack += node.arguments
            case syntax.Binary():
                stack += [node.left, node.right]
            case syntax.Unary() | syntax.Cast():
                stack.append(node.operand)
            case _:
                pass


class Work:
    """Lower bounds of iterations and operations, so that what is too large is refused before it is expanded.

    `gate_size` tells the operations of a gate by name, `length` the iterations of a loop where they are known.
    """

    def __init__(
        self,
        gate_size: Callable[[str], int],
        call_size: Callable[[str], tuple[int, int]],
        length: Callable[[syntax.ForStatement], int],
    ) -> None:
        self.gate_size = gate_size
        self.call_size = call_size
        self.length = length

    def of(self, statements: Sequence[Statement]) -> tuple[int, int]:
        """At least so many iterations and operations."""
        iterations = operations = 0
        if jumps(statements):
            return 0, 0
        for statement in statements:
            more = self._one(statement)
            iterations += more[0]
            operations += more[1]
        return iterations, operations

    def _one(self, statement: Statement) -> tuple[int, int]:
        match statement:
            case syntax.GateCall():
                powers = any(modifier.kind == "pow" for modifier in statement.modifiers)
                return 0, 0 if powers else self.gate_size(statement.name)
            case syntax.Measurement():
                return 0, 1
            case syntax.Block():
                return self.of(statement.body)
            case syntax.ForStatement():
                count = self.length(statement)
                inner = self.of(statement.body)
                return count * (1 + inner[0]), count * inner[1]
            case syntax.IfStatement() | syntax.WhileStatement() | syntax.SwitchStatement():
                return 0, 0
            case _:
                return self._calls(statement)

    def _calls(self, statement: Statement) -> tuple[int, int]:
        iterations = operations = 0
        for name in calls(_expressions(statement)):
            more = self.call_size(name)
            iterations += more[0]
            operations += more[1]
        return iterations, operations

"""What statements do, seen without expanding them: the names they assign, what they call, and whether they jump."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        for expression in expressions(statement):
            names.update(_argument_names(expression))
    return names


def _targets(statement: Statement) -> list[Expression]:
    if isinstance(statement, syntax.Assignment):
        return [statement.target]
    if isinstance(statement, syntax.Measurement) and statement.target is not None:
        return [statement.target]
    return []


def expressions(statement: Statement) -> list[Expression]:
    """The expressions of a statement that can call something."""
    match statement:
        case syntax.Assignment() | syntax.ExpressionStatement() | syntax.SwitchStatement():
            return [statement.value]
        case syntax.Declaration() | syntax.Return():
            return [] if statement.value is None else [statement.value]
        case syntax.IfStatement() | syntax.WhileStatement():
            return [statement.condition]
        case _:
            return []


def _argument_names(expression: Expression) -> Iterator[str]:
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


def returns(statements: Sequence[Statement]) -> bool:
    """Whether statements of a subroutine end with a `return`, or with the program, on all ways."""
    match statements[-1] if statements else None:
        case syntax.Return():
            return True
        case syntax.Jump(kind="end"):
            return True
        case syntax.IfStatement() as choice:
            return returns(choice.then) and returns(choice.otherwise)
        case syntax.SwitchStatement() as choice:
            return all(returns(body) for body in bodies(choice))
        case syntax.Block() as block:
            return returns(block.body)
        case syntax.WhileStatement(condition=syntax.Literal(value=True)) as loop:
            # Only a `return` or a `break` ends it.
            return not any(isinstance(one, syntax.Jump) and one.kind == "break" for one in walk(loop.body))
        case _:
            return False


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

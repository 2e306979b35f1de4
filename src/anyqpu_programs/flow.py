"""Control flow: branches on constants are decided, branches on measured bits become conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from anyqpu_programs.circuit import Condition, If, Step, bits_written
from anyqpu_programs.conditions import condition, tabulated, where
from anyqpu_programs.machine import Machine
from anyqpu_programs.operands import numbers
from anyqpu_programs.problems import InvalidError, NoFormError
from anyqpu_programs.scope import Table, Variable
from anyqpu_programs.values import BitString, Value


class BreakError(Exception):
    """Ends a loop."""


class ContinueError(Exception):
    """Ends an iteration of a loop."""


class EndError(Exception):
    """Ends the program."""


_JUMPS: Mapping[str, type[Exception]] = {"Break": BreakError, "Continue": ContinueError, "End": EndError}


def branch(machine: Machine, node: Any, line: int | None) -> None:
    """`if` and `else`."""
    chosen = condition(node.condition, machine.scopes, machine.values)
    if isinstance(chosen, bool):
        machine.block(node.then_body if chosen else node.else_body)
    else:
        _split(machine, chosen, node.then_body, lambda: machine.block(node.else_body), line)


def _split(
    machine: Machine, chosen: Condition, then: Sequence[Any], otherwise: Callable[[], None], line: int | None
) -> None:
    bit_values = dict(machine.scopes.bit_values)
    blocks: list[tuple[Step, ...]] = []
    for run in (partial(machine.block, then), otherwise):
        machine.scopes.bit_values = dict(bit_values)
        machine.depth += 1
        try:
            with machine.collected() as steps:
                run()
        finally:
            machine.depth -= 1
        blocks.append(tuple(steps))
    written = (bit for block in blocks for step in block for bit in bits_written(step))
    machine.scopes.bit_values = bit_values
    machine.scopes.write(tuple(written), None)
    if any(blocks):
        machine.steps.append(If(chosen, blocks[0], blocks[1], line))


def switch(machine: Machine, node: Any, line: int | None) -> None:
    """`switch`, as a sequence of conditions."""
    selector = tabulated(node.target, machine.scopes, machine.values)
    cases = [([machine.values.integer(value, "a case") for value in case.values], case.body) for case in node.cases]
    default: Sequence[Any] = node.default or []
    if isinstance(selector, Table):
        _cases(machine, selector, cases, default, line)
    else:
        machine.block(next((body for values, body in cases if _number(selector) in values), default))


def _cases(
    machine: Machine, table: Table, cases: list[tuple[list[int], Any]], default: Sequence[Any], line: int | None
) -> None:
    if not cases:
        machine.block(default)
        return
    (values, body), *rest = cases
    chosen = where(table, lambda value: _number(value) in values)
    _split(machine, chosen, body, lambda: _cases(machine, table, rest, default, line), line)


def _number(value: Value) -> Value:
    return value.value if isinstance(value, BitString) else value


def while_loop(machine: Machine, node: Any, line: int | None) -> None:
    """`while`, with a condition that is known in each iteration."""
    machine.loops.append(machine.depth)
    while True:
        proceed = condition(node.condition, machine.scopes, machine.values)
        if not isinstance(proceed, bool):
            raise NoFormError("it has a loop that depends on a measurement", line)
        if not proceed or not _iterate(machine, node.body, line):
            break
    machine.loops.pop()


def for_loop(machine: Machine, node: Any, line: int | None) -> None:
    """A loop over a range, a set, an array or bits."""
    machine.loops.append(machine.depth)
    for item in _items(machine, node.iterable, line):
        value = machine.values.cast(item, node.type, line)
        with machine.scope():
            variable = Variable(value, node.type, const=False, depth=machine.depth)
            machine.scopes.declare(node.variable.name, variable, line)
            if not _iterate(machine, node.body, line):
                break
    machine.loops.pop()


def _items(machine: Machine, node: Any, line: int | None) -> Sequence[Value]:
    kind = type(node).__name__
    if kind == "Range":
        return numbers(node, None, machine.values, line)
    if kind == "DiscreteSet":
        return [machine.values.value(value) for value in node.values]
    value = machine.values.value(node)
    if isinstance(value, BitString):
        return [bool(value.value >> place & 1) for place in range(value.width)]
    if not isinstance(value, list):
        raise InvalidError("a loop goes over something other than a range, set, array or register", line)
    return value


def _iterate(machine: Machine, body: Sequence[Any], line: int | None) -> bool:
    """Run the body of a loop once; False after a `break`."""
    machine.budget.step(line)
    try:
        machine.block(body)
    except ContinueError:
        return True
    except BreakError:
        return False
    return True


def jump(machine: Machine, node: Any, line: int | None) -> None:
    """`break`, `continue` and `end`."""
    kind = type(node).__name__
    outside = 0 if kind == "End" else machine.loops[-1]
    if machine.depth > outside:
        raise NoFormError(f"it has '{kind.lower()}' in a branch that depends on a measurement", line)
    raise _JUMPS[kind]()


def box(machine: Machine, node: Any, line: int | None) -> None:
    """A box, which changes no outcome unless it has a duration."""
    if node.duration is not None:
        raise NoFormError("it has a box with a duration", line)
    machine.block(node.body)


def block(machine: Machine, node: Any, line: int | None) -> None:
    """A scope."""
    machine.block(node.statements)


def nothing(machine: Machine, node: Any, line: int | None) -> None:
    """A statement without an effect."""

"""How much work statements are at least, so that what is too large is refused before it is expanded."""

from __future__ import annotations

from collections.abc import Sequence

from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.memory import Constant

from . import indexing, syntax
from .context import Context
from .evaluate import Evaluator
from .scan import calls, expressions, jumps
from .symbols import Routine, UserGate, Value
from .syntax import Statement
from .types import INT


class Sizes:
    """Lower bounds of iterations and operations."""

    def __init__(self, context: Context, evaluator: Evaluator) -> None:
        self.context = context
        self.evaluator = evaluator
        self._sizes: dict[str, tuple[int, int]] = {}

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
                return 0, 0 if powers else self._gate_size(statement.name)
            case syntax.Measurement():
                return 0, 1
            case syntax.Block():
                return self.of(statement.body)
            case syntax.ForStatement():
                count = self._length(statement)
                inner = self.of(statement.body)
                return count * (1 + inner[0]), count * inner[1]
            case syntax.IfStatement() | syntax.WhileStatement() | syntax.SwitchStatement():
                return 0, 0
            case _:
                return self._calls(statement)

    def _calls(self, statement: Statement) -> tuple[int, int]:
        iterations = operations = 0
        for name in calls(expressions(statement)):
            more = self.call_size(name)
            iterations += more[0]
            operations += more[1]
        return iterations, operations

    def _gate_size(self, name: str) -> int:
        symbol = self.context.gate(name)
        return max(1, symbol.size) if isinstance(symbol, UserGate) else 1

    def call_size(self, name: str) -> tuple[int, int]:
        """At least so many iterations and operations in a call of a subroutine."""
        if name not in self._sizes:
            symbol = self.context.find(name)
            if not isinstance(symbol, Routine):
                return 0, 0
            self._sizes[name] = 1, 0  # what a call of itself adds is not known
            iterations, operations = self.of(symbol.definition.body)
            self._sizes[name] = min(1 + iterations, 10**9), min(operations, 10**9)
        return self._sizes[name]

    def _length(self, node: syntax.ForStatement) -> int:
        """The iterations of a loop as far as they are known without expanding what is before it."""
        if not isinstance(node.values, syntax.Range):
            return len(node.values.items) if isinstance(node.values, syntax.IndexSet) else 0
        ends = [node.values.start, node.values.step, node.values.stop]
        numbers: list[int] = []
        for end in ends:
            if end is not None and any(calls([end])):
                return 0
            try:
                value = Value(INT, Constant(1)) if end is None else self.evaluator.value(end)
            except EngineError:
                return 0
            if not isinstance(value.node, Constant) or not isinstance(value.node.value, int):
                return 0
            numbers.append(value.node.value)
        if numbers[1] == 0:
            return 0
        return length(indexing.inclusive(*numbers))


def length(values: range) -> int:
    """Return the length of a range, also beyond the limit of `len`."""
    return max(0, (values.stop - values.start + values.step - (1 if values.step > 0 else -1)) // values.step)

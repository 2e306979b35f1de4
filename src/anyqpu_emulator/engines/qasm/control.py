"""Control flow: what is known is followed while the program is expanded, the rest becomes blocks of the circuit.

A loop or a subroutine is expanded as long as it is known where it ends. Where measured bits decide about a `break`,
`continue` or `return`, its operations so far are dropped, and it is expanded once more as a block that can be left,
with all that it assigns in the circuit's memory.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ..circuit import Block, If, Leave, Loop, Operation, Store
from ..errors import EngineError
from ..memory import Constant, Node
from ..memory import Variable as Slot
from . import indexing, lexer, limits, operators, syntax
from .context import PROGRAM, Context, Routine, Symbol, Value, Variable
from .evaluate import Evaluator
from .routines import bind
from .scan import Work, assigned
from .syntax import Statement
from .types import INT, ArrayType, Scalar, Type


class EndOfProgramError(Exception):
    """An `end` was reached that does not depend on measured bits."""


class _BreakError(Exception):
    """A `break` that is known to happen."""


class _ContinueError(Exception):
    """A `continue` that is known to happen."""


class _ReturnError(Exception):
    """A `return` that is known to happen."""

    def __init__(self, value: Value | None) -> None:
        super().__init__()
        self.value = value


class _LeftError(Exception):
    """The rest of a block cannot be reached: the block was left."""


@dataclass(slots=True, eq=False)
class _Target:
    """What `break`, `continue` or `return` refer to.

    `level` is the level of its body. Labels are those of blocks to leave; None while the flow is followed.
    """

    kind: str
    level: int
    labels: tuple[int, int] | None = None
    result: Variable | None = None
    returns: Type | None = None


class _UndecidedError(Exception):
    """Measured bits decide whether a loop or a subroutine is left."""

    def __init__(self, target: _Target) -> None:
        super().__init__()
        self.target = target


class Control:
    """`all_of` expands statements; `gate_size` tells the operations of a gate by name."""

    def __init__(
        self,
        context: Context,
        evaluator: Evaluator,
        all_of: Callable[[Sequence[Statement]], None],
        gate_size: Callable[[str], int],
    ) -> None:
        self.context = context
        self.evaluator = evaluator
        self.all_of = all_of
        self.work = Work(gate_size, self._call_size, self._length)
        self.measured: Callable[[syntax.MeasureExpression], Value] | None = None
        self._targets: list[_Target] = []
        self._sizes: dict[str, tuple[int, int]] = {}
        self._whiles = 0
        # Loops and calls that measured bits were found to decide about; they are not tried the other way again.
        self._undecided: set[int] = set()
        evaluator.call = self.call

    # ---- blocks

    def _settle(self, at: int, *bodies: Sequence[Statement]) -> None:
        """Bring into memory what blocks assign that measured bits decide about."""
        self.context.settle(at, self._assigned(*bodies))

    def _assigned(self, *bodies: Sequence[Statement]) -> list[Variable]:
        symbols = (self.context.find(name) for body in bodies for name in sorted(assigned(body)))
        return [symbol for symbol in symbols if isinstance(symbol, Variable)]

    def _expand(self, body: Sequence[Statement]) -> None:
        """A block that measured bits decide about, up to where it is left."""
        with self.context.scope(), suppress(_LeftError):
            self.all_of(body)

    # ---- if and switch

    def branch(self, node: syntax.IfStatement) -> None:
        """`if`."""
        context = self.context
        condition = self.evaluator.condition(node.condition)
        if isinstance(condition, Constant):
            with context.scope():
                self.all_of(node.then if condition.value else node.otherwise)
            return
        self._settle(node.at, node.then, node.otherwise)
        with context.captured(deeper=True) as then:
            self._expand(node.then)
        with context.captured(deeper=True) as otherwise:
            self._expand(node.otherwise)
        context.emit(node.at, If(condition, tuple(then), tuple(otherwise)))

    def switch(self, node: syntax.SwitchStatement) -> None:
        """`switch`: the first case with the value, else the default; there is no falling through."""
        context = self.context
        value = self.evaluator.value(node.value)
        if not isinstance(value.type, Scalar) or value.type.kind not in ("int", "uint", "bit", "bool"):
            context.invalid(node.at, f"switch needs an integer, not {value.type}")
        seen: set[int] = set()
        cases: list[tuple[Node, list[Statement]]] = []
        for labels, body in node.cases:
            tests: list[Node] = []
            for label in labels:
                number = self.evaluator.integer(label, "a case")
                if number in seen:
                    context.invalid(label.at, f"case {number} is there twice")
                seen.add(number)
                known = Value(INT, Constant(number))
                with context.located(label.at):
                    _of, same = operators.binary("==", value.type, INT)
                tests.append(context.apply(label.at, same, value.node, known.node))
            cases.append((context.apply(node.at, _any, *tests), body))
        if isinstance(value.node, Constant):
            chosen = next((body for test, body in cases if isinstance(test, Constant) and test.value), node.default)
            with context.scope():
                self.all_of(chosen or [])
            return
        self._settle(node.at, *(body for _test, body in cases), node.default or [])
        label = context.label()
        with context.captured(deeper=True) as operations:
            for test, body in cases:
                with context.captured(deeper=False) as inner:
                    self._expand(body)
                context.emit(node.at, If(test, (*inner, Leave(label))))
            self._expand(node.default or [])
        context.emit(node.at, Block(label, tuple(operations)))

    # ---- while

    def repeat(self, node: syntax.WhileStatement) -> None:
        """`while`."""
        if id(node) in self._undecided:
            self._loop(node)
            return
        mark, values = self.context.mark(), self._values(node.body)
        target = _Target("loop", self.context.level)
        try:
            with self._inside(target):
                self._follow(node)
        except _UndecidedError as undecided:
            if undecided.target is not target:
                raise
            self._restore(mark, values)
            self._undecided.add(id(node))
            self._loop(node)

    def _follow(self, node: syntax.WhileStatement) -> None:
        """Expand iteration after iteration while the condition is known."""
        while True:
            condition = self.evaluator.condition(node.condition)
            if not isinstance(condition, Constant):
                self._loop(node)
                return
            if not condition.value:
                return
            self._whiles += 1
            if self._whiles > limits.MAX_WHILE:
                message = f"the 'while' loops have more iterations than the limit of {limits.MAX_WHILE}"
                self.context.too_large(node.at, message)
            self.context.tick(node.at)
            try:
                with self.context.scope():
                    self.all_of(node.body)
            except _BreakError:
                return
            except _ContinueError:
                pass

    def _loop(self, node: syntax.WhileStatement) -> None:
        """A loop of the circuit, which measured bits end."""
        context = self.context
        self._settle(node.at, node.body)
        with self._block() as (target, operations):
            labels = target.labels or (0, 0)
            condition = self.evaluator.condition(node.condition)
            if not (isinstance(condition, Constant) and condition.value):
                context.emit(node.at, If(condition, (), (Leave(labels[0]),)))
            with context.captured(deeper=False) as body:
                self._expand(node.body)
            context.emit(node.at, Block(labels[1], tuple(body)))
        context.emit(node.at, self._looped(node.at, labels[0], operations))

    def _looped(self, at: int, label: int, operations: Sequence[Operation]) -> Loop:
        line, _column = lexer.place(self.context.text, at)
        return Loop(label, tuple(operations), limits.MAX_RUN_ITERATIONS, line)

    @contextmanager
    def _block(self) -> Generator[tuple[_Target, list[Operation]]]:
        """The body of a loop that can be left: its target, and what is expanded inside."""
        target = _Target("loop", self.context.level + 1, (self.context.label(), self.context.label()))
        with self._inside(target), self.context.captured(deeper=True) as operations:
            yield target, operations

    @contextmanager
    def _inside(self, target: _Target) -> Generator[None]:
        self._targets.append(target)
        try:
            yield
        finally:
            self._targets.pop()

    # ---- for

    def iterate(self, node: syntax.ForStatement) -> None:
        """`for`."""
        values = self._loop_values(node)
        if values is None:
            self._counted(node)
            return
        if id(node) in self._undecided:
            self._unroll_as_block(node, values)
            return
        mark, before = self.context.mark(), self._values(node.body)
        target = _Target("loop", self.context.level)
        try:
            with self._inside(target):
                self._unroll(node, values)
        except _UndecidedError as undecided:
            if undecided.target is not target:
                raise
            self._restore(mark, before)
            self._undecided.add(id(node))
            self._unroll_as_block(node, values)

    def _unroll(self, node: syntax.ForStatement, values: Sequence[Value]) -> None:
        context = self.context
        of = self.evaluator.type(node.type)
        context.iterate(node.at, len(values))
        iterations, operations = self.work.of(node.body)
        context.iterations_room(node.at, len(values) * iterations)
        context.room(node.at, len(values) * operations)
        for value in values:
            context.tick(node.at)
            try:
                with context.scope():
                    context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                    self.all_of(node.body)
            except _BreakError:
                return
            except _ContinueError:
                pass

    def _unroll_as_block(self, node: syntax.ForStatement, values: Sequence[Value]) -> None:
        context = self.context
        of = self.evaluator.type(node.type)
        self._settle(node.at, node.body)
        with self._block() as (target, operations):
            labels = target.labels or (0, 0)
            for value in values:
                context.tick(node.at)
                with context.captured(deeper=False) as inner, context.scope():
                    context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                    self._expand(node.body)
                context.emit(node.at, Block(labels[1], tuple(inner)))
        context.emit(node.at, Block(labels[0], tuple(operations)))

    def _counted(self, node: syntax.ForStatement) -> None:
        """A range whose ends depend on measured bits: a loop of the circuit with a counter."""
        context = self.context
        values = node.values
        assert isinstance(values, syntax.Range)
        if values.start is None or values.stop is None:
            context.invalid(values.at, "the range of a loop needs both ends")
        step = 1 if values.step is None else self.evaluator.integer(values.step, "the step of a loop")
        if step == 0:
            context.invalid(values.at, "the step of a range cannot be 0")
        start = context.convert(values.at, self.evaluator.value(values.start), INT)
        stop = context.convert(values.at, self.evaluator.value(values.stop), INT)
        counter, last = context.slot(), context.slot()
        context.emit(node.at, Store(counter, start), Store(last, stop))
        self._settle(node.at, node.body)
        of = self.evaluator.type(node.type)
        with self._block() as (target, operations):
            labels = target.labels or (0, 0)
            over = context.apply(node.at, lambda now, end: now > end if step > 0 else now < end, Slot(counter), Slot(last))
            context.emit(node.at, If(over, (Leave(labels[0]),)))
            with context.captured(deeper=False) as inner, context.scope():
                value = Value(INT, Slot(counter))
                context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                self._expand(node.body)
            context.emit(node.at, Block(labels[1], tuple(inner)))
            context.emit(node.at, Store(counter, context.apply(node.at, lambda now: now + step, Slot(counter))))
        context.emit(node.at, self._looped(node.at, labels[0], operations))

    def _loop_values(self, node: syntax.ForStatement) -> Sequence[Value] | None:
        """The values that a loop runs over; None for a range that is not known."""
        context, values = self.context, node.values
        if isinstance(values, syntax.IndexSet):
            return [self.evaluator.value(item) for item in values.items]
        if not isinstance(values, syntax.Range):
            return self._elements(values)
        if values.start is None or values.stop is None:
            context.invalid(values.at, "the range of a loop needs both ends")
        ends = [self.evaluator.value(end) for end in (values.start, values.step, values.stop) if end is not None]
        for end in ends:
            if not isinstance(end.type, Scalar) or end.type.kind not in ("int", "uint", "bit", "bool"):
                context.invalid(values.at, f"the range of a loop must be of integers, not {end.type}")
        if not all(end.known for end in ends):
            return None
        numbers = [int(end.node.value) for end in ends if isinstance(end.node, Constant)]
        with context.located(values.at):
            found = indexing.inclusive(numbers[0], numbers[1] if len(numbers) == 3 else 1, numbers[-1])
        if _length(found) > limits.MAX_ITERATIONS:
            context.too_large(
                node.at, f"the loop has {_length(found)} iterations, more than the limit of {limits.MAX_ITERATIONS}"
            )
        return [Value(INT, Constant(number)) for number in found]

    def _elements(self, node: syntax.Expression) -> Sequence[Value]:
        """The elements of an array, or the bits of a register."""
        value = self.evaluator.value(node)
        if isinstance(value.type, ArrayType) and len(value.type.dimensions) == 1:
            count, of = value.type.dimensions[0], value.type.element
            return [
                Value(of, self.context.apply(node.at, lambda values, i=i: values[i], value.node)) for i in range(count)
            ]
        if isinstance(value.type, Scalar) and value.type.kind == "bit" and value.type.width is not None:
            return [
                Value(Scalar("bit"), self.context.apply(node.at, indexing.pick([i]), value.node))
                for i in range(value.type.width)
            ]
        self.context.invalid(node.at, f"a loop runs over a range, a set, an array or a register, not over {value.type}")

    # ---- break, continue, end, return

    def jump(self, node: syntax.Jump) -> None:
        """`break`, `continue` and `end`."""
        context = self.context
        if node.kind == "end":
            if context.level:
                context.emit(node.at, Leave(PROGRAM))
                raise _LeftError
            raise EndOfProgramError
        target = self._targets[-1] if self._targets else None
        if target is None or target.kind != "loop":
            context.invalid(node.at, f"'{node.kind}' outside of a loop")
        if target.labels is not None:
            context.emit(node.at, Leave(target.labels[0 if node.kind == "break" else 1]))
            raise _LeftError
        if context.level != target.level:
            raise _UndecidedError(target)
        raise _BreakError if node.kind == "break" else _ContinueError

    def leave(self, node: syntax.Return) -> None:
        """`return`."""
        context = self.context
        target = next((target for target in reversed(self._targets) if target.kind == "routine"), None)
        if target is None:
            context.invalid(node.at, "'return' outside of a subroutine")
        if (node.value is None) != (target.returns is None):
            context.invalid(
                node.at, f"the subroutine returns {'nothing' if target.returns is None else target.returns}"
            )
        # A return from inside a loop that is a block leaves that one too, so its level counts.
        undecided = context.level != target.level
        if target.labels is None and undecided:
            raise _UndecidedError(target)
        value = None
        if node.value is not None and target.returns is not None:
            value = self._returned(node.value, target.returns)
        if target.labels is None:
            raise _ReturnError(value)
        if value is not None and target.result is not None:
            context.assign(node.at, target.result, value)
        context.emit(node.at, Leave(target.labels[0]))
        raise _LeftError

    def _returned(self, node: syntax.Expression, of: Type) -> Value:
        if isinstance(node, syntax.MeasureExpression):
            assert self.measured is not None
            value = self.measured(node)
        else:
            value = self.evaluator.value(node)
        return Value(of, self.context.convert(node.at, value, of))

    # ---- subroutines

    def call(self, node: syntax.Call, routine: Routine) -> Value | None:
        """Expand the call of a subroutine, and return its value."""
        context, definition = self.context, routine.definition
        context.tick(node.at)
        iterations, operations = self._call_size(definition.name)
        context.iterations_room(node.at, iterations)
        context.iterate(node.at)
        context.room(node.at, operations)
        if context.calls >= limits.MAX_NESTING:
            context.too_large(node.at, f"subroutines call each other deeper than the limit of {limits.MAX_NESTING}")
        returns = None if definition.result is None else self.evaluator.type(definition.result)
        target = _Target("routine", context.level, returns=returns)
        context.calls += 1
        try:
            with context.bits_freed():
                symbols = bind(context, self.evaluator, node, definition)
                value = self._call_either(node, definition, symbols, target)
                if value is None or value.known:
                    return value
                # The bits of the body are free for others from here on, so the value is put aside.
                slot = context.slot()
                context.emit(node.at, Store(slot, value.node))
                return Value(value.type, Slot(slot))
        finally:
            context.calls -= 1

    def _call_either(
        self, node: syntax.Call, definition: syntax.Subroutine, symbols: dict[str, Symbol], target: _Target
    ) -> Value | None:
        if id(node) in self._undecided:
            return self._call_as_block(node, definition, symbols, target.returns)
        before = self._values_of([symbol for symbol in symbols.values() if isinstance(symbol, Variable)])
        mark = self.context.mark()
        try:
            return self._call_followed(node, definition, symbols, target)
        except _UndecidedError as undecided:
            if undecided.target is not target:
                raise
        self._restore(mark, before)
        self._undecided.add(id(node))
        return self._call_as_block(node, definition, symbols, target.returns)

    def _call_followed(
        self, node: syntax.Call, definition: syntax.Subroutine, symbols: dict[str, Symbol], target: _Target
    ) -> Value | None:
        context = self.context
        value: Value | None = None
        with self._inside(target), context.body():
            context.scopes[-1].update(symbols)
            try:
                with context.scope():
                    self.all_of(definition.body)
            except _ReturnError as returned:
                value = returned.value
        if value is None and target.returns is not None:
            context.invalid(node.at, f"the subroutine {definition.name!r} ends without 'return'")
        return value

    def _call_as_block(
        self, node: syntax.Call, definition: syntax.Subroutine, symbols: dict[str, Symbol], returns: Type | None
    ) -> Value | None:
        context = self.context
        result: Variable | None = None
        if returns is not None:
            result = Variable("the result", returns, context.slot(), context.level, None)
            if result.in_bits:
                result.home = context.hidden_bits(node.at, result.width)
        label = context.label()
        target = _Target("routine", context.level + 1, (label, label), result, returns)
        context.settle(node.at, [one for one in symbols.values() if isinstance(one, Variable)])
        with self._inside(target), context.captured(deeper=True) as operations, context.body():
            context.scopes[-1].update(symbols)
            self._expand(definition.body)
        context.emit(node.at, Block(label, tuple(operations)))
        return None if result is None else context.read(result)

    def _call_size(self, name: str) -> tuple[int, int]:
        """At least so many iterations and operations in a call of a subroutine."""
        if name not in self._sizes:
            symbol = self.context.find(name)
            if not isinstance(symbol, Routine):
                return 0, 0
            self._sizes[name] = 1, 0  # what a call of itself adds is not known
            iterations, operations = self.work.of(symbol.definition.body)
            self._sizes[name] = min(1 + iterations, 10**9), min(operations, 10**9)
        return self._sizes[name]

    def _length(self, node: syntax.ForStatement) -> int:
        """The iterations of a loop as far as they are known without expanding what is before it."""
        if not isinstance(node.values, syntax.Range):
            return len(node.values.items) if isinstance(node.values, syntax.IndexSet) else 0
        ends = [node.values.start, node.values.step, node.values.stop]
        numbers: list[int] = []
        for end in ends:
            if end is not None and not isinstance(end, syntax.Literal | syntax.Name | syntax.Binary | syntax.Unary):
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
        return _length(indexing.inclusive(*numbers))

    # ---- going back

    def _values(self, body: Sequence[Statement]) -> dict[Variable, Node | None]:
        return self._values_of(self._assigned(body))

    def _values_of(self, variables: Sequence[Variable]) -> dict[Variable, Node | None]:
        return {variable: variable.node for variable in variables}

    def _restore(self, mark: tuple[int, int], values: dict[Variable, Node | None]) -> None:
        self.context.back(mark)
        for variable, node in values.items():
            variable.node = node


def _any(*tests: bool) -> bool:
    return any(tests)


def _length(values: range) -> int:
    """The length of a range, also where it is beyond what `len` can tell."""
    return max(0, (values.stop - values.start + values.step - (1 if values.step > 0 else -1)) // values.step)



"""Loops: those whose iterations are known are unrolled, the others become loops of the circuit."""

from __future__ import annotations

import operator
from collections.abc import Sequence

from anyqpu_emulator.engines.circuit import Block, If, Leave, Loop, Operation, Store
from anyqpu_emulator.engines.memory import Constant
from anyqpu_emulator.engines.memory import Variable as Slot

from . import indexing, lexer, limits, sizes, syntax
from .flow import BreakError, ContinueError, Flow, Target
from .symbols import Value
from .types import INT, ArrayType, Scalar


class Loops:
    """`while` and `for`."""

    def __init__(self, flow: Flow, work: sizes.Sizes) -> None:
        self.flow = flow
        self.sizes = work
        self.context = flow.context
        self.evaluator = flow.evaluator
        self._whiles = 0

    def repeat(self, node: syntax.WhileStatement) -> None:
        """`while`."""
        target = Target("loop", self.context.level)
        if self.flow.undecided(node) or not self.flow.followed(
            node, target, self.flow.values(node.body), lambda: self._follow(node)
        ):
            self._loop(node)

    def _follow(self, node: syntax.WhileStatement) -> None:
        """Expand iteration after iteration while the condition is known."""
        while True:
            mark = self.context.mark()
            condition = self.evaluator.condition(node.condition)
            if not isinstance(condition, Constant):
                # The loop evaluates it by itself, with the measurements of subroutines that it calls.
                self.context.back(mark)
                self._loop(node)
                return
            if not condition.value:
                return
            self._whiles += 1
            if self._whiles > limits.MAX_WHILE:
                message = f"the 'while' loops have more iterations than the limit of {limits.MAX_WHILE}"
                raise self.context.too_large(node.at, message)
            self.context.tick(node.at)
            try:
                with self.context.scope():
                    self.flow.all_of(node.body)
            except BreakError:
                return
            except ContinueError:
                pass

    def _loop(self, node: syntax.WhileStatement) -> None:
        """A loop of the circuit, which measured bits end."""
        context = self.context
        self.flow.settle(node.at, node.body)
        with self.flow.block() as (loop, iteration, operations):
            condition = self.evaluator.condition(node.condition)
            if not (isinstance(condition, Constant) and condition.value):
                context.emit(node.at, If(condition, (), (Leave(loop),)))
            with context.captured(deeper=False) as body:
                self.flow.expand(node.body)
            context.emit(node.at, Block(iteration, tuple(body)))
        context.emit(node.at, self._looped(node.at, loop, operations))

    def _looped(self, at: int, label: int, operations: Sequence[Operation]) -> Loop:
        line, _column = lexer.place(self.context.text, at)
        return Loop(label, tuple(operations), limits.MAX_RUN_ITERATIONS, line)

    # ---- for

    def iterate(self, node: syntax.ForStatement) -> None:
        """`for`."""
        values = self._loop_values(node)
        if isinstance(values, syntax.Range):
            self._counted(node, values)
            return
        target = Target("loop", self.context.level)
        if self.flow.undecided(node) or not self.flow.followed(
            node, target, self.flow.values(node.body), lambda: self._unroll(node, values)
        ):
            self._unroll_as_block(node, values)

    def _unroll(self, node: syntax.ForStatement, values: Sequence[Value]) -> None:
        context = self.context
        of = self.evaluator.type(node.type)
        context.iterate(node.at, len(values))
        iterations, operations = self.sizes.of(node.body)
        context.iterations_room(node.at, len(values) * iterations)
        context.check_operations(node.at, len(values) * operations)
        for value in values:
            context.tick(node.at)
            try:
                with context.scope():
                    context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                    self.flow.all_of(node.body)
            except BreakError:
                return
            except ContinueError:
                pass

    def _unroll_as_block(self, node: syntax.ForStatement, values: Sequence[Value]) -> None:
        context = self.context
        of = self.evaluator.type(node.type)
        self.flow.settle(node.at, node.body)
        with self.flow.block() as (loop, iteration, operations):
            for value in values:
                context.tick(node.at)
                with context.captured(deeper=False) as inner, context.scope():
                    context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                    self.flow.expand(node.body)
                context.emit(node.at, Block(iteration, tuple(inner)))
        context.emit(node.at, Block(loop, tuple(operations)))

    def _counted(self, node: syntax.ForStatement, values: syntax.Range) -> None:
        """A range whose ends depend on measured bits: a loop of the circuit with a counter."""
        context = self.context
        if values.start is None or values.stop is None:
            raise context.invalid(values.at, "the range of a loop needs both ends")
        step = 1 if values.step is None else self.evaluator.integer(values.step, "the step of a loop")
        if step == 0:
            raise context.invalid(values.at, "the step of a range cannot be 0")
        start = context.convert(values.at, self.evaluator.value(values.start), INT)
        stop = context.convert(values.at, self.evaluator.value(values.stop), INT)
        counter, last = context.slot(), context.slot()
        context.emit(node.at, Store(counter, start), Store(last, stop))
        self.flow.settle(node.at, node.body)
        of = self.evaluator.type(node.type)
        with self.flow.block() as (loop, iteration, operations):
            over = context.apply(node.at, operator.gt if step > 0 else operator.lt, Slot(counter), Slot(last))
            context.emit(node.at, If(over, (Leave(loop),)))
            with context.captured(deeper=False) as inner, context.scope():
                value = Value(INT, Slot(counter))
                context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))
                self.flow.expand(node.body)
            context.emit(node.at, Block(iteration, tuple(inner)))
            context.emit(node.at, Store(counter, context.apply(node.at, operator.add, Slot(counter), Constant(step))))
        context.emit(node.at, self._looped(node.at, loop, operations))

    def _loop_values(self, node: syntax.ForStatement) -> Sequence[Value] | syntax.Range:
        """The values that a loop runs over, or the range where its ends are not known."""
        context, values = self.context, node.values
        if isinstance(values, syntax.IndexSet):
            return [self.evaluator.value(item) for item in values.items]
        if not isinstance(values, syntax.Range):
            return self._elements(values)
        if values.start is None or values.stop is None:
            raise context.invalid(values.at, "the range of a loop needs both ends")
        ends = [self.evaluator.value(end) for end in (values.start, values.step, values.stop) if end is not None]
        for end in ends:
            if not isinstance(end.type, Scalar) or end.type.kind not in ("int", "uint", "bit", "bool"):
                raise context.invalid(values.at, f"the range of a loop must be of integers, not {end.type}")
        if not all(end.is_constant for end in ends):
            return values
        numbers = [int(end.node.value) for end in ends if isinstance(end.node, Constant)]
        with context.located(values.at):
            sequence = indexing.inclusive(numbers[0], numbers[1] if len(numbers) == 3 else 1, numbers[-1])
        if sizes.length(sequence) > limits.MAX_ITERATIONS:
            raise context.too_large(
                node.at,
                f"the loop has {sizes.length(sequence)} iterations, more than the limit of {limits.MAX_ITERATIONS}",
            )
        return [Value(INT, Constant(number)) for number in sequence]

    def _elements(self, node: syntax.Expression) -> Sequence[Value]:
        """The elements of an array, or the bits of a register."""
        value = self.evaluator.value(node)
        if isinstance(value.type, ArrayType) and len(value.type.dimensions) == 1:
            count, of = value.type.dimensions[0], value.type.element
            return [Value(of, self.context.apply(node.at, operator.itemgetter(i), value.node)) for i in range(count)]
        if isinstance(value.type, Scalar) and value.type.kind == "bit" and value.type.width is not None:
            return [
                Value(Scalar("bit"), self.context.apply(node.at, indexing.pick([i]), value.node))
                for i in range(value.type.width)
            ]
        raise self.context.invalid(
            node.at, f"a loop runs over a range, a set, an array or a register, not over {value.type}"
        )

"""Subroutines: their arguments, and their bodies in place of their calls.

Qubits are passed by reference, classical values by copy, arrays by reference.
"""

from __future__ import annotations

from anyqpu_emulator.engines.circuit import Block, Store
from anyqpu_emulator.engines.memory import Variable as Slot

from . import limits, scan, syntax
from .context import Context
from .evaluate import Evaluator
from .flow import Flow, ReturnError, Target
from .sizes import Sizes
from .symbols import Qubits, Routine, Symbol, Value, Variable
from .types import ArrayType, Type


class Routines:
    """Calls of subroutines."""

    def __init__(self, flow: Flow, work: Sizes) -> None:
        self.flow = flow
        self.sizes = work
        self.context = flow.context
        self.evaluator = flow.evaluator

    def call(self, node: syntax.Call, routine: Routine) -> Value | None:
        """Expand the call of a subroutine, and return its value."""
        context, definition = self.context, routine.definition
        context.tick(node.at)
        iterations, operations = self.sizes.call_size(definition.name)
        context.iterations_room(node.at, iterations)
        context.iterate(node.at)
        context.check_operations(node.at, operations)
        if context.calls >= limits.MAX_NESTING:
            raise context.too_large(
                node.at, f"subroutines call each other deeper than the limit of {limits.MAX_NESTING}"
            )
        context.calls += 1
        try:
            with context.bits_freed():
                value = self._value(node, definition)
                if value is None or value.is_constant:
                    return value
                # The bits of the body are free for others from here on, so the value is put aside.
                slot = context.slot()
                context.emit(node.at, Store(slot, value.node))
                return Value(value.type, Slot(slot))
        finally:
            context.calls -= 1

    def _value(self, node: syntax.Call, definition: syntax.Subroutine) -> Value | None:
        context = self.context
        returns = None if definition.result is None else self.evaluator.type(definition.result)
        symbols = bind(context, self.evaluator, node, definition)
        if not self.flow.undecided(node):
            values = {symbol: symbol.node for symbol in symbols.values() if isinstance(symbol, Variable)}
            results: list[Value | None] = []
            target = Target("routine", context.level, returns=returns)
            if self.flow.followed(
                node, target, values, lambda: results.append(self._call_followed(node, definition, symbols, target))
            ):
                return results[0]
        return self._call_as_block(node, definition, symbols, returns)

    def _call_followed(
        self, node: syntax.Call, definition: syntax.Subroutine, symbols: dict[str, Symbol], target: Target
    ) -> Value | None:
        context = self.context
        value: Value | None = None
        with context.body():
            context.scopes[-1].update(symbols)
            try:
                with context.scope():
                    self.flow.all_of(definition.body)
            except ReturnError as returned:
                value = returned.value
        if value is None and target.returns is not None:
            raise context.invalid(node.at, f"the subroutine {definition.name!r} ends without 'return'")
        return value

    def _call_as_block(
        self, node: syntax.Call, definition: syntax.Subroutine, symbols: dict[str, Symbol], returns: Type | None
    ) -> Value | None:
        context = self.context
        result: Variable | None = None
        if returns is not None:
            if not scan.returns(definition.body):
                raise context.invalid(node.at, f"the subroutine {definition.name!r} can end without 'return'")
            result = Variable("the result", returns, context.slot(), context.level, None)
            if result.in_bits:
                result.home = context.hidden_bits(node.at, result.width)
        label = context.label()
        target = Target("routine", context.level + 1, (label, label), result, returns)
        context.settle(node.at, [one for one in symbols.values() if isinstance(one, Variable)])
        with self.flow.inside(target), context.captured(deeper=True) as operations, context.body():
            context.scopes[-1].update(symbols)
            self.flow.expand(definition.body)
        context.emit(node.at, Block(label, tuple(operations)))
        return None if result is None else context.read(result)


def bind(context: Context, evaluator: Evaluator, call: syntax.Call, definition: syntax.Subroutine) -> dict[str, Symbol]:
    """What the names of the parameters stand for in a call."""
    wanted, passed = len(definition.arguments), len(call.arguments)
    if wanted != passed:
        plural = "" if wanted == 1 else "s"
        raise context.invalid(
            call.at, f"the subroutine {definition.name!r} takes {wanted} argument{plural}, not {passed}"
        )
    symbols: dict[str, Symbol] = {}
    used: set[int] = set()
    for parameter, argument in zip(definition.arguments, call.arguments, strict=True):
        if parameter.name in symbols:
            raise context.invalid(parameter.at, f"the subroutine {definition.name!r} names {parameter.name!r} twice")
        if parameter.type.kind == "qubit":
            qubits = _qubits(context, evaluator, parameter, argument)
            if used & set(qubits.qubits) and qubits.choice is None:
                raise context.invalid(argument.at, f"the subroutine {definition.name!r} is given the same qubit twice")
            used |= set(qubits.qubits)
            symbols[parameter.name] = qubits
        elif parameter.type.kind == "array":
            symbols[parameter.name] = _array(context, evaluator, parameter, argument)
        else:
            of = evaluator.type(parameter.type)
            value = evaluator.value(argument)
            symbols[parameter.name] = context.variable(argument.at, parameter.name, of, value, local=True)
    return symbols


def _qubits(context: Context, evaluator: Evaluator, parameter: syntax.Argument, argument: syntax.Expression) -> Qubits:
    qubits = evaluator.qubits(argument)
    wanted = parameter.type.size
    if wanted is None:
        if not qubits.single and len(qubits.qubits) != 1:
            raise context.invalid(
                argument.at, f"{parameter.name!r} is one qubit, not a register of {len(qubits.qubits)}"
            )
        return Qubits(qubits.qubits, True, qubits.choice)
    size = evaluator.integer(wanted, "the size of a register")
    if qubits.choice is not None:
        raise context.unsupported(argument.at, "a register whose index depends on measured bits")
    if size != len(qubits.qubits):
        raise context.invalid(
            argument.at, f"{parameter.name!r} is a register of {size} qubits, not of {len(qubits.qubits)}"
        )
    return Qubits(qubits.qubits, False)


def _array(context: Context, evaluator: Evaluator, parameter: syntax.Argument, argument: syntax.Expression) -> Symbol:
    """A mutable array is the variable itself, a readonly one its value."""
    symbol = context.find(argument.name) if isinstance(argument, syntax.Name) else None
    of = evaluator.value(argument).type
    if not isinstance(of, ArrayType):
        raise context.invalid(argument.at, f"{parameter.name!r} is an array, not {of}")
    written = parameter.type
    if written.rank is not None:
        rank = evaluator.integer(written.rank, "the number of dimensions")
        fits = rank == len(of.dimensions)
    else:
        fits = evaluator.type(written) == of
    if not fits:
        raise context.invalid(argument.at, f"{of} does not fit the parameter {parameter.name!r}")
    if written.reference == "mutable":
        if not isinstance(symbol, Variable):
            raise context.unsupported(argument.at, "a part of an array that a subroutine may change")
        return symbol
    # A readonly array is a value: it cannot change while the subroutine runs.
    return evaluator.value(argument)

"""Assignments to variables, their elements and their bits."""

from __future__ import annotations

from typing import Any

from anyqpu_emulator.engines.circuit import SetBits
from anyqpu_emulator.engines.memory import Bits, Constant

from . import indexing, syntax
from .context import Context
from .evaluate import Evaluator
from .measurements import Measurements
from .scan import base
from .symbols import BitAlias, Value, Variable, kind_of
from .syntax import Expression
from .types import BIT, ArrayType, Scalar, Type


class Assignments:
    """Gives variables new values."""

    def __init__(self, context: Context, evaluator: Evaluator) -> None:
        self.context = context
        self.evaluator = evaluator
        self.measurements = Measurements(context, evaluator, self.assign)

    def statement(self, node: syntax.Assignment) -> None:
        """`target = value;`, also with `+=` and so on."""
        if isinstance(node.value, syntax.MeasureExpression) and node.op == "=":
            self.measurements.into(node.at, node.value.operand, node.target)
            return
        if isinstance(node.value, syntax.MeasureExpression):
            value = self.measurements.measured(node.at, self.evaluator.qubits(node.value.operand))
        elif isinstance(node.value, syntax.IndexSet):
            value = self.initial(node.value, self.evaluator.value(node.target).type)
        else:
            value = self.evaluator.value(node.value)
        self.store(node.at, node.target, node.op, value)

    def assign(self, at: int, target: Expression, value: Value) -> None:
        """`target = value;`."""
        self.store(at, target, "=", value)

    def store(self, at: int, target: Expression, op: str, value: Value) -> None:
        """Assign a value to a variable, or to elements or bits of it."""
        context = self.context
        if op != "=":
            value = self.evaluator.operate(at, op[:-1], self.evaluator.value(target), value)
        node = target.base if isinstance(target, syntax.Index) else target
        if isinstance(target, syntax.Index) and isinstance(node, syntax.Index):
            self._store_bits_of_element(at, target, node, value)
            return
        symbol = context.find(node.name) if isinstance(node, syntax.Name) else None
        if isinstance(symbol, BitAlias):
            self._store_alias(at, target, value)
            return
        if not isinstance(symbol, Variable):
            name = node.name if isinstance(node, syntax.Name) else "this"
            label = "not declared" if symbol is None else f"{kind_of(symbol)} and cannot be assigned"
            raise context.invalid(at, f"{name!r} is {label}")
        self._own(at, base(target))
        if isinstance(target, syntax.Index):
            value = self._changed(at, target, context.read(symbol), value)
        context.assign(at, symbol, value)

    def _own(self, at: int, name: str) -> None:
        """Refuse the change of a variable of the program inside a subroutine, unless it was given as an argument."""
        context = self.context
        if context.calls and not any(name in scope for scope in context.scopes[1:]):
            raise context.invalid(at, f"a subroutine cannot assign {name!r}, a variable of the program")

    def _changed(self, at: int, target: syntax.Index, old: Value, value: Value) -> Value:
        """The whole value of a variable after some of its elements or bits are replaced."""
        context = self.context
        if isinstance(old.type, ArrayType):
            of = old.type
            selection = self.evaluator.selection(target, of)
            if isinstance(selection, indexing.Selection):
                node = context.convert(at, value, selection.type)
                return Value(of, context.apply(at, selection.set, old.node, node))

            def replace(values: tuple[Any, ...], new: Any, *indices: int) -> tuple[Any, ...]:
                place = indexing.flat_index(of, indices)
                return (*values[:place], new, *values[place + 1 :])

            node = context.convert(at, value, of.element)
            return Value(of, context.apply(at, replace, old.node, node, *selection))
        width = old.type.width
        if width is None or old.type.kind not in ("bit", "int", "uint", "angle"):
            raise context.invalid(at, f"{old.type} has no bits to index; only types with a size have")
        positions = self.evaluator.index_items(target.items, width, f"{old.type}")
        # The bits are replaced as an unsigned integer, which then is of the type again.
        raw = Scalar("bit", width)
        if isinstance(positions, tuple):
            places, single = positions
            node = context.convert(at, value, BIT if single else Scalar("bit", len(places)))
            changed = context.apply(at, indexing.put(places), old.node, node)
        else:
            node = context.convert(at, value, BIT)
            changed = context.apply(at, indexing.put_at, old.node, node, positions)
        if old.type.kind != "int":
            return Value(old.type, changed)
        return Value(old.type, context.convert(at, Value(raw, changed), old.type))

    def _store_bits_of_element(self, at: int, target: syntax.Index, inner: syntax.Index, value: Value) -> None:
        """`a[i][j] = …`: a bit of an element of an array, or an element of a row."""
        element = self.evaluator.value(inner)
        self.store(at, inner, "=", self._changed(at, target, element, value))

    def _store_alias(self, at: int, target: Expression, value: Value) -> None:
        place = self.measurements.bits_of_target(target)
        bits, single, choice = place or ([], True, None)
        if choice is not None:
            raise self.context.unsupported(at, "an index of an alias that depends on measured bits")
        node = self.context.convert(at, value, BIT if single else Scalar("bit", len(bits)))
        if not isinstance(node, Constant) and len(bits) > 1:
            # The value might read the bits that are being replaced, so it is put aside.
            start = self.context.hidden_bits(at, len(bits))
            self.context.emit(at, SetBits(start, len(bits), node))
            node = Bits(start, len(bits))
        for i, bit in enumerate(bits):
            one = self.context.apply(at, indexing.pick([i]), node)
            self.context.emit(at, SetBits(bit, 1, one))

    def initial(self, node: Expression, of: Type) -> Value:
        """The value of an expression, or of the elements of an array."""
        if isinstance(node, syntax.IndexSet):
            if not isinstance(of, ArrayType):
                raise self.context.invalid(node.at, f"braces are for arrays, not for {of}")
            return self.evaluator.elements(node, of)
        return self.evaluator.value(node)

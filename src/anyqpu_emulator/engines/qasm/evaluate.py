"""Expressions to values: known ones are computed, the others become expressions on the circuit's memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from anyqpu_emulator.engines.errors import ProgramTooLargeError
from anyqpu_emulator.engines.memory import Bits, Constant, Node

from . import functions, indexing, limits, operators, syntax
from .context import Context
from .symbols import BitAlias, Qubits, Routine, Value, Variable, kind_of
from .syntax import Expression, TypeNode
from .types import BIT, BOOL, DURATION, FLOAT, INT, UINT, ArrayType, Scalar, Type

_LITERALS = {"int": INT, "float": FLOAT, "bool": BOOL, "duration": DURATION}


class Evaluator:
    """`call` expands the call of a subroutine; it is set by the part that can."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.call: Callable[[syntax.Call, Routine], Value | None] | None = None

    def value(self, node: Expression) -> Value:
        """The value of an expression."""
        context = self.context
        match node:
            case syntax.Literal():
                if node.kind == "imaginary":
                    raise context.unsupported(node.at, "complex numbers")
                of = Scalar("bit", node.width) if node.kind == "bit" else _LITERALS[node.kind]
                return Value(of, Constant(node.value))
            case syntax.Name():
                return self._name(node)
            case syntax.Binary():
                return self._binary(node)
            case syntax.Unary():
                operand = self.value(node.operand)
                with context.located(node.at):
                    of, function = operators.unary(node.op, operand.type)
                return Value(of, context.apply(node.at, function, operand.node))
            case syntax.Call():
                return self._call(node)
            case syntax.Cast():
                operand = self.value(node.operand)
                target = self.type(node.type)
                return Value(target, context.convert(node.at, operand, target))
            case syntax.Index():
                return self._index(node)
            case syntax.Concatenation():
                return self._concatenation(node)
            case syntax.DurationOf():
                return Value(DURATION, Constant(0.0))
            case _:
                if isinstance(node, syntax.MeasureExpression):
                    raise context.invalid(node.at, "a measurement can only be assigned, as in 'c = measure q;'")
                raise context.invalid(node.at, "a range or a set can only be an index or what a loop runs over")

    def integer(self, node: Expression, label: str) -> int:
        """An integer that has to be known before the circuit runs."""
        value = self.value(node)
        if not isinstance(value.node, Constant):
            raise self.context.unsupported(node.at, f"{label} that depends on measured bits")
        if not isinstance(value.type, Scalar) or value.type.kind not in ("int", "uint", "bool", "bit"):
            raise self.context.invalid(node.at, f"{label} must be an integer, not {value.type}")
        return int(value.node.value)

    def condition(self, node: Expression) -> Node:
        """An expression as a condition."""
        return self.context.convert(node.at, self.value(node), BOOL)

    # ---- types

    def type(self, node: TypeNode) -> Type:
        """A type from how it is written."""
        match node.kind:
            case "complex":
                raise self.context.unsupported(node.at, "complex numbers")
            case "bool":
                return BOOL
            case "duration" | "stretch":
                return DURATION
            case "float":
                # All floats have double precision here.
                return FLOAT
            case "array":
                return self._array_type(node)
            case _:
                return Scalar(node.kind, self._width(node))

    def _width(self, node: TypeNode) -> int | None:
        if node.size is None:
            return None
        width = self.integer(node.size, f"the size of a {node.kind}")
        if width < 1:
            raise self.context.invalid(node.at, f"the size of a {node.kind} must be positive, not {width}")
        limit = limits.MAX_BITS if node.kind == "bit" else limits.MAX_WIDTH
        if width > limit:
            raise self.context.too_large(node.at, f"{node.kind}[{width}] has more bits than the limit of {limit}")
        return width

    def _array_type(self, node: TypeNode) -> ArrayType:
        if node.element is None or node.dimensions is None:
            raise self.context.invalid(node.at, "an array needs its dimensions here")
        element = self.type(node.element)
        if isinstance(element, ArrayType):
            raise self.context.invalid(node.at, "the elements of an array must be scalars")
        sizes = tuple(self.integer(one, "a dimension of an array") for one in node.dimensions)
        if not sizes or min(sizes) < 1:
            raise self.context.invalid(node.at, "the dimensions of an array must be positive")
        # Multiplied one by one, so that the product stays small.
        elements = 1
        for size in sizes:
            elements *= size
            if elements > limits.MAX_ARRAY:
                raise self.context.too_large(
                    node.at, f"an array has more elements than the limit of {limits.MAX_ARRAY}"
                )
        return ArrayType(element, sizes)

    # ---- names

    def _name(self, node: syntax.Name) -> Value:
        symbol = self.context.find(node.name)
        match symbol:
            case Variable() | BitAlias() if self.context.in_constant:
                raise self.context.invalid(node.at, f"a constant cannot depend on the variable {node.name!r}")
            case Variable():
                if self.context.in_gate:
                    raise self.context.invalid(node.at, f"a gate can use constants, and not the variable {node.name!r}")
                return self.context.read(symbol)
            case Value():
                return symbol
            case BitAlias():
                return self._bits(symbol)
            case None:
                if node.name in functions.CONSTANTS and (self.context.version == 3 or node.name == "pi"):
                    return Value(FLOAT, Constant(functions.CONSTANTS[node.name]))
                raise self.context.invalid(node.at, f"{node.name!r} is not defined")
            case Qubits():
                raise self.context.invalid(node.at, f"{node.name!r} is {kind_of(symbol)}, not a classical value")
            case _:
                raise self.context.invalid(node.at, f"{node.name!r} is {kind_of(symbol)}, not a value")

    def _bits(self, alias: BitAlias) -> Value:
        of = BIT if alias.single else Scalar("bit", len(alias.bits))
        first = alias.bits[0]
        if alias.bits == tuple(range(first, first + len(alias.bits))):
            return Value(of, Bits(first, len(alias.bits)))
        nodes = [Bits(bit, 1) for bit in alias.bits]
        return Value(of, self.context.apply(0, _join, *nodes))

    # ---- operators and functions

    def _binary(self, node: syntax.Binary) -> Value:
        """Chains such as 1 + 1 + … lean to the left and can be long, so they are not followed by recursion."""
        chain: list[syntax.Binary] = []
        first: Expression = node
        while isinstance(first, syntax.Binary):
            chain.append(first)
            first = first.left
        left = self.value(first)
        for link in reversed(chain):
            self.context.tick(link.at)
            left = self.operate(link.at, link.op, left, self.value(link.right))
        return left

    def operate(self, at: int, op: str, left: Value, right: Value) -> Value:
        """The value of an operator between two values."""
        context = self.context
        integers = isinstance(left.type, Scalar) and left.type.kind in ("int", "uint") and right.type == INT
        if op == "**" and integers and isinstance(right.node, Constant) and right.node.value < 0:
            # 2 ** -1 is 0.5; a negative exponent that is only known later has no type to be of.
            left = Value(FLOAT, context.convert(at, left, FLOAT))
        with context.located(at):
            of, function = operators.binary(op, left.type, right.type)
        return Value(of, context.apply(at, function, left.node, right.node))

    def _call(self, node: syntax.Call) -> Value:
        context = self.context
        symbol = context.find(node.name)
        if isinstance(symbol, Routine):
            result = self.call(node, symbol) if self.call is not None else None
            if result is None:
                raise context.invalid(node.at, f"the subroutine {node.name!r} returns nothing")
            return result
        if symbol is not None:
            raise context.invalid(node.at, f"{node.name!r} is {kind_of(symbol)} and cannot be called")
        if node.name == "sizeof":
            return self._sizeof(node)
        if node.name not in functions.NAMES[context.version]:
            raise context.invalid(node.at, f"there is no function or subroutine {node.name!r}")
        values = [self.value(argument) for argument in node.arguments]
        with context.located(node.at):
            of, function = functions.function(node.name, [value.type for value in values])
        return Value(of, context.apply(node.at, function, *(value.node for value in values)))

    def _sizeof(self, node: syntax.Call) -> Value:
        if not 1 <= len(node.arguments) <= 2:
            raise self.context.invalid(node.at, "sizeof takes an array and, optionally, a dimension")
        # The size of an array is constant also where its elements are not.
        constant, self.context.in_constant = self.context.in_constant, False
        of = self.value(node.arguments[0]).type
        self.context.in_constant = constant
        if not isinstance(of, ArrayType):
            raise self.context.invalid(node.at, f"sizeof needs an array, not {of}")
        dimension = self.integer(node.arguments[1], "a dimension") if len(node.arguments) == 2 else 0
        if not 0 <= dimension < len(of.dimensions):
            raise self.context.invalid(node.at, f"{of} has no dimension {dimension}")
        return Value(UINT, Constant(of.dimensions[dimension]))

    # ---- indices

    def index_items(self, items: Sequence[Expression], size: int, label: str) -> tuple[list[int], bool] | Node:
        """The positions that one index selects and whether it is a single one; an expression where it is not known."""
        context = self.context
        if len(items) != 1:
            raise context.invalid(
                items[0].at, f"{label} has one dimension; several places are an index set, as in [{{0, 2}}]"
            )
        item = items[0]
        with context.located(item.at):
            if isinstance(item, syntax.Range):
                return list(self.slice(item, size, label)), False
            if isinstance(item, syntax.IndexSet):
                if not item.items:
                    raise context.invalid(item.at, "an index set cannot be empty")
                chosen = [self.integer(one, "an index") for one in item.items]
                return [indexing.position(one, size, label) for one in chosen], False
            value = self.value(item)
            if not isinstance(value.type, Scalar) or value.type.kind not in ("int", "uint", "bool", "bit"):
                raise context.invalid(item.at, f"an index must be an integer, not {value.type}")
            if not isinstance(value.node, Constant):
                return context.apply(item.at, indexing.counted(size, label), value.node)
            return [indexing.position(int(value.node.value), size, label)], True

    def slice(self, node: syntax.Range, size: int, label: str) -> range:
        """The positions of a range whose ends are known."""
        ends = [None if end is None else self.integer(end, "a range") for end in (node.start, node.step, node.stop)]
        return indexing.positions(ends[0], ends[1], ends[2], size, label)

    def _index(self, node: syntax.Index) -> Value:
        base = self.value(node.base)
        if isinstance(base.type, ArrayType):
            return self._element(node, base, base.type)
        width = base.type.width
        if base.type == BIT or base.type.kind not in ("bit", "int", "uint", "angle") or width is None:
            raise self.context.invalid(node.at, f"{base.type} has no bits to index; only types with a size have")
        positions = self.index_items(node.items, width, f"{base.type}")
        if not isinstance(positions, tuple):
            return Value(BIT, self.context.apply(node.at, _bit_at, base.node, positions))
        places, single = positions
        of = BIT if single else Scalar("bit", len(places))
        if isinstance(base.node, Bits) and places == list(range(places[0], places[0] + len(places))):
            return Value(of, Bits(base.node.start + places[0], len(places)))
        return Value(of, self.context.apply(node.at, indexing.pick(places), base.node))

    def _element(self, node: syntax.Index, base: Value, of: ArrayType) -> Value:
        selection = self.selection(node, of)
        if isinstance(selection, indexing.Selection):
            return Value(selection.type, self.context.apply(node.at, selection.get, base.node))

        def get(values: tuple[Any, ...], *indices: int) -> Any:
            return values[indexing.flat_index(of, indices)]

        return Value(of.element, self.context.apply(node.at, get, base.node, *selection))

    def selection(self, node: syntax.Index, of: ArrayType) -> indexing.Selection | list[Node]:
        """What indices select of an array; expressions for one element where they are not all known."""
        chosen: list[int | range] = []
        computed: list[Node] = []
        if len(node.items) > len(of.dimensions):
            raise self.context.invalid(node.at, f"{len(node.items)} indices for {of}")
        for item, size in zip(node.items, of.dimensions, strict=False):
            with self.context.located(item.at):
                if isinstance(item, syntax.Range):
                    chosen.append(self.slice(item, size, "an array"))
                    continue
                if isinstance(item, syntax.IndexSet):
                    raise self.context.invalid(item.at, "an array cannot be indexed by a set")
                value = self.value(item)
                computed.append(value.node)
                if isinstance(value.node, Constant):
                    chosen.append(indexing.position(int(value.node.value), size, "an array"))
        if len(chosen) == len(node.items):
            return indexing.Selection(of, chosen)
        if len(computed) != len(of.dimensions):
            raise self.context.unsupported(node.at, "a part of an array at an index that depends on measured bits")
        return computed

    def _concatenation(self, node: syntax.Concatenation) -> Value:
        parts = [self.value(part) for part in node.parts]
        first = parts[0].type
        if isinstance(first, ArrayType):
            arrays = [part.type for part in parts if isinstance(part.type, ArrayType)]
            if len(arrays) < len(parts) or any(
                one.element != first.element or one.dimensions[1:] != first.dimensions[1:] for one in arrays
            ):
                raise self.context.invalid(node.at, "'++' needs arrays of the same element type and inner dimensions")
            of: Type = ArrayType(first.element, (sum(one.dimensions[0] for one in arrays), *first.dimensions[1:]))
            return Value(of, self.context.apply(node.at, lambda *all_: sum(all_, ()), *(part.node for part in parts)))
        widths: list[int] = []
        for part in parts:
            if not isinstance(part.type, Scalar) or part.type.kind != "bit":
                raise self.context.invalid(node.at, f"'++' joins registers or arrays, not {part.type}")
            widths.append(part.type.width or 1)

        def join(*values: int) -> int:
            total, shift = 0, 0
            for value, width in zip(values, widths, strict=True):
                total |= value << shift
                shift += width
            return total

        if sum(widths) > limits.MAX_BITS:
            raise self.context.error(ProgramTooLargeError, node.at, f"more than the limit of {limits.MAX_BITS} bits")
        of = Scalar("bit", sum(widths))
        return Value(of, self.context.apply(node.at, join, *(part.node for part in parts)))

    def elements(self, node: syntax.IndexSet, of: ArrayType) -> Value:
        """An array literal as a value of an array type."""
        nodes: list[Node] = []

        def collect(item: Expression, dimensions: tuple[int, ...]) -> None:
            if isinstance(item, syntax.IndexSet):
                if not dimensions or len(item.items) != dimensions[0]:
                    size = dimensions[0] if dimensions else "a scalar"
                    raise self.context.invalid(item.at, f"{len(item.items)} elements where {size} should be")
                for one in item.items:
                    collect(one, dimensions[1:])
                return
            value = self.value(item)
            if not dimensions:
                nodes.append(self.context.convert(item.at, value, of.element))
                return
            whole = ArrayType(of.element, dimensions)
            row = self.context.convert(item.at, value, whole)
            nodes.extend(
                self.context.apply(item.at, itemgetter(place), row) for place in range(indexing.size_of(dimensions))
            )

        collect(node, of.dimensions)
        return Value(of, self.context.apply(node.at, lambda *values: values, *nodes))

    # ---- qubits

    def qubits(self, node: Expression) -> Qubits:
        """The qubit or register that an operand names."""
        context = self.context
        if isinstance(node, syntax.Index):
            base = self.qubits(node.base)
            item = node.items[0]
            if isinstance(item, syntax.Literal) and len(node.items) == 1 and not base.single:
                # The common case, without lists in between.
                place = int(item.value) if item.kind == "int" else -1
                if 0 <= place < len(base.qubits):
                    return Qubits((base.qubits[place],), True)
            if base.single:
                raise context.invalid(node.at, f"{self.spelled(node.base)} is a single qubit and has no index")
            positions = self.index_items(node.items, len(base.qubits), f"the register {self.spelled(node.base)}")
            if not isinstance(positions, tuple):
                return Qubits(base.qubits, True, positions)
            places, single = positions
            return Qubits(tuple(base.qubits[place] for place in places), single)
        if isinstance(node, syntax.Concatenation):
            joined = tuple(qubit for part in node.parts for qubit in self.qubits(part).qubits)
            if len(set(joined)) != len(joined):
                raise context.invalid(node.at, "a register cannot be joined with a part of itself")
            return Qubits(joined, False)
        if not isinstance(node, syntax.Name):
            raise context.invalid(node.at, "a qubit or a register of qubits should be here")
        symbol = context.find(node.name)
        if isinstance(symbol, Qubits):
            return symbol
        if symbol is None:
            raise context.invalid(node.at, f"qubit {node.name!r} is not declared")
        raise context.invalid(node.at, f"{node.name!r} is {kind_of(symbol)}, not a qubit")

    def spelled(self, node: Expression) -> str:
        """How an operand is written, for messages."""
        match node:
            case syntax.Name():
                return node.name
            case syntax.Index():
                items = [str(item.value) if isinstance(item, syntax.Literal) else "…" for item in node.items]
                return f"{self.spelled(node.base)}[{', '.join(items)}]"
            case _:
                return "this"


def _bit_at(value: int, place: int) -> int:
    return (value >> place) & 1


def _join(*bits: int) -> int:
    return sum(bit << place for place, bit in enumerate(bits))

"""Statements on names: declarations, assignments, subroutines."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from anyqpu_programs.circuit import If, Measure, SetBit, bits_read, bits_written
from anyqpu_programs.conditions import tabulated, truth, where
from anyqpu_programs.machine import Machine, moved
from anyqpu_programs.operands import alias
from anyqpu_programs.problems import InvalidError, NoFormError
from anyqpu_programs.quantum import measured, operand, physical, target
from anyqpu_programs.scope import Bits, Entity, Qubits, Subroutine, Table, Unbound, Variable
from anyqpu_programs.source import package
from anyqpu_programs.values import BitString, RuntimeBitsError, Value

Returned: TypeAlias = "Value | Table | Qubits | Bits | None"


class ReturnError(Exception):
    """Ends a subroutine. `value` is the returned value, qubits to measure, or bits."""

    def __init__(self, value: Returned) -> None:
        super().__init__()
        self.value = value


def qubits(machine: Machine, node: Any, line: int | None) -> None:
    """A declaration of qubits."""
    single = node.size is None
    size = 1 if single else machine.values.integer(node.size, "the size of a register")
    machine.declare_qubits(node.name.name, size, line, single=single)


def variable(machine: Machine, node: Any, line: int | None) -> None:
    """A declaration of bits or of another classical variable."""
    init: Any = getattr(node, "init", None)
    if type(node.type).__name__ == "BitType":
        single = node.type.size is None
        size = 1 if single else machine.values.integer(node.type.size, "the size of a register")
        bits = machine.declare_bits(node.name.name, size, line, single=single)
        if init is not None:
            assign_bits(machine, bits, init, line)
        return
    value: Value | Table = _empty(machine, node.type, line)
    if init is not None:
        value = _cast(machine, _evaluated(machine, init, line), node.type, line)
    machine.scopes.declare(node.name.name, Variable(value, node.type, const=False, depth=machine.depth), line)


def _empty(machine: Machine, kind: Any, line: int | None) -> Value:
    """Return the initial value of a variable without an initializer."""
    if type(kind).__name__ != "ArrayType":
        return machine.values.cast(0, kind, line)
    sizes = [machine.values.integer(dimension, "the size of an array") for dimension in kind.dimensions]
    total = 1
    for size in sizes:
        total *= max(size, 1)
        machine.budget.size(total, machine.budget.limits.gates, "elements of an array", line)
    value: Value = machine.values.cast(0, kind.base, line)
    for size in reversed(sizes):
        value = [list(value) if isinstance(value, list) else value for _ in range(size)]
    return value


def const(machine: Machine, node: Any, line: int | None) -> None:
    """A constant."""
    machine.scopes.constant = True
    value = _cast(machine, _evaluated(machine, node.init, line), node.type, line)
    machine.scopes.constant = False
    machine.scopes.declare(node.name.name, Variable(value, node.type, const=True, depth=machine.depth), line)


def _evaluated(machine: Machine, node: Any, line: int | None) -> Value | Table:
    if type(node).__name__ == "MeasureExpression":
        raise NoFormError("a measurement is assigned to a variable other than bits", line)
    return tabulated(node, machine.scopes, machine.values)


def _cast(machine: Machine, value: Value | Table, kind: Any, line: int | None) -> Value | Table:
    if isinstance(value, Table):
        return value._replace(values=tuple(machine.values.cast(item, kind, line) for item in value.values))
    return machine.values.cast(value, kind, line)


def parameter(machine: Machine, node: Any, line: int | None) -> None:
    """An `input` or `output`."""
    if node.io.value == "output":
        variable(machine, node, line)
    else:
        machine.scopes.declare(node.name.name, Unbound(node.name.name), line)


def let(machine: Machine, node: Any, line: int | None) -> None:
    """An alias."""
    physical(machine, node.value, line)
    machine.scopes.declare(node.name.name, alias(node.value, machine.scopes, machine.values), line)


def define(machine: Machine, node: Any, line: int | None) -> None:
    """A definition of a gate."""
    machine.gates.define(node, machine.values.offset, line)


def opaque(machine: Machine, node: Any, line: int | None) -> None:
    """A declaration of a gate without a body."""
    machine.gates.opaque(node, line)


def subroutine(machine: Machine, node: Any, line: int | None) -> None:
    """A definition of a subroutine."""
    machine.scopes.declare(node.name.name, Subroutine(node, machine.values.offset), line)


def assignment(machine: Machine, node: Any, line: int | None) -> None:
    """An assignment to bits or to another classical variable."""
    name = node.target.name if type(node.target).__name__ == "Identifier" else node.target.name.name
    right = node.value
    if node.op.value != "=":
        tree = package().ast
        left = tree.Identifier(name)
        for index in getattr(node.target, "indices", []):
            left = tree.IndexExpression(left, index)
        right = tree.BinaryExpression(node.op.binary, left, node.value, span=node.span)
    if isinstance(machine.scopes.find(name), Bits):
        assign_bits(machine, target(machine, node.target, line), right, line)
        return
    entry = machine.scopes.assignable(name, machine.depth, line)
    value = _evaluated(machine, right, line)
    places = [_place(machine, index, line) for index in getattr(node.target, "indices", [])]
    if not places:
        entry.value = _cast(machine, value, entry.kind, line)
    elif isinstance(value, Table) or isinstance(entry.value, Table):
        raise NoFormError("an array depends on a measurement", line)
    else:
        entry.value = _put(machine, entry, places, value, line)


def _place(machine: Machine, index: Any, line: int | None) -> int:
    elements = cast("list[Any]", index) if isinstance(index, list) else [index]
    if len(elements) != 1 or type(elements[0]).__name__ in ("Range", "DiscreteSet"):
        raise NoFormError("it assigns to a slice of an array", line)
    return machine.values.integer(elements[0], "an index")


def _put(machine: Machine, entry: Variable, places: list[int], value: Value, line: int | None) -> Value:
    """Return an array with one element replaced."""
    array = whole = entry.value
    *outer, last = places
    for place in outer:
        array = array[place] if isinstance(array, list) and -len(array) <= place < len(array) else 0
    if isinstance(whole, Table) or not isinstance(array, list) or not -len(array) <= last < len(array):
        raise InvalidError("an index is outside of the array", line)
    array[last] = machine.values.cast(value, entry.kind.base, line) if not isinstance(value, list) else value
    return whole


def assign_bits(machine: Machine, bits: Bits, value: Any, line: int | None) -> None:
    """Assign a measurement, a constant or the result of a subroutine to bits."""
    kind = type(value).__name__
    if kind == "MeasureExpression":
        measured(machine, operand(machine, value.operand, line), bits, line)
        return
    start = len(machine.steps)
    source: Returned
    if kind == "FunctionCall" and isinstance(machine.scopes.find(value.name.name), Subroutine):
        source = called(machine, value, line)
    else:
        source = tabulated(value, machine.scopes, machine.values)
    if isinstance(source, Qubits):
        measured(machine, source, bits, line)
    elif isinstance(source, Bits):
        _redirect(machine, start, source, bits, line)
    elif source is None:
        raise InvalidError(f"{value.name.name!r} returns nothing", line)
    elif isinstance(source, Table):
        _set_by_table(machine, bits, source, line)
    else:
        _set_bits(machine, bits, source, line)


def _set_bits(machine: Machine, bits: Bits, value: Value, line: int | None) -> None:
    number = _bits_of(value, len(bits.at), line)
    machine.budget.gates(len(bits.at), line)
    for place, bit in enumerate(bits.at):
        one = bool(number >> place & 1)
        if one or machine.scopes.bit_values.get(bit) is not False:
            machine.steps.append(SetBit(bit, one))
        machine.scopes.write((bit,), one)


def _bits_of(value: Value, size: int, line: int | None) -> int:
    number = value.value if isinstance(value, BitString) else value
    if not isinstance(number, int) or (isinstance(value, BitString) and value.width != size):
        raise InvalidError(f"a value of another size or type is assigned to {size} bits", line)
    return number


def _set_by_table(machine: Machine, bits: Bits, table: Table, line: int | None) -> None:
    """Assign a value that depends on measured bits to other bits, with a condition for each."""
    if set(bits.at) & set(table.bits) and len(bits.at) > 1:
        raise NoFormError("bits are computed from themselves", line)
    numbers = table._replace(values=tuple(_bits_of(value, len(bits.at), line) for value in table.values))
    for place, bit in enumerate(bits.at):
        chosen = where(_places(numbers, place), truth)
        machine.budget.gates(1, line)
        machine.steps.append(If(chosen, (SetBit(bit, True),), (SetBit(bit, False),), line))
    machine.scopes.write(bits.at, None)


def _places(table: Table, place: int) -> Table:
    """Return one binary digit of the integers in a table."""
    return table._replace(values=tuple(bool(int(cast("int", value)) >> place & 1) for value in table.values))


def _redirect(machine: Machine, start: int, source: Bits, wanted: Bits, line: int | None) -> None:
    """Redirect the writes of a subroutine to the bits that its result is assigned to."""
    later = machine.steps[start:]
    touched = {bit for step in later for bit in (*bits_written(step), *bits_read(step))}
    if len(source.at) != len(wanted.at) or not machine.hidden.issuperset(source.at) or touched & {*wanted.at}:
        raise NoFormError("it copies measured bits", line)
    place = dict(zip(source.at, wanted.at, strict=True))
    machine.steps[start:] = [moved(step, place) for step in later]
    for bit, new in place.items():
        machine.scopes.write((new,), machine.scopes.bit_values.get(bit, False))


def expression(machine: Machine, node: Any, line: int | None) -> None:
    """A call of a subroutine for its effect, or an expression without one."""
    call = node.expression
    if type(call).__name__ == "FunctionCall" and isinstance(machine.scopes.find(call.name.name), Subroutine):
        result = called(machine, call, line)
        if isinstance(result, Qubits):
            machine.steps += [Measure(qubit, None) for qubit in result.at]
        return
    machine.values.value(call)


def called(machine: Machine, node: Any, line: int | None) -> Returned:
    """Execute a subroutine."""
    name = node.name.name
    entity = machine.scopes.find(name)
    if not isinstance(entity, Subroutine):
        raise InvalidError(f"the function {machine.name(name)!r} is not defined", line)
    formal = entity.node.arguments
    if len(formal) != len(node.arguments):
        raise InvalidError(f"{name!r} takes {len(formal)} arguments, not {len(node.arguments)}", line)
    names = {
        declared.name.name: _argument(machine, declared, argument, line)
        for declared, argument in zip(formal, node.arguments, strict=True)
    }
    try:
        with machine.frame(names, entity.offset, line):
            machine.run(entity.node.body)
    except ReturnError as returned:
        return returned.value
    return None


def _argument(machine: Machine, formal: Any, actual: Any, line: int | None) -> Entity:
    if type(formal).__name__ == "QuantumArgument":
        physical(machine, actual, line)
        entity = alias(actual, machine.scopes, machine.values)
        size = 1 if formal.size is None else machine.values.integer(formal.size, "the size of a register")
        if not isinstance(entity, Qubits) or len(entity.at) != size:
            raise InvalidError(f"the argument {formal.name.name!r} takes {size} qubits", line)
        return Qubits(entity.at, single=formal.size is None)
    if type(formal.type).__name__ == "ArrayReferenceType":
        raise NoFormError("it passes an array to a subroutine", line)
    try:
        value = machine.values.cast(machine.values.value(actual), formal.type, line)
    except RuntimeBitsError:
        # The subroutine may read measured bits directly.
        bits = alias(actual, machine.scopes, machine.values)
        if type(formal.type).__name__ != "BitType" or not isinstance(bits, Bits):
            raise
        return bits
    return Variable(value, formal.type, const=False, depth=machine.depth)


def returned(machine: Machine, node: Any, line: int | None) -> None:
    """The end of a subroutine."""
    if machine.depth > machine.entry:
        raise NoFormError("a subroutine returns in a branch that depends on a measurement", line)
    value = node.value
    if value is None:
        raise ReturnError(None)
    if type(value).__name__ == "MeasureExpression":
        raise ReturnError(operand(machine, value.operand, line))
    entity = machine.scopes.find(value.name) if type(value).__name__ == "Identifier" else None
    raise ReturnError(entity if isinstance(entity, Bits) else tabulated(value, machine.scopes, machine.values))

"""Names in scope while a program is executed symbolically."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from anyqpu_programs.names import Spelling
from anyqpu_programs.problems import InvalidError, NoFormError
from anyqpu_programs.values import CONSTANTS, BitString, RuntimeBitsError, Value


class Qubits(NamedTuple):
    """Qubits by number; `single` marks a single qubit, as opposed to a register."""

    at: tuple[int, ...]
    single: bool


class Bits(NamedTuple):
    """Classical bits by number; `single` marks a single bit, as opposed to a register."""

    at: tuple[int, ...]
    single: bool


class Table(NamedTuple):
    """The value of an expression for each value of the measured bits that it depends on.

    `values[n]` belongs to the bits being the integer n, `bits[0]` the least significant. `writes` is the
    number of writes to each of them at that time: a bit that is measured again has lost the outcome.
    """

    bits: tuple[int, ...]
    values: tuple[Value, ...]
    writes: tuple[int, ...]


@dataclass(slots=True)
class Variable:
    """A classical variable. `depth` is the number of branches on measured bits around its declaration."""

    value: Value | Table
    kind: Any
    const: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Unbound:
    """An `input` of the program, which has no value."""

    name: str


@dataclass(frozen=True, slots=True)
class OwnGate:
    """A gate that the program defines. `order` counts definitions: a gate can call earlier ones only."""

    node: Any
    order: int
    offset: int

    @property
    def angles(self) -> int:
        """The number of its angles."""
        return len(self.node.parameters)

    @property
    def qubits(self) -> int:
        """The number of its qubits."""
        return len(self.node.qubits)


@dataclass(frozen=True, slots=True)
class Subroutine:
    """A `def` of the program."""

    node: Any
    offset: int


Entity: TypeAlias = Qubits | Bits | Variable | Unbound | Subroutine
AnyGate: TypeAlias = Spelling | OwnGate

_KINDS: dict[type[object], str] = {
    **{Qubits: "a qubit register", Bits: "a bit register", Subroutine: "a subroutine"},
    **{Variable: "a variable", Unbound: "an input"},
}


@dataclass(slots=True)
class Scopes:
    """The names in scope, and the known value of each bit; None for a measured one."""

    stack: list[dict[str, Entity]] = field(default_factory=lambda: [{}])
    bit_values: dict[int, bool | None] = field(default_factory=dict[int, "bool | None"])
    writes: dict[int, int] = field(default_factory=dict[int, int])
    """The number of writes to each bit."""
    constant: bool = False
    """Whether a constant is evaluated, which may depend on constants alone."""
    assumed: dict[int, bool] = field(default_factory=dict[int, bool])
    """Assumed values of bits while a condition is tabulated."""

    def declare(self, name: str, entity: Entity, line: int | None) -> None:
        """Add a name to the innermost scope; raises `InvalidError` if it exists already."""
        if name in self.stack[-1]:
            raise InvalidError(f"{name!r} is declared twice", line)
        self.stack[-1][name] = entity

    def find(self, name: str) -> Entity | None:
        """Return the entity of a name in the innermost scope that has it."""
        for names in reversed(self.stack):
            if name in names:
                return names[name]
        return None

    def qubits(self, name: str, line: int | None) -> Qubits:
        """Return the qubits of a name; raises `InvalidError` where it is something else."""
        entity = self.find(name)
        if not isinstance(entity, Qubits):
            reason = "is not declared" if entity is None else f"is {_KINDS[type(entity)]}, not qubits"
            raise InvalidError(f"{name!r} {reason}", line)
        return entity

    def bits(self, name: str, line: int | None) -> Bits:
        """Return the bits of a name; raises `InvalidError` where it is something else."""
        entity = self.find(name)
        if not isinstance(entity, Bits):
            reason = "is not declared" if entity is None else f"is {_KINDS[type(entity)]}, not bits"
            raise InvalidError(f"{name!r} {reason}", line)
        return entity

    def read(self, name: str, line: int | None) -> Value:
        """Return the value of a name."""
        entity = self.find(name)
        if self.constant and (isinstance(entity, Bits) or (isinstance(entity, Variable) and not entity.const)):
            raise InvalidError(f"a constant cannot depend on {name!r}, which is not constant", line)
        match entity:
            case Variable(Table() as table):
                return self._from_table(name, table, line)
            case Variable(value):
                return cast("Value", value)
            case Bits(at, single):
                value = self.number(at)
                return bool(value) if single else BitString(len(at), value)
            case Unbound():
                raise InvalidError(f"the input {name!r} has no value; give it as parameters={{{name!r}: ...}}", line)
            case None if name in CONSTANTS:
                return CONSTANTS[name]
            case None:
                raise InvalidError(f"{name!r} is not declared", line)
            case _:
                raise InvalidError(f"{name!r} is {_KINDS[type(entity)]}, not a value", line)

    def write(self, bits: tuple[int, ...], value: bool | None) -> None:
        """Record a write to bits: of a constant, or None for an outcome."""
        for bit in bits:
            self.bit_values[bit] = value
            self.writes[bit] = self.writes.get(bit, 0) + 1

    def table(self, bits: tuple[int, ...], values: Iterable[Value]) -> Table:
        """Return a table of values by the present outcomes of bits."""
        return Table(bits, tuple(values), tuple(self.writes.get(bit, 0) for bit in bits))

    def _from_table(self, name: str, table: Table, line: int | None) -> Value:
        if any(self.writes.get(bit, 0) != count for bit, count in zip(table.bits, table.writes, strict=True)):
            raise NoFormError(f"the variable {name!r} keeps an outcome whose bit is measured again", line)
        return table.values[self.number(table.bits)]

    def number(self, bits: tuple[int, ...]) -> int:
        """Return bits as an integer, the first least significant; raises `RuntimeBitsError` for unknown ones."""
        values = [self.assumed.get(bit, self.bit_values.get(bit, False)) for bit in bits]
        unknown = [bit for bit, value in zip(bits, values, strict=True) if value is None]
        if unknown:
            raise RuntimeBitsError(unknown)
        return sum(1 << place for place, value in enumerate(values) if value)

    def read_bit(self, name: str, index: Callable[[], Value], line: int | None) -> bool | None:
        """Return the value of an element of a bit register; None if the name is something else."""
        entity = self.find(name)
        if not isinstance(entity, Bits):
            return None
        if self.constant:
            raise InvalidError(f"a constant cannot depend on {name!r}, which is not constant", line)
        place = index()
        if entity.single or not isinstance(place, int) or not -len(entity.at) <= place < len(entity.at):
            raise InvalidError(f"{name}[{place}] does not exist: {name!r} has {len(entity.at)} bits", line)
        return bool(self.number((entity.at[place],)))

    def size_of(self, name: str, dimension: int, line: int | None) -> int:
        """Return the length of an array or register."""
        entity = self.find(name)
        if isinstance(entity, Bits | Qubits) and dimension == 0:
            return len(entity.at)
        value: object = entity.value if isinstance(entity, Variable) and not isinstance(entity.value, Table) else None
        for _ in range(dimension):
            value = value[0] if isinstance(value, list) and value else None
        if not isinstance(value, list):
            raise InvalidError(f"{name!r} has no dimension {dimension}", line)
        return len(value)

    def assignable(self, name: str, depth: int, line: int | None) -> Variable:
        """Return a variable that may be assigned here; raises `InvalidError` or `NoFormError`."""
        entity = self.find(name)
        if not isinstance(entity, Variable) or entity.const:
            raise InvalidError(f"{name!r} cannot be assigned to", line)
        if entity.depth < depth:
            raise NoFormError(f"the variable {name!r} changes in a branch that depends on a measurement", line)
        return entity

"""What names stand for: values, variables, qubits, aliases, gates and subroutines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from anyqpu_emulator.engines.circuit import Gate, Phase
from anyqpu_emulator.engines.gates import GateDefinition
from anyqpu_emulator.engines.memory import Constant, Node

from . import syntax
from .types import Scalar, Type


@dataclass(slots=True)
class Value:
    """A typed value: known, or an expression on the circuit's memory."""

    type: Type
    node: Node

    @property
    def is_constant(self) -> bool:
        """Whether the value is known before the circuit runs."""
        return isinstance(self.node, Constant)


@dataclass(slots=True, eq=False)
class Variable:
    """A classical variable.

    `node` is its value where that is known, else None: then it is in the memory, at bit or variable number `home`.
    Bits that another name stands for (`aliased`) are always there.
    """

    name: str
    type: Type
    home: int
    level: int
    node: Node | None
    fixed: bool = False
    outcome: bool = False
    aliased: bool = False

    @property
    def in_bits(self) -> bool:
        """Whether its place is among the classical bits."""
        return isinstance(self.type, Scalar) and self.type.kind == "bit"

    @property
    def width(self) -> int:
        """The number of classical bits that it takes."""
        return (self.type.width or 1) if isinstance(self.type, Scalar) else 0


@dataclass(frozen=True, slots=True)
class Qubits:
    """A qubit (`single`) or a register, or an alias of some; `choice` picks one of them while the circuit runs."""

    qubits: tuple[int, ...]
    single: bool
    choice: Node | None = None


@dataclass(frozen=True, slots=True)
class BitAlias:
    """Another name for classical bits, by number."""

    bits: tuple[int, ...]
    single: bool


@dataclass(slots=True, eq=False)
class UserGate:
    """A gate that the program defines.

    `names` are the gates that its body uses, as they were when it was defined; `size` is how many operations it comes
    to, at least, and `depth` how many levels of gates are inside each other.
    """

    definition: syntax.GateDefinition
    names: dict[str, Symbol] = field(default_factory=dict[str, "Symbol"])
    size: int = 0
    depth: int = 1
    templates: dict[tuple[float, ...], tuple[Gate | Phase, ...]] = field(
        default_factory=dict[tuple[float, ...], tuple[Gate | Phase, ...]]
    )


@dataclass(frozen=True, slots=True, eq=False)
class Routine:
    """A subroutine."""

    definition: syntax.Subroutine


Symbol: TypeAlias = Value | Variable | Qubits | BitAlias | UserGate | Routine | GateDefinition


def kind_of(symbol: Symbol) -> str:
    """What a name stands for, in the user's words."""
    match symbol:
        case Qubits():
            return "a qubit" if symbol.single else "a register of qubits"
        case UserGate() | GateDefinition():
            return "a gate"
        case Routine():
            return "a subroutine"
        case Variable() | Value():
            return f"a {symbol.type}"
        case BitAlias():
            return "a register of bits"

"""Syntax trees, the same for both versions of OpenQASM.

`at` is the offset of a node in the text. OpenQASM 2 has a subset: its reader writes numbers as floats and `^` as `**`,
so that one evaluator serves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

# ---- expressions


@dataclass(slots=True)
class Name:
    """An identifier, or a physical qubit such as `$0`."""

    at: int
    name: str


@dataclass(slots=True)
class Literal:
    """A constant; `kind` is int, float, bool, bit, duration or imaginary. Bit strings have a width."""

    at: int
    kind: str
    value: int | float | bool
    width: int | None = None


@dataclass(slots=True)
class Unary:
    """`op` applied to an operand."""

    at: int
    op: str
    operand: Expression


@dataclass(slots=True)
class Binary:
    """Two operands and the operator between them."""

    at: int
    op: str
    left: Expression
    right: Expression


@dataclass(slots=True)
class Call:
    """A function or a subroutine with arguments."""

    at: int
    name: str
    arguments: list[Expression]


@dataclass(slots=True)
class Cast:
    """A type used as a function."""

    at: int
    type: TypeNode
    operand: Expression


@dataclass(slots=True)
class Range:
    """`start:step:stop`, each optional."""

    at: int
    start: Expression | None
    step: Expression | None
    stop: Expression | None


@dataclass(slots=True)
class IndexSet:
    """`{a, b, c}`: an index set, or the elements of an array."""

    at: int
    items: list[Expression]


@dataclass(slots=True)
class Index:
    """`base[items]`; an item is an expression or a range, or there is one set."""

    at: int
    base: Expression
    items: list[Expression]


@dataclass(slots=True)
class Concatenation:
    """`a ++ b ++ c`."""

    at: int
    parts: list[Expression]


@dataclass(slots=True)
class MeasureExpression:
    """`measure q` as a value."""

    at: int
    operand: Expression


@dataclass(slots=True)
class DurationOf:
    """`durationof({…})`."""

    at: int


Expression: TypeAlias = (
    Name
    | Literal
    | Unary
    | Binary
    | Call
    | Cast
    | Range
    | IndexSet
    | Index
    | Concatenation
    | MeasureExpression
    | DurationOf
)


@dataclass(slots=True)
class TypeNode:
    """A type as it is written: its name, its size, and for arrays the element type and dimensions.

    `reference` is readonly or mutable; `rank` is the number of dimensions in `#dim = n`.
    """

    at: int
    kind: str
    size: Expression | None = None
    element: TypeNode | None = None
    dimensions: list[Expression] | None = None
    reference: str | None = None
    rank: Expression | None = None


# ---- statements


@dataclass(slots=True)
class Include:
    """`include "file";`."""

    at: int
    file: str


@dataclass(slots=True)
class QubitDeclaration:
    """Qubits; `size` None is one qubit that has no index."""

    at: int
    name: str
    size: Expression | None


@dataclass(slots=True)
class Declaration:
    """A classical variable; `mode` is plain, const, input or output."""

    at: int
    type: TypeNode
    name: str
    value: Expression | None
    mode: str = "plain"


@dataclass(slots=True)
class Alias:
    """`let name = value;`."""

    at: int
    name: str
    value: Expression


@dataclass(slots=True)
class GateDefinition:
    """A gate; `body` None is an opaque one."""

    at: int
    name: str
    parameters: list[str]
    qubits: list[str]
    body: list[Statement] | None


@dataclass(slots=True)
class Argument:
    """A parameter of a subroutine."""

    at: int
    type: TypeNode
    name: str


@dataclass(slots=True)
class Subroutine:
    """`def name(arguments) -> result { body }`."""

    at: int
    name: str
    arguments: list[Argument]
    result: TypeNode | None
    body: list[Statement]


@dataclass(slots=True)
class Modifier:
    """`ctrl(n) @`, `negctrl @`, `inv @`, `pow(k) @`."""

    at: int
    kind: str
    argument: Expression | None


@dataclass(slots=True)
class GateCall:
    """A gate on operands, with parameters and modifiers."""

    at: int
    name: str
    modifiers: list[Modifier]
    arguments: list[Expression]
    operands: list[Expression]


@dataclass(slots=True)
class Measurement:
    """`measure q -> c;`, or without a target."""

    at: int
    operand: Expression
    target: Expression | None


@dataclass(slots=True)
class ResetStatement:
    """`reset q;`."""

    at: int
    operand: Expression


@dataclass(slots=True)
class Barrier:
    """`barrier`, `nop` and `delay`: no effect on outcomes, but their operands must exist."""

    at: int
    operands: list[Expression]
    duration: Expression | None = None


@dataclass(slots=True)
class Assignment:
    """`target op value;` with op `=` or `+=` and so on."""

    at: int
    target: Expression
    op: str
    value: Expression


@dataclass(slots=True)
class ExpressionStatement:
    """An expression by itself: the call of a subroutine."""

    at: int
    value: Expression


@dataclass(slots=True)
class IfStatement:
    """`if (condition) then else otherwise`."""

    at: int
    condition: Expression
    then: list[Statement]
    otherwise: list[Statement]


@dataclass(slots=True)
class WhileStatement:
    """`while (condition) body`."""

    at: int
    condition: Expression
    body: list[Statement]


@dataclass(slots=True)
class ForStatement:
    """`for type name in values body`."""

    at: int
    type: TypeNode
    name: str
    values: Expression
    body: list[Statement]


@dataclass(slots=True)
class SwitchStatement:
    """`switch (value) { case a, b {…} default {…} }`."""

    at: int
    value: Expression
    cases: list[tuple[list[Expression], list[Statement]]]
    default: list[Statement] | None


@dataclass(slots=True)
class Block:
    """`{…}` or `box {…}`."""

    at: int
    body: list[Statement]


@dataclass(slots=True)
class Jump:
    """`break`, `continue` or `end`."""

    at: int
    kind: str


@dataclass(slots=True)
class Return:
    """`return value;`."""

    at: int
    value: Expression | None


@dataclass(slots=True)
class Pragma:
    """A line that is for the cloud, without the word `pragma`."""

    at: int
    command: str


@dataclass(slots=True)
class Refused:
    """A construct that this emulator knows and does not compute."""

    at: int
    construct: str


Statement: TypeAlias = (
    Include
    | QubitDeclaration
    | Declaration
    | Alias
    | GateDefinition
    | Subroutine
    | GateCall
    | Measurement
    | ResetStatement
    | Barrier
    | Assignment
    | ExpressionStatement
    | IfStatement
    | WhileStatement
    | ForStatement
    | SwitchStatement
    | Block
    | Jump
    | Return
    | Pragma
    | Refused
)

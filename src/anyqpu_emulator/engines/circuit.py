"""The one circuit model that every front end (OpenQASM, IonQ, IQM) translates to and the simulator runs.

Qubits and classical bits are numbered from 0 over all registers, in order of declaration. Bits from
`memory.HIDDEN_BITS` on are not part of an outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from .gates import Matrix
from .memory import HIDDEN_BITS, Constant, Memory, Node, bits_read


@dataclass(frozen=True, slots=True)
class Register:
    """A named group of classical bits, at `start … start + size - 1` of the whole."""

    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A unitary on `targets`, applied where every qubit of `controls` is 1.

    The first target is the most significant bit of the matrix index, as in textbooks.
    """

    matrix: Matrix
    targets: tuple[int, ...]
    controls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A global phase in radians: unobservable, but part of a state vector."""

    angle: float


@dataclass(frozen=True, slots=True)
class Measure:
    """Project a qubit and store the outcome in a classical bit; `bit` None throws it away."""

    qubit: int
    bit: int | None


@dataclass(frozen=True, slots=True)
class Reset:
    """Bring a qubit to 0."""

    qubit: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An instruction as the program spells it, after the operations that it comes to; without effect on the state.

    `place` says where it is in the program, such as "line 3". `seconds` is how long a delay lasts. An angle that is
    not a number before the circuit runs is None.
    """

    name: str
    qubits: tuple[int, ...]
    place: str
    angles: tuple[float | None, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Channel:
    """What noise does to qubits: a Pauli error, or the relaxation of one qubit.

    `paulis` are the probabilities of Pauli operators other than the identity, by one letter for each qubit (`"XI"`);
    `decay` is the probability that a qubit in 1 falls to 0.
    """

    qubits: tuple[int, ...]
    paulis: tuple[tuple[str, float], ...] = ()
    decay: float = 0.0


@dataclass(frozen=True, slots=True)
class SetBits:
    """Store an integer in the classical bits `start … start + width - 1`."""

    start: int
    width: int
    value: Node


@dataclass(frozen=True, slots=True)
class Store:
    """Store a value in a numbered variable."""

    slot: int
    value: Node


@dataclass(frozen=True, slots=True)
class Computed:
    """Operations whose angles or qubits are computed from classical values while the circuit runs.

    `qubits` are those that they can act on, `reads` and `writes` the classical bits that they use.
    """

    qubits: frozenset[int]
    reads: frozenset[int]
    writes: frozenset[int]
    operations: Callable[[Memory], Sequence[Gate | Phase | Measure | Reset]]


@dataclass(frozen=True, slots=True)
class If:
    """Choose by a condition on classical values."""

    condition: Node
    then: tuple[Operation, ...]
    otherwise: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Operations that `Leave` with the same label ends."""

    label: int
    body: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Operations that are repeated until `Leave` with the same label; more than `limit` times is an error.

    `line` is that of the loop in the program.
    """

    label: int
    body: tuple[Operation, ...]
    limit: int
    line: int


@dataclass(frozen=True, slots=True)
class Leave:
    """End the block or the loop with this label; label 0 is the whole circuit."""

    label: int


Operation: TypeAlias = (
    Gate | Phase | Measure | Reset | Mark | Channel | SetBits | Store | Computed | If | Block | Loop | Leave
)


@dataclass(frozen=True, slots=True)
class Circuit:
    """A whole program. `initial_bits` holds the classical bits at the start, bit 0 the least significant.

    `names` are the program's names of its qubits. `numbers` are the numbers of its qubits on the device; without them
    qubit i is the device's qubit i. `misread` has the probabilities that a 0 and a 1 are reported wrongly, by the bit
    that a qubit is measured into.
    """

    num_qubits: int
    registers: tuple[Register, ...]
    operations: tuple[Operation, ...]
    initial_bits: int = 0
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    misread: Mapping[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])

    def number(self, qubit: int) -> int:
        """Return the number of a qubit on the device."""
        return self.numbers[qubit] if self.numbers else qubit

    def name(self, qubit: int) -> str:
        """Return the name of a qubit in the program."""
        return self.names[qubit] if self.names else str(qubit)

    @property
    def num_bits(self) -> int:
        """How many classical bits an outcome has."""
        return sum(register.size for register in self.registers)

    @property
    def used_qubits(self) -> list[int]:
        """The qubits that any operation acts on, in ascending order."""
        return sorted({qubit for op in self.operations for qubit in qubits_of(op)})

    @property
    def measures(self) -> bool:
        """Whether an outcome of a measurement is stored, and there are bits to report."""
        return self.num_bits > 0 and any(
            op.bit is not None if isinstance(op, Measure) else isinstance(op, Computed) and bool(op.writes)
            for op in walk(self.operations)
        )

    @property
    def measured_bits(self) -> set[int]:
        """The bits of the outcome that depend on measurements."""
        bits: set[int] = set()
        for op in walk(self.operations):
            if isinstance(op, Measure):
                bits |= bits_of(op)
            elif isinstance(op, Computed):
                bits |= op.writes
            elif isinstance(op, SetBits) and not isinstance(op.value, Constant):
                bits |= set(range(op.start, op.start + op.width))
        return {bit for bit in bits if bit < HIDDEN_BITS}

    def measured_everywhere(self, register: str = "meas") -> Circuit:
        """The same circuit with qubit i measured into bit i at its end, replacing all registers."""
        ends = tuple(Measure(qubit, qubit) for qubit in range(self.num_qubits))
        whole = (Register(register, 0, self.num_qubits),)
        # What ends the circuit early does not skip these.
        body = (Block(0, self.operations),) if leaves(self.operations) else self.operations
        return replace(self, registers=whole, operations=(*body, *ends), initial_bits=0)

    def changed(self, change: Callable[[tuple[Operation, ...]], tuple[Operation, ...]]) -> Circuit:
        """The same circuit with each list of operations changed, those inside blocks first."""
        return replace(self, operations=_changed(self.operations, change))

    def unmarked(self) -> Circuit:
        """The same circuit without marks."""
        return self.changed(lambda operations: tuple(op for op in operations if not isinstance(op, Mark)))


def _changed(
    operations: tuple[Operation, ...], change: Callable[[tuple[Operation, ...]], tuple[Operation, ...]]
) -> tuple[Operation, ...]:
    rows: list[Operation] = []
    for op in operations:
        if isinstance(op, If):
            rows.append(replace(op, then=_changed(op.then, change), otherwise=_changed(op.otherwise, change)))
        elif isinstance(op, Block | Loop):
            rows.append(replace(op, body=_changed(op.body, change)))
        else:
            rows.append(op)
    return change(tuple(rows))


def walk(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    """Every operation, those inside blocks included."""
    for op in operations:
        yield op
        for body in bodies(op):
            yield from walk(body)


def bodies(op: Operation) -> tuple[tuple[Operation, ...], ...]:
    """The lists of operations directly inside one."""
    if isinstance(op, If):
        return (op.then, op.otherwise)
    return (op.body,) if isinstance(op, Block | Loop) else ()


def qubits_of(op: Operation) -> set[int]:
    """The qubits that an operation, or anything inside it, acts on."""
    if isinstance(op, Gate):
        return {*op.targets, *op.controls}
    if isinstance(op, Measure | Reset):
        return {op.qubit}
    if isinstance(op, Computed | Channel):
        return set(op.qubits)
    return {qubit for body in bodies(op) for inner in body for qubit in qubits_of(inner)}


def bits_of(op: Operation) -> set[int]:
    """The classical bits that an operation, or anything inside it, reads or writes."""
    if isinstance(op, Measure):
        return set() if op.bit is None else {op.bit}
    if isinstance(op, SetBits):
        return set(range(op.start, op.start + op.width)) | bits_read(op.value)
    if isinstance(op, Store):
        return bits_read(op.value)
    if isinstance(op, Computed):
        return set(op.reads | op.writes)
    inner = {bit for body in bodies(op) for one in body for bit in bits_of(one)}
    return inner | bits_read(op.condition) if isinstance(op, If) else inner


def leaves(operations: tuple[Operation, ...]) -> bool:
    """Whether anything can end the whole circuit early."""
    return any(isinstance(op, Leave) and op.label == 0 for op in walk(operations))

"""The state of the symbolic execution of a program: names, registers and steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from anyqpu_programs.calls import Templates
from anyqpu_programs.circuit import Circuit, Condition, If, Measure, SetBit, Step, bits_read, bits_written, walk
from anyqpu_programs.definitions import Definitions
from anyqpu_programs.limits import Budget
from anyqpu_programs.problems import InvalidError, NoFormError, TooLargeError
from anyqpu_programs.scope import Bits, Entity, Qubits, Scopes, Table
from anyqpu_programs.source import Source
from anyqpu_programs.values import Evaluator, Value

_DEEPEST_CALL = 60


class Machine:
    """Executes statements with the functions in `quantum`, `classical` and `flow`.

    Attributes:
        depth: Number of branches on measured bits around the statement.
        loops: `depth` at the start of each loop around the statement, within the subroutine.
        entry: `depth` at the start of the subroutine.
        line: The line of the last statement that began.
    """

    def __init__(self, source: Source, budget: Budget, run: Callable[[Machine, Sequence[Any]], None], *, braket: bool):
        self.source = source
        self.budget = budget
        self.scopes = Scopes()
        self.values = Evaluator(source.version, self, budget.limits)
        self.gates = Definitions(source.version, braket=braket)
        self.steps: list[Step] = []
        self.depth = 0
        self.loops: list[int] = []
        self.entry = 0
        self.line: int | None = None
        self.num_qubits = 0
        self.num_bits = 0
        self.hidden: set[int] = set()
        self.qubits: dict[str, int] = {}
        self.bits: dict[str, int] = {}
        self.templates: Templates
        self.called: Callable[[Any, int | None], Value | Table | Qubits | Bits | None]
        self._run = run
        self._calls = 0

    def run(self, statements: Sequence[Any]) -> None:
        """Execute statements in the present scope."""
        self._run(self, statements)

    def block(self, statements: Sequence[Any]) -> None:
        """Execute statements in a new scope."""
        with self.scope():
            self._run(self, statements)

    @contextmanager
    def scope(self) -> Generator[None]:
        """A context with a new scope."""
        self.scopes.stack.append({})
        try:
            yield
        finally:
            self.scopes.stack.pop()

    @contextmanager
    def frame(self, names: dict[str, Entity], offset: int, line: int | None) -> Generator[None]:
        """A context with the scope of a gate or subroutine: its own names and the global ones."""
        if self._calls >= _DEEPEST_CALL:
            raise TooLargeError(f"definitions are nested more than {_DEEPEST_CALL} deep", line)
        before = self.scopes.stack, self.values.offset, self.loops, self.entry
        self.scopes.stack = [before[0][0], names]
        self.values.offset, self.loops, self.entry = offset, [], self.depth
        self._calls += 1
        try:
            yield
        finally:
            self._calls -= 1
            self.scopes.stack, self.values.offset, self.loops, self.entry = before

    @contextmanager
    def collected(self) -> Generator[list[Step]]:
        """A context that collects steps separately from those of the program."""
        before, inner = self.steps, list[Step]()
        self.steps = inner
        try:
            yield inner
        finally:
            self.steps = before

    # -- names, for expressions ---------------------------------------------------

    def read(self, name: str, line: int | None) -> Value:
        """Return the value of a name in an expression."""
        return self.scopes.read(name, line)

    def read_bit(self, name: str, index: Callable[[], Value], line: int | None) -> Value | None:
        """Return the value of an element of a bit register; None if the name is something else."""
        return self.scopes.read_bit(name, index, line)

    def size_of(self, name: str, dimension: int, line: int | None) -> int:
        """Return the length of an array or register."""
        return self.scopes.size_of(name, dimension, line)

    def call(self, node: Any, line: int | None) -> Value:
        """Return the value of a subroutine in an expression."""
        called = self.called(node, line)
        if called is None:
            raise InvalidError(f"{node.name.name!r} returns nothing", line)
        if isinstance(called, Qubits | Bits | Table):
            raise NoFormError(f"it computes with what {node.name.name!r} measures", line)
        return called

    # -- registers ----------------------------------------------------------------

    def name(self, written: str) -> str:
        """Return an identifier as the program has it."""
        return self.source.name(written)

    def declare_qubits(self, name: str, size: int, line: int | None, *, single: bool) -> None:
        """Add a register of qubits."""
        if size < 1:
            raise InvalidError(f"the register {self.name(name)!r} has {size} qubits", line)
        self.budget.size(self.num_qubits + size, self.budget.limits.qubits, "qubits", line)
        names = self.scopes.stack[0] if name.startswith("$") else self.scopes.stack[-1]
        if name in names:
            raise InvalidError(f"{self.name(name)!r} is declared twice", line)
        names[name] = Qubits(tuple(range(self.num_qubits, self.num_qubits + size)), single)
        self.num_qubits += size
        self.qubits[self.name(name)] = size

    def declare_bits(self, name: str, size: int, line: int | None, *, single: bool) -> Bits:
        """Add a register of bits; registers of blocks and subroutines are not part of the result."""
        if size < 1:
            raise InvalidError(f"the register {self.name(name)!r} has {size} bits", line)
        self.budget.size(self.num_bits + size, self.budget.limits.bits, "classical bits", line)
        bits = Bits(tuple(range(self.num_bits, self.num_bits + size)), single)
        if name in self.scopes.stack[-1]:
            raise InvalidError(f"{self.name(name)!r} is declared twice", line)
        self.scopes.stack[-1][name] = bits
        self.num_bits += size
        if len(self.scopes.stack) > 1:
            self.hidden.update(bits.at)
        else:
            self.bits[self.name(name)] = size
        self.scopes.bit_values.update(dict.fromkeys(bits.at, False))
        return bits

    def circuit(self) -> Circuit:
        """Return the circuit of the steps so far, with the bits of blocks after those of the registers."""
        used = {bit for step in walk(tuple(self.steps)) for bit in (*bits_written(step), *bits_read(step))}
        hidden = sorted(self.hidden & used)
        steps = tuple(self.steps)
        if self.hidden:
            order = [*(bit for bit in range(self.num_bits) if bit not in self.hidden), *hidden]
            place = {bit: at for at, bit in enumerate(order)}
            steps = tuple(moved(step, place) for step in steps)
        return Circuit(self.qubits, self.bits, steps, len(hidden), measures=self.source.measures)


def moved(step: Step, place: dict[int, int]) -> Step:
    """Return a step with renumbered bits."""
    match step:
        case Measure(qubit, bit) if bit is not None:
            return Measure(qubit, place.get(bit, bit))
        case SetBit(bit, value):
            return SetBit(place.get(bit, bit), value)
        case If(Condition(bits, values, negated), then, otherwise, line):
            condition = Condition(tuple(place.get(bit, bit) for bit in bits), values, negated)
            first, second = (tuple(moved(inner, place) for inner in block) for block in (then, otherwise))
            return If(condition, first, second, line)
        case _:
            return step

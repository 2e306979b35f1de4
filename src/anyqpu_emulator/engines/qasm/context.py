"""What a program is while it is expanded: its names, the operations so far, and the bounds of the work.

Values that are known are computed at once; a variable gets a place in the circuit's memory when measured bits begin to
decide its value. `level` counts the blocks around the present place that run or not depending on measured bits: what is
assigned there, to a variable from outside, is only known while the circuit runs.
"""

from __future__ import annotations

import math
import re
import time
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any

from anyqpu_emulator.engines.circuit import Mark, Operation, Register, SetBits, Store
from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    StoppedError,
    UnsupportedProgramError,
)
from anyqpu_emulator.engines.gates import GateDefinition
from anyqpu_emulator.engines.memory import HIDDEN_BITS, Apply, Bits, Constant, Node, apply
from anyqpu_emulator.engines.memory import Variable as Slot

from . import lexer, limits
from .includes import Dialect
from .symbols import Symbol, UserGate, Value, Variable, kind_of
from .types import ArrayType, NotComputedError, Scalar, TooWideError, Type, TypeMismatchError, conversion, default

PROGRAM = 0
"""The label of the whole circuit."""


class Context:
    """The state of an expansion."""

    def __init__(
        self, text: str, version: int, dialect: Dialect, stopped: Callable[[], bool], *, marks: bool = False
    ) -> None:
        self.text = text
        self.version = version
        self.dialect: Dialect = dialect
        self.included = False
        self.stopped = stopped
        self.marks = marks
        self.scopes: list[dict[str, Symbol]] = [{}]
        self.operations: list[Operation] = []
        self.registers: list[Register] = []
        self.num_qubits = 0
        self.qubit_names: list[str] = []
        self.qubit_numbers: list[int] = []
        self.num_bits = 0
        self.initial_bits = 0
        self.level = 0
        self.calls = 0
        self.in_gate = 0
        self.in_constant = False
        self.touched: set[int] = set()
        self._lines: list[int] = []
        self._emitted = 0
        self._iterations = 0
        self._elements = 0
        self._ticks = 0
        self._slots = 0
        self._labels = PROGRAM
        self._hidden = HIDDEN_BITS
        self._deadline: float | None = time.monotonic() + limits.MAX_SECONDS

    # ---- errors

    def error(self, kind: type[EngineError], at: int, message: str) -> EngineError:
        """An error at an offset of the text."""
        return lexer.error(kind, self.text, at, message)

    def invalid(self, at: int, message: str) -> EngineError:
        """The error of what the specification does not allow."""
        return self.error(InvalidProgramError, at, message)

    def unsupported(self, at: int, construct: str) -> EngineError:
        """The error of what this emulator does not compute."""
        return self.error(UnsupportedProgramError, at, f"this emulator does not compute {construct}")

    def too_large(self, at: int, message: str) -> EngineError:
        """The error of what is beyond a limit."""
        return self.error(ProgramTooLargeError, at, message)

    @contextmanager
    def located(self, at: int) -> Generator[None]:
        """Give errors of types and values their place in the text."""
        try:
            yield
        except TypeMismatchError as error:
            raise self.error(InvalidProgramError, at, str(error)) from None
        except NotComputedError as error:
            raise self.unsupported(at, str(error)) from None
        except TooWideError as error:
            raise self.error(ProgramTooLargeError, at, str(error)) from None
        except (OverflowError, ZeroDivisionError):
            raise self.error(InvalidProgramError, at, "the result is too large for a number") from None

    def apply(self, at: int, function: Callable[..., Any], *arguments: Node) -> Node:
        """The expression `function(*arguments)`, with the place for errors that it raises."""
        if all(isinstance(argument, Constant) for argument in arguments):
            try:
                return apply(function, *arguments)
            except (TypeMismatchError, TooWideError, OverflowError, ZeroDivisionError):
                # The fast way has no place for errors.
                with self.located(at):
                    return apply(function, *arguments)

        def located(*values: Any) -> Any:
            with self.located(at):
                return function(*values)

        node = apply(located, *arguments)
        if isinstance(node, Apply) and node.depth > limits.MAX_NESTING:
            raise self.too_large(
                at, f"an expression of measured bits is nested deeper than the limit of {limits.MAX_NESTING}"
            )
        return node

    def convert(self, at: int, value: Value, target: Type) -> Node:
        """A value as another type."""
        with self.located(at):
            function = conversion(value.type, target)
        return value.node if function is None else self.apply(at, function, value.node)

    # ---- bounds

    def tick(self, at: int) -> None:
        """Count one step of the work, and check the time now and then."""
        self._ticks += 1
        if not self._ticks & 255:
            self.check(at)

    def check(self, at: int = 0) -> None:
        """Raise StoppedError if the work should stop, ProgramTooLargeError if it takes too long."""
        if self.stopped():
            raise StoppedError("the computation was stopped")
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise self.too_large(
                at, f"the program takes longer to expand than the limit of {limits.MAX_SECONDS:.0f} seconds"
            )

    def iterate(self, at: int, count: int = 1) -> None:
        """So many iterations of a loop, or a call of a subroutine, are to be expanded."""
        self.iterations_room(at, count)
        self._iterations += count

    def iterations_room(self, at: int, count: int) -> None:
        """Refuse loops and calls that would come to more iterations than the limit, before they are expanded."""
        total = self._iterations + count
        if total > limits.MAX_ITERATIONS:
            raise self.too_large(
                at,
                f"loops and subroutines have {total} iterations and calls or more; the limit is "
                f"{limits.MAX_ITERATIONS}",
            )

    def hold(self, at: int, count: int) -> None:
        """So many elements of an array or an alias are to be kept."""
        self._elements += count
        if self._elements > limits.MAX_ELEMENTS:
            raise self.too_large(at, f"arrays and aliases have more elements than the limit of {limits.MAX_ELEMENTS}")

    def check_operations(self, at: int, count: int) -> None:
        """Raise an error if that many more operations exceed the limit, before they are made."""
        if self._emitted + count > limits.MAX_OPERATIONS:
            raise self.too_large(
                at,
                f"the program has {self._emitted + count} gates and other operations or more after it is expanded; "
                f"the limit is {limits.MAX_OPERATIONS}",
            )

    def run_time(self) -> None:
        """The expansion is over; what is still computed belongs to the run of the circuit."""
        self._deadline = None
        self.stopped = _never

    # ---- operations

    def emit(self, at: int, *operations: Operation) -> None:
        """Append operations to the circuit."""
        self._emitted += len(operations)
        if self._emitted > limits.MAX_OPERATIONS:
            self._emitted -= len(operations)
            self.check_operations(at, len(operations))
        self.operations.extend(operations)

    def annotate(
        self,
        at: int,
        name: str,
        rows: Iterable[Iterable[int]],
        angles: Iterable[float | None] = (),
        seconds: float = 0.0,
    ) -> None:
        """Say which instruction the last operations were, on the qubits of each row; not inside a gate's definition."""
        if self.marks and not self.in_gate:
            if not self._lines:
                self._lines = [match.start() for match in re.finditer("\n", self.text)] or [len(self.text)]
            place = f"line {bisect_left(self._lines, at) + 1}"
            values = tuple(angles)
            self.operations.extend(Mark(name, tuple(qubits), place, values, seconds) for qubits in rows)

    @contextmanager
    def captured(self, *, deeper: bool) -> Generator[list[Operation]]:
        """Collect the operations of a block apart; `deeper` where measured bits decide whether it runs."""
        outer, self.operations = self.operations, []
        self.level += deeper
        try:
            yield self.operations
        finally:
            self.operations = outer
            self.level -= deeper

    def label(self) -> int:
        """A new label of a block."""
        self._labels += 1
        return self._labels

    def mark(self) -> tuple[int, int, int]:
        """A place to go back to with `back`."""
        return len(self.operations), self._emitted, self._iterations

    def back(self, mark: tuple[int, int, int]) -> None:
        """Drop the operations since a mark."""
        length, self._emitted, self._iterations = mark
        del self.operations[length:]

    # ---- names

    def find(self, name: str) -> Symbol | None:
        """What a name stands for here."""
        for scope in reversed(self.scopes):
            symbol = scope.get(name)
            if symbol is not None:
                return symbol
        return None

    def gate(self, name: str) -> Symbol | None:
        """What a name stands for where a gate is called. In OpenQASM 2 parameters and qubits do not hide gates."""
        if self.version == 2:
            for scope in reversed(self.scopes):
                symbol = scope.get(name)
                if isinstance(symbol, UserGate | GateDefinition):
                    return symbol
        return self.find(name)

    def declare(self, at: int, name: str, symbol: Symbol) -> None:
        """Give a name its meaning in the innermost scope. Gates that came with an include can be replaced."""
        scope = self.scopes[-1]
        present = scope.get(name)
        if present is not None and not isinstance(present, GateDefinition):
            raise self.invalid(at, f"{name!r} is already declared as {kind_of(present)}")
        scope[name] = symbol

    @contextmanager
    def scope(self) -> Generator[None]:
        """A block of its own names."""
        self.scopes.append({})
        with self.bits_freed():
            try:
                yield
            finally:
                self.scopes.pop()

    @contextmanager
    def body(self, names: dict[str, Symbol] | None = None) -> Generator[None]:
        """The body of a gate or a subroutine: it sees the names of the whole program, `names` and its own."""
        scopes, self.scopes = self.scopes, [self.scopes[0], names or {}, {}]
        with self.bits_freed():
            try:
                yield
            finally:
                self.scopes = scopes

    @contextmanager
    def bits_freed(self) -> Generator[None]:
        """Bits that are not part of the outcome, taken inside, can be taken again afterwards."""
        hidden = self._hidden
        try:
            yield
        finally:
            self._hidden = hidden

    # ---- variables

    def slot(self) -> int:
        """A new place for a variable."""
        self._slots += 1
        return self._slots

    def hidden_bits(self, at: int, width: int) -> int:
        """New classical bits that are not part of an outcome; freed at the end of the scope."""
        start = self._hidden
        self._hidden += width
        if self._hidden > HIDDEN_BITS + limits.MAX_BITS:
            raise self.too_large(
                at, f"more than the limit of {limits.MAX_BITS} classical bits in blocks and subroutines"
            )
        return start

    def variable(
        self, at: int, name: str, of: Type, value: Value | None, *, local: bool = False, fixed: bool = False
    ) -> Variable:
        """A new variable with a value of its type, not yet declared under its name.

        Bits at the top of the program, which is not `local`, are part of the outcome.
        """
        outcome = len(self.scopes) == 1 and not local and isinstance(of, Scalar) and of.kind == "bit"
        width = (of.width or 1) if isinstance(of, Scalar) and of.kind == "bit" else 0
        home = self._outcome(at, name, width) if outcome else self.hidden_bits(at, width) if width else self.slot()
        if isinstance(of, ArrayType):
            self.hold(at, math.prod(of.dimensions))
        node = Constant(default(of)) if value is None else self.convert(at, value, of)
        variable = Variable(name, of, home, self.level, node, fixed, outcome)
        if not isinstance(node, Constant):
            self._write(at, variable, node)
            variable.node = None
        elif outcome and self.level == 0:
            self.initial_bits |= int(node.value) << home
        elif outcome:
            self._write(at, variable, node)
        return variable

    def _outcome(self, at: int, name: str, width: int) -> int:
        start = self.num_bits
        if start + width > limits.MAX_BITS:
            raise self.too_large(at, f"{start + width} classical bits are more than the limit of {limits.MAX_BITS}")
        self.registers.append(Register(name, start, width))
        self.num_bits += width
        return start

    def read(self, variable: Variable) -> Value:
        """The present value of a variable."""
        if variable.node is not None:
            return Value(variable.type, variable.node)
        if variable.in_bits:
            return Value(variable.type, Bits(variable.home, variable.width))
        return Value(variable.type, Slot(variable.home))

    def assign(self, at: int, variable: Variable, value: Value) -> None:
        """Give a variable a new value."""
        if variable.fixed:
            raise self.invalid(at, f"{variable.name!r} cannot be assigned: it is constant or read only")
        self.reachable(at, variable)
        node = self.convert(at, value, variable.type)
        is_constant = isinstance(node, Constant) and variable.level == self.level and not variable.aliased
        if not is_constant or variable.outcome:
            self._write(at, variable, node)
        variable.node = node if is_constant else None

    def reachable(self, at: int, variable: Variable) -> None:
        """Refuse a change in a block that measured bits decide about, of a value that was not brought into memory.

        Blocks settle all that they are seen to assign; this is for what they are not seen to.
        """
        if variable.node is not None and variable.level != self.level and not variable.outcome:
            raise self.unsupported(at, f"this assignment to {variable.name!r}, which depends on measured bits")

    def _write(self, at: int, variable: Variable, node: Node) -> None:
        if variable.in_bits:
            self.emit(at, SetBits(variable.home, variable.width, node))
        else:
            self.emit(at, Store(variable.home, node))

    def settle(self, at: int, variables: Iterable[Variable]) -> None:
        """Bring the values of variables into the circuit's memory, because measured bits are about to change them."""
        for variable in variables:
            if variable.node is not None and not variable.fixed:
                if not variable.outcome:
                    self._write(at, variable, variable.node)
                variable.node = None


def _never() -> bool:
    return False

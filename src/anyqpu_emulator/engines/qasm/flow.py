"""What all control flow shares: what `break` and `return` refer to, and blocks that measured bits decide about.

A loop or a subroutine is followed as long as it is known where it ends. Where measured bits decide about a `break`,
`continue` or `return`, its operations so far are dropped, and it is expanded once more as a block that can be left,
with all that it assigns in the circuit's memory.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from anyqpu_emulator.engines.circuit import Operation
from anyqpu_emulator.engines.memory import Node

from . import syntax
from .context import Context
from .evaluate import Evaluator
from .scan import assigned
from .symbols import Value, Variable
from .syntax import Statement
from .types import Type


class EndOfProgramError(Exception):
    """An `end` was reached that does not depend on measured bits."""


class BreakError(Exception):
    """A `break` that is known to happen."""


class ContinueError(Exception):
    """A `continue` that is known to happen."""


class ReturnError(Exception):
    """A `return` that is known to happen."""

    def __init__(self, value: Value | None) -> None:
        super().__init__()
        self.value = value


class LeftError(Exception):
    """The rest of a block cannot be reached: the block was left."""


@dataclass(slots=True, eq=False)
class Target:
    """What `break`, `continue` or `return` refer to.

    `level` is the level of its body. Labels are those of blocks to leave; None while the flow is followed.
    """

    kind: str
    level: int
    labels: tuple[int, int] | None = None
    result: Variable | None = None
    returns: Type | None = None


class UndecidedError(Exception):
    """Measured bits decide whether a loop or a subroutine is left."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target


class Flow:
    """The state of the control flow; `all_of` expands statements, and `measured` gives the value of a measurement."""

    def __init__(
        self,
        context: Context,
        evaluator: Evaluator,
        all_of: Callable[[Sequence[Statement]], None],
        measured: Callable[[syntax.MeasureExpression], Value],
    ) -> None:
        self.context = context
        self.evaluator = evaluator
        self.all_of = all_of
        self.measured = measured
        self.targets: list[Target] = []
        # Loops and calls that measured bits were found to decide about; they are not followed again.
        self._undecided: dict[int, object] = {}

    def settle(self, at: int, *bodies: Sequence[Statement]) -> None:
        """Bring into memory what blocks assign that measured bits decide about."""
        self.context.settle(at, self._assigned(*bodies))

    def _assigned(self, *bodies: Sequence[Statement]) -> list[Variable]:
        symbols = (self.context.find(name) for body in bodies for name in sorted(assigned(body)))
        return [symbol for symbol in symbols if isinstance(symbol, Variable)]

    def expand(self, body: Sequence[Statement]) -> None:
        """A block that measured bits decide about, up to where it is left."""
        with self.context.scope(), suppress(LeftError):
            self.all_of(body)

    @contextmanager
    def inside(self, target: Target) -> Generator[None]:
        """Inside of what a `break` or `return` refers to."""
        self.targets.append(target)
        try:
            yield
        finally:
            self.targets.pop()

    @contextmanager
    def block(self) -> Generator[tuple[int, int, list[Operation]]]:
        """The body of a loop that can be left: labels of the loop and of an iteration, and what is expanded inside."""
        labels = self.context.label(), self.context.label()
        target = Target("loop", self.context.level + 1, labels)
        with self.inside(target), self.context.captured(deeper=True) as operations:
            yield (*labels, operations)

    # ---- first try

    def undecided(self, node: object) -> bool:
        """Whether measured bits are known to decide about a loop or a call."""
        return id(node) in self._undecided

    def followed(
        self, node: object, target: Target, values: dict[Variable, Node | None], follow: Callable[[], None]
    ) -> bool:
        """Try to follow a loop or a call; if measured bits decide about it, undo that and return False.

        `values` are those of all variables that it may assign.
        """
        mark = self.context.mark()
        try:
            with self.inside(target):
                follow()
        except UndecidedError as undecided:
            if undecided.target is not target:
                raise
        else:
            return True
        self.context.back(mark)
        for variable, value in values.items():
            variable.node = value
        self._undecided[id(node)] = node
        return False

    def values(self, body: Sequence[Statement]) -> dict[Variable, Node | None]:
        """The present values of what statements may assign."""
        return {variable: variable.node for variable in self._assigned(body)}

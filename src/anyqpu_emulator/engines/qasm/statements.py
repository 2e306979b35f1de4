"""Statements to operations of a circuit: which part expands which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from anyqpu_emulator.engines.gates import GateDefinition

from . import syntax
from .assignments import Assignments
from .context import Context
from .control import Control
from .declarations import Declarations
from .evaluate import Evaluator
from .flow import Flow
from .gate_calls import GateCalls
from .loops import Loops
from .routines import Routines
from .sizes import Sizes
from .symbols import Routine, UserGate
from .syntax import Statement


class Statements:
    """Expands statements one after another; `inputs` lists all inputs of the program, for the error about them."""

    def __init__(self, context: Context, inputs: Callable[[], list[str]]) -> None:
        self.context = context
        self.evaluator = Evaluator(context)
        sizes = Sizes(context, self.evaluator)
        gates = GateCalls(context, self.evaluator, self.all)
        assignments = Assignments(context, self.evaluator)
        measurements = assignments.measurements
        flow = Flow(context, self.evaluator, self.all, measurements.value)
        self.routines = Routines(flow, sizes)
        self.evaluator.call = self.routines.call
        declarations = Declarations(gates, assignments, sizes, inputs)
        loops, control = Loops(flow, sizes), Control(flow)
        self._expanders: dict[type, Callable[[Any], None]] = {
            syntax.Include: declarations.include,
            syntax.QubitDeclaration: declarations.qubits,
            syntax.Declaration: declarations.declaration,
            syntax.Alias: declarations.alias,
            syntax.GateDefinition: declarations.gate_definition,
            syntax.Subroutine: declarations.subroutine,
            syntax.GateCall: gates.call,
            syntax.Measurement: measurements.statement,
            syntax.ResetStatement: measurements.reset,
            syntax.Barrier: measurements.barrier,
            syntax.Assignment: assignments.statement,
            syntax.ExpressionStatement: self._expression,
            syntax.IfStatement: control.branch,
            syntax.WhileStatement: loops.repeat,
            syntax.ForStatement: loops.iterate,
            syntax.SwitchStatement: control.switch,
            syntax.Block: self._block,
            syntax.Jump: control.jump,
            syntax.Return: control.leave,
            syntax.Pragma: self._pragma,
            syntax.Refused: self._refused,
        }

    def one(self, statement: Statement) -> None:
        """Expand a statement."""
        self.context.tick(statement.at)
        self._expanders[type(statement)](statement)

    def all(self, statements: Sequence[Statement]) -> None:
        """Expand statements in order."""
        for statement in statements:
            self.one(statement)

    def _expression(self, node: syntax.ExpressionStatement) -> None:
        if isinstance(node.value, syntax.Call):
            symbol = self.context.find(node.value.name)
            if isinstance(symbol, Routine):
                self.routines.call(node.value, symbol)
                return
            if isinstance(symbol, UserGate | GateDefinition):
                raise self.context.invalid(node.at, f"gate {node.value.name!r} needs qubits")
        self.evaluator.value(node.value)

    def _block(self, node: syntax.Block) -> None:
        with self.context.scope():
            self.all(node.body)

    def _pragma(self, node: syntax.Pragma) -> None:
        """A pragma may change what a program means (noise, observables), so an unknown one is refused, not skipped."""
        if node.command.split()[:2] == ["braket", "verbatim"]:
            return
        shown = node.command if len(node.command) <= 60 else node.command[:60] + "…"
        raise self.context.unsupported(node.at, f"the pragma '{shown}'")

    def _refused(self, node: syntax.Refused) -> None:
        raise self.context.unsupported(node.at, node.construct)

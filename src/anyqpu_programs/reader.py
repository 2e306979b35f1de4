"""Reading OpenQASM 2, OpenQASM 3 and Braket's dialect: loops, gates and subroutines become a flat circuit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anyqpu_programs import classical, flow, quantum
from anyqpu_programs.calls import Templates
from anyqpu_programs.circuit import Circuit
from anyqpu_programs.limits import DEFAULT_LIMITS, Budget, Limits
from anyqpu_programs.machine import Machine
from anyqpu_programs.problems import NoFormError, ProgramProblem, TooLargeError
from anyqpu_programs.source import Source
from anyqpu_programs.strict2 import check_statement
from anyqpu_programs.values import RuntimeBitsError, line_of

_STATEMENTS: Mapping[str, Callable[[Machine, Any, int | None], None]] = {
    "GateCall": quantum.gate,
    "GlobalPhase": quantum.gphase,
    "MeasureStatement": quantum.measure,
    "Reset": quantum.reset,
    "Barrier": quantum.barrier,
    "Include": lambda machine, node, line: machine.gates.include(node.filename, line),
    "QubitDeclaration": classical.qubits,
    "ClassicalDeclaration": classical.variable,
    "ConstDeclaration": classical.const,
    "IODeclaration": classical.parameter,
    "AliasDeclaration": classical.let,
    "GateDefinition": classical.define,
    "OpaqueDefinition": classical.opaque,
    "SubroutineDefinition": classical.subroutine,
    "Assignment": classical.assignment,
    "ExpressionStatement": classical.expression,
    "Return": classical.returned,
    "If": flow.branch,
    "Switch": flow.switch,
    "While": flow.while_loop,
    "For": flow.for_loop,
    "Break": flow.jump,
    "Continue": flow.jump,
    "End": flow.jump,
    "Box": flow.box,
    "Block": flow.block,
    "Nop": flow.nothing,
}
_REFUSED: Mapping[str, str] = {
    "Pragma": "a pragma",
    "CalibrationGrammar": "calibrations",
    "CalibrationBlock": "a calibration",
    "CalibrationDefinition": "a calibration",
    "ExternDeclaration": "an external function",
    "Delay": "a delay",
}


def _never() -> bool:
    return False


def read(
    text: str,
    *,
    braket: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    stopped: Callable[[], bool] = _never,
) -> Circuit:
    """Return the circuit of a program.

    Args:
        text: OpenQASM 2 or 3.
        braket: Whether it is in Braket's dialect, whose gates need no include.
        limits: Limits on its size.
        stopped: Returns whether the caller has cancelled; called regularly.

    Raises:
        InvalidError: The program is invalid.
        NoFormError: It has a construct that a circuit cannot represent.
        TooLargeError: It exceeds a limit.
    """
    budget = Budget(limits, stopped)
    source = Source(text, budget)
    machine = Machine(source, budget, _run, braket=braket)
    machine.templates = Templates(budget, lambda gate, angles: quantum.entered(machine, gate, angles))
    machine.called = lambda node, line: classical.called(machine, node, line)
    try:
        for piece in source.pieces():
            machine.values.offset = piece.line
            machine.run(piece.statements)
    except flow.EndError:
        pass
    except RecursionError:
        raise TooLargeError("expressions, blocks or calls are nested too deeply", machine.line) from None
    return machine.circuit()


def _run(machine: Machine, statements: Sequence[Any]) -> None:
    two = machine.source.version == 2
    for node in statements:
        offset = machine.values.offset
        line = line_of(node, offset)
        if two:
            check_statement(node, offset)
        kind = type(node).__name__
        run = _STATEMENTS.get(kind)
        if run is None:
            raise NoFormError(f"it has {_REFUSED.get(kind, 'an unknown statement')}", line)
        machine.line = line
        machine.budget.step(line)
        try:
            run(machine, node, line)
        except RuntimeBitsError:
            raise NoFormError("it computes with measured bits", line) from None
        except ProgramProblem as problem:
            if problem.line is None:
                problem.line = line
            raise

"""Arguments of subroutines: qubits by reference, classical values by copy, arrays by reference."""

from __future__ import annotations

from . import syntax
from .context import Context, Qubits, Symbol, Variable
from .evaluate import Evaluator
from .types import ArrayType


def bind(
    context: Context, evaluator: Evaluator, call: syntax.Call, definition: syntax.Subroutine
) -> dict[str, Symbol]:
    """What the names of the parameters stand for in a call."""
    wanted, given = len(definition.arguments), len(call.arguments)
    if wanted != given:
        plural = "" if wanted == 1 else "s"
        context.invalid(call.at, f"the subroutine {definition.name!r} takes {wanted} argument{plural}, not {given}")
    symbols: dict[str, Symbol] = {}
    used: set[int] = set()
    for parameter, argument in zip(definition.arguments, call.arguments, strict=True):
        if parameter.name in symbols:
            context.invalid(parameter.at, f"the subroutine {definition.name!r} names {parameter.name!r} twice")
        if parameter.type.kind == "qubit":
            qubits = _qubits(context, evaluator, parameter, argument)
            if used & set(qubits.qubits) and qubits.choice is None:
                context.invalid(argument.at, f"the subroutine {definition.name!r} is given the same qubit twice")
            used |= set(qubits.qubits)
            symbols[parameter.name] = qubits
        elif parameter.type.kind == "array":
            symbols[parameter.name] = _array(context, evaluator, parameter, argument)
        else:
            of = evaluator.type(parameter.type)
            value = evaluator.value(argument)
            symbols[parameter.name] = context.variable(argument.at, parameter.name, of, value, local=True)
    return symbols


def _qubits(
    context: Context, evaluator: Evaluator, parameter: syntax.Argument, argument: syntax.Expression
) -> Qubits:
    qubits = evaluator.qubits(argument)
    wanted = parameter.type.size
    if wanted is None:
        if not qubits.single and len(qubits.qubits) != 1:
            context.invalid(argument.at, f"{parameter.name!r} is one qubit, not a register of {len(qubits.qubits)}")
        return Qubits(qubits.qubits, True, qubits.choice)
    size = evaluator.integer(wanted, "the size of a register")
    if qubits.choice is not None:
        context.unsupported(argument.at, "a register whose index depends on measured bits")
    if size != len(qubits.qubits):
        context.invalid(argument.at, f"{parameter.name!r} is a register of {size} qubits, not of {len(qubits.qubits)}")
    return Qubits(qubits.qubits, False)


def _array(
    context: Context, evaluator: Evaluator, parameter: syntax.Argument, argument: syntax.Expression
) -> Symbol:
    """A mutable array is the variable itself, a readonly one its value."""
    symbol = context.find(argument.name) if isinstance(argument, syntax.Name) else None
    of = evaluator.value(argument).type
    if not isinstance(of, ArrayType):
        context.invalid(argument.at, f"{parameter.name!r} is an array, not {of}")
    written = parameter.type
    if written.rank is not None:
        rank = evaluator.integer(written.rank, "the number of dimensions")
        fits = rank == len(of.dimensions)
    else:
        fits = evaluator.type(written) == of
    if not fits:
        context.invalid(argument.at, f"{of} does not fit the parameter {parameter.name!r}")
    if written.reference == "mutable":
        if not isinstance(symbol, Variable):
            context.unsupported(argument.at, "a part of an array that a subroutine may change")
        return symbol
    # A readonly array is a value: it cannot change while the subroutine runs.
    return evaluator.value(argument)

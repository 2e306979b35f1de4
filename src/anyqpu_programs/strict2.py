"""Refusal of OpenQASM 3 in OpenQASM 2, since the parser has one grammar for both. Source: arXiv:1707.03429."""

from __future__ import annotations

from typing import Any

from anyqpu_programs.problems import InvalidError
from anyqpu_programs.values import line_of

_LEGACY = {"QubitDeclaration", "ClassicalDeclaration"}
_STATEMENTS = {
    "Include",
    "GateDefinition",
    "OpaqueDefinition",
    "GateCall",
    "Reset",
    "Barrier",
    "If",
    "MeasureStatement",
}
_CONDITIONAL = {"GateCall", "Reset", "MeasureStatement"}


def check_statement(node: Any, offset: int) -> None:
    """Raise `InvalidError` for a statement that OpenQASM 2 does not have."""
    kind, line = type(node).__name__, line_of(node, offset)
    if kind in _LEGACY:
        if not node.legacy_syntax:
            raise InvalidError("OpenQASM 2 declares registers by 'qreg' and 'creg'", line)
        if node.size is None if kind == "QubitDeclaration" else node.type.size is None:
            raise InvalidError(f"the register {node.name.name!r} has no size", line)
        return
    if kind not in _STATEMENTS:
        raise InvalidError("it has a statement of OpenQASM 3, and its version is 2", line)
    if kind == "GateCall":
        if node.duration is not None:
            # The parser reads `qubit[2] q;` as a gate call with a duration.
            raise InvalidError("OpenQASM 2 declares registers by 'qreg' and 'creg'", line)
        if node.modifiers:
            raise InvalidError("OpenQASM 2 has no gate modifiers", line)
        _check_operands(node.qubits, line)
    elif kind == "MeasureStatement":
        if not node.arrow_syntax or node.target is None or type(node.measure).__name__ != "MeasureExpression":
            raise InvalidError("OpenQASM 2 writes a measurement as 'measure q -> c;'", line)
        _check_operands([node.measure.operand, node.target], line)
    elif kind == "Reset":
        _check_operands([node.operand], line)
    elif kind == "Barrier":
        _check_operands(node.operands, line)
    elif kind == "If":
        _check_if(node, offset, line)


def _check_operands(operands: list[Any], line: int | None) -> None:
    for operand in operands:
        kind = type(operand).__name__
        if kind == "HardwareQubit":
            raise InvalidError(f"OpenQASM 2 has no physical qubits such as {operand.name}", line)
        if kind == "IndexedIdentifier":
            index: list[Any] = operand.indices[0] if isinstance(operand.indices[0], list) else []
            plain = len(operand.indices) == 1 and len(index) == 1
            if not plain or type(index[0]).__name__ != "IntegerLiteral":
                raise InvalidError("OpenQASM 2 takes a single number as index", line)


def _check_if(node: Any, offset: int, line: int | None) -> None:
    condition = node.condition
    register_equals_integer = (
        type(condition).__name__ == "BinaryExpression"
        and condition.op.value == "=="
        and type(condition.lhs).__name__ == "Identifier"
        and type(condition.rhs).__name__ == "IntegerLiteral"
    )
    if not register_equals_integer or node.else_body or len(node.then_body) != 1:
        raise InvalidError("OpenQASM 2 has conditions of the form 'if(c==1) gate q;' alone", line)
    if type(node.then_body[0]).__name__ not in _CONDITIONAL:
        raise InvalidError("a condition of OpenQASM 2 is followed by a gate, a measurement or a reset", line)
    check_statement(node.then_body[0], offset)

"""Conditions of Qiskit's control flow as OpenQASM 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from anyqpu.errors import ValidationError

_UNARY: Mapping[str, str] = {"BIT_NOT": "~", "LOGIC_NOT": "!"}
_BINARY: Mapping[str, str] = {
    **{"BIT_AND": "&", "BIT_OR": "|", "BIT_XOR": "^", "LOGIC_AND": "&&", "LOGIC_OR": "||", "EQUAL": "=="},
    **{"NOT_EQUAL": "!=", "LESS": "<", "LESS_EQUAL": "<=", "GREATER": ">", "GREATER_EQUAL": ">="},
    **{"SHIFT_LEFT": "<<", "SHIFT_RIGHT": ">>", "ADD": "+", "SUB": "-", "MUL": "*"},
}


def condition_of(condition: Any, named: Callable[[Any], str]) -> str:
    """Return the condition of an `IfElseOp`: a bit or register with its value, or an expression.

    `named` returns the name of a bit or a register. Raises `ValidationError` for variables of other kinds.
    """
    if isinstance(condition, tuple):
        target, value = condition  # pyright: ignore[reportUnknownVariableType]
        return f"{named(target)} == {int(value)}"  # pyright: ignore[reportUnknownArgumentType]
    return _text(condition, named)


def _text(node: Any, named: Callable[[Any], str]) -> str:
    """Return an expression, with brackets around its parts."""
    match type(node).__name__:
        case "Var" if not node.standalone:
            return named(node.var)
        case "Value" if isinstance(node.value, bool):
            return str(node.value).lower()
        case "Value" if isinstance(node.value, int):
            return str(node.value)
        case "Unary" if node.op.name in _UNARY:
            return f"{_UNARY[node.op.name]}({_text(node.operand, named)})"
        case "Binary" if node.op.name in _BINARY:
            return f"({_text(node.left, named)}) {_BINARY[node.op.name]} ({_text(node.right, named)})"
        case "Index":
            return f"{_text(node.target, named)}[{_text(node.index, named)}]"
        case "Cast" if (name := _type(node)) is not None:
            return f"{name}({_text(node.operand, named)})"
        case kind:
            raise ValidationError(
                f"the program has a condition with {kind.lower()} of {node.type}, which is not transpiled",
                hint="Use conditions on measured bits and registers",
            )


def _type(node: Any) -> str | None:
    types: Any = import_module("qiskit.circuit.classical.types")
    if isinstance(node.type, types.Bool):
        return "bool"
    return f"uint[{node.type.width}]" if isinstance(node.type, types.Uint) else None

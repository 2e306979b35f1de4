"""Refuses programs that compute with measured bits in ways that pyqasm would get wrong.

pyqasm evaluates classical variables while unrolling, before anything is measured: `bool b = c[0]; if (b) …`
would quietly be decided by the value that c had when it was declared. Only measuring into bits and branching on
a comparison of them are decided at run time; everything else that reads or writes them is refused by name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from .errors import UnsupportedProgramError

_OWN_SCOPE = {"QuantumGateDefinition", "CalibrationDefinition", "CalibrationStatement"}
_LEAVES_A_BLOCK = {"BreakStatement", "ContinueStatement", "ReturnStatement"}


def check_bits(nodes: list[Any], bits: set[str], *, branching: bool = False) -> None:
    """Raise UnsupportedProgramError at the first statement that uses the named bit registers otherwise.

    `branching` says that the statements only run if measured bits are such and such.
    """
    for node in nodes:
        _check(node, bits, branching)


def blocks(node: Any) -> Iterator[list[Any]]:
    """The lists of statements directly inside a statement."""
    for name in ("block", "if_block", "else_block", "body"):
        inner = getattr(node, name, None)
        # The body of a calibration is text.
        if isinstance(inner, list):
            yield inner


def _check(node: Any, bits: set[str], branching: bool) -> None:
    kind = type(node).__name__
    if kind in _OWN_SCOPE or kind == "QuantumMeasurementStatement":
        return
    if kind == "Pragma":
        if node.command.split()[:2] != ["braket", "verbatim"]:
            raise _unsupported(node, f"the pragma {node.command!r}")
        return
    if branching and (kind == "ClassicalAssignment" or kind in _LEAVES_A_BLOCK):
        raise _unsupported(node, "a change of variables or of the flow inside a branch on measured bits")
    if kind == "SubroutineDefinition":
        bits = bits - {argument.name.name for argument in node.arguments}
    elif kind == "BranchingStatement":
        branching = branching or _mentions(node.condition, bits)
    elif kind == "ClassicalDeclaration":
        value = node.init_expression
        if type(value).__name__ != "QuantumMeasurement" and _mentions(value, bits):
            raise _unsupported(node, "a variable that is computed from measured bits")
    elif any(
        _mentions(getattr(node, field.name), bits)
        for field in dataclasses.fields(node)
        if field.name not in ("span", "annotations", "block", "if_block", "else_block", "body")
    ):
        what = "an assignment to bits other than by `measure`" if kind == "ClassicalAssignment" else "this"
        raise _unsupported(node, f"{what}: bits can be measured into and compared in `if`, nothing else")
    for block in blocks(node):
        check_bits(block, bits, branching=branching)


def _mentions(node: Any, names: set[str]) -> bool:
    if type(node) in (list, tuple):
        return any(_mentions(item, names) for item in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return False
    if type(node).__name__ == "Identifier":
        found: Any = node
        return found.name in names
    return any(_mentions(getattr(node, field.name), names) for field in dataclasses.fields(node))


def _unsupported(node: Any, what: str) -> UnsupportedProgramError:
    line, column = (node.span.start_line, node.span.start_column + 1) if node.span else (None, None)
    return UnsupportedProgramError(f"this emulator does not compute {what}", line=line, column=column)

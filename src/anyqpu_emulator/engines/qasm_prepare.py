"""What is done to an OpenQASM syntax tree before pyqasm unrolls it.

pyqasm drops what it cannot unroll in some places without a word, and knows fewer gate names than the clouds.
Here such things are refused, renamed or written out, so that a result is never that of another program.
"""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterator
from typing import Any

from .errors import ProgramTooLargeError
from .gates import ALIASES, GATES
from .qasm_bits import blocks, check_bits

# Unrolling cannot be interrupted, so what would take for ever is refused before.
_MAX_REGISTER = 10_000
_MAX_LOOP = 100_000


def prepare(program: Any) -> set[str]:
    """Change the tree in place; return the names of the gates that the program defines itself."""
    ast: Any = importlib.import_module("openqasm3.ast")
    own = {node.name.name for node in program.statements if isinstance(node, ast.QuantumGateDefinition)}
    for node in _walk(program.statements):
        _check_size(node, ast)
    bits, qubits = _registers(program, ast)
    check_bits(program.statements, bits)
    builtin = _builtin_names()
    for node in _walk(program.statements):
        if isinstance(node, ast.QuantumGate) and node.name.name not in own | builtin:
            node.name.name = ALIASES.get(node.name.name, node.name.name)
    declared = [name for name in GATES if name not in own | builtin]
    _broadcast(program.statements, ast, own | set(declared), qubits)
    program.statements[:0] = [_declaration(name, ast) for name in declared]
    return own


def _builtin_names() -> set[str]:
    maps: Any = importlib.import_module("pyqasm.maps.gates")
    kinds = ("ONE_QUBIT_OP_MAP", "ONE_QUBIT_ROTATION_MAP", "TWO_QUBIT_OP_MAP", "THREE_QUBIT_OP_MAP")
    return {name for kind in (*kinds, "FOUR_QUBIT_OP_MAP", "FIVE_QUBIT_OP_MAP") for name in getattr(maps, kind)}


def _declaration(name: str, ast: Any) -> Any:
    """A gate that pyqasm does not know, with an empty body: enough for it to check operands."""
    gate = GATES[name]
    return ast.QuantumGateDefinition(
        name=ast.Identifier(name),
        arguments=[ast.Identifier(f"p{i}") for i in range(gate.params)],
        qubits=[ast.Identifier(f"q{i}") for i in range(gate.qubits)],
        body=[],
    )


def _walk(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        for block in blocks(node):
            yield from _walk(block)


def _check_size(node: Any, ast: Any) -> None:
    """Only literal sizes; the rest are rare, and few programs are hostile."""
    size, limit, what = 0, _MAX_REGISTER, "a register"
    if isinstance(node, ast.QubitDeclaration) and isinstance(node.size, ast.IntegerLiteral):
        size = node.size.value
    elif isinstance(node, ast.ClassicalDeclaration) and isinstance(node.type, ast.BitType):
        size = getattr(node.type.size, "value", 0)
    elif isinstance(node, ast.ForInLoop) and isinstance(node.set_declaration, ast.RangeDefinition):
        loop = node.set_declaration
        ends = [getattr(end, "value", 0) for end in (loop.start, loop.end)]
        size, limit, what = ends[1] - ends[0], _MAX_LOOP, "a loop"
    if size > limit:
        raise ProgramTooLargeError(
            f"{what} of {size} is more than this emulator's {limit}",
            line=node.span.start_line,
            column=node.span.start_column + 1,
        )


def _registers(program: Any, ast: Any) -> tuple[set[str], dict[str, int]]:
    bits: set[str] = set()
    qubits: dict[str, int] = {}
    for node in _walk(program.statements):
        if isinstance(node, ast.ClassicalDeclaration) and isinstance(node.type, ast.BitType):
            bits.add(node.identifier.name)
        elif isinstance(node, ast.QubitDeclaration) and isinstance(node.size, ast.IntegerLiteral):
            qubits[node.qubit.name] = node.size.value
    return bits, qubits


def _broadcast(nodes: list[Any], ast: Any, names: set[str], sizes: dict[str, int]) -> None:
    """Write out `mygate q;` for each qubit of q: pyqasm does so only for the gates it knows."""
    for node in nodes:
        # In a gate or a subroutine the names of qubits are its own.
        if not isinstance(node, ast.QuantumGateDefinition | ast.SubroutineDefinition):
            for block in blocks(node):
                _broadcast(block, ast, names, sizes)
    for place in reversed(range(len(nodes))):
        node = nodes[place]
        if not isinstance(node, ast.QuantumGate) or node.name.name not in names:
            continue
        widths = {sizes[q.name] for q in node.qubits if isinstance(q, ast.Identifier) and q.name in sizes}
        if len(widths) == 1:
            nodes[place : place + 1] = [_at_index(node, index, ast, sizes) for index in range(widths.pop())]


def _at_index(gate: Any, index: int, ast: Any, sizes: dict[str, int]) -> Any:
    one = copy.deepcopy(gate)
    one.qubits = [
        ast.IndexedIdentifier(q, [[ast.IntegerLiteral(index)]])
        if isinstance(q, ast.Identifier) and q.name in sizes
        else q
        for q in one.qubits
    ]
    return one

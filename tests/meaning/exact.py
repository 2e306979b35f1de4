"""Exact outcome distributions of Qiskit circuits, by following every branch. Runs where Qiskit is installed.

A branch is a state vector together with the classical bits. Measurements and resets split it, conditions choose what
it does next. Only Qiskit's data structures and gate matrices are used: nothing of this project.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from qiskit.circuit import Barrier, Clbit, Delay, Measure, QuantumCircuit, Reset, Store
from qiskit.circuit.classical import expr, types
from qiskit.circuit.controlflow import (
    BoxOp,
    BreakLoopOp,
    ContinueLoopOp,
    ForLoopOp,
    IfElseOp,
    SwitchCaseOp,
    WhileLoopOp,
)
from qiskit.circuit.controlflow.switch_case import CASE_DEFAULT
from qiskit.circuit.library import Initialize, StatePreparation
from qiskit.quantum_info import Operator

_SMALLEST = 1e-11
_MOST_BRANCHES = 20_000
_MOST_QUBITS = 18
_NEXT, _BREAK, _CONTINUE = "next", "break", "continue"


class TooLargeError(Exception):
    """A circuit that would take too long to follow."""


@dataclass(slots=True)
class Branch:
    """`state` is not normalized: its squared length is the branch's probability."""

    state: np.ndarray
    bits: dict[Clbit, int]
    then: str = _NEXT


def distribution(circuit: QuantumCircuit) -> dict[str, float]:
    """The probability of each joint outcome of the classical bits, bit 0 rightmost."""
    if circuit.num_qubits > _MOST_QUBITS:
        raise TooLargeError(f"{circuit.num_qubits} qubits")
    qubits = {qubit: place for place, qubit in enumerate(circuit.qubits)}
    state = np.zeros(2**circuit.num_qubits, dtype=complex)
    state[0] = 1
    tail = _tail(circuit)
    branches = _run(circuit.data[:tail], [Branch(state, {})], qubits)
    totals: dict[str, float] = defaultdict(float)
    measured = {
        bit: qubits[qubit]
        for step in circuit.data[tail:]
        if isinstance(step.operation, Measure)
        for qubit, bit in zip(step.qubits, step.clbits, strict=True)
    }
    for branch in branches:
        shares = np.abs(branch.state) ** 2
        for index in np.flatnonzero(shares > _SMALLEST):
            bits = [
                (int(index) >> measured[bit]) & 1 if bit in measured else branch.bits.get(bit, 0)
                for bit in circuit.clbits
            ]
            totals["".join(map(str, reversed(bits)))] += float(shares[index])
    return {key: share for key, share in sorted(totals.items()) if share > 1e-9}


def _tail(circuit: QuantumCircuit) -> int:
    """Where the measurements at the end begin: from there on nothing but measurements and barriers."""
    place = len(circuit.data)
    while place and isinstance(circuit.data[place - 1].operation, (Measure, Barrier)):
        place -= 1
    return place


def _run(steps: Sequence[Any], branches: list[Branch], qubits: dict[Any, int]) -> list[Branch]:
    ended: list[Branch] = []
    for step in steps:
        following: list[Branch] = []
        for branch in branches:
            following.extend(_step(step, branch, qubits))
        if len(following) > _MOST_BRANCHES:
            raise TooLargeError(f"{len(following)} branches")
        branches = [branch for branch in following if branch.then == _NEXT]
        ended += [branch for branch in following if branch.then != _NEXT]
    return branches + ended


def _step(step: Any, branch: Branch, qubits: dict[Any, int]) -> list[Branch]:  # noqa: PLR0912 - one case per operation
    operation, places = step.operation, [qubits[qubit] for qubit in step.qubits]
    condition = getattr(operation, "_condition", None) or getattr(operation, "condition", None)
    if isinstance(operation, IfElseOp):
        blocks = operation.blocks
        block = blocks[0] if _holds(operation.condition, branch) else (blocks[1] if len(blocks) > 1 else None)
        return [branch] if block is None else _block(block, step, branch, places)
    if isinstance(operation, WhileLoopOp):
        return _while(operation, step, branch, places)
    if isinstance(operation, ForLoopOp):
        return _for(operation, step, branch, places)
    if isinstance(operation, SwitchCaseOp):
        return _switch(operation, step, branch, places)
    if isinstance(operation, (BreakLoopOp, ContinueLoopOp)):
        return [Branch(branch.state, branch.bits, _BREAK if isinstance(operation, BreakLoopOp) else _CONTINUE)]
    if condition is not None and not _holds(condition, branch):
        return [branch]
    if isinstance(operation, (Barrier, Delay)):
        return [branch]
    if isinstance(operation, Measure):
        return [
            Branch(state, {**branch.bits, step.clbits[0]: value}) for value, state in _split(branch.state, places[0])
        ]
    if isinstance(operation, Reset):
        return [
            Branch(_apply(state, np.array([[0, 1], [1, 0]]), places) if value else state, branch.bits)
            for value, state in _split(branch.state, places[0])
        ]
    if isinstance(operation, (Store, Initialize)):
        raise TooLargeError(f"{operation.name} is not followed")
    if isinstance(operation, BoxOp):
        return _block(operation.blocks[0], step, branch, places)
    if step.clbits or isinstance(operation, StatePreparation):
        # An instruction that consists of others, some of which measure.
        return _block(operation.definition, step, branch, places)
    if hasattr(operation, "to_matrix") and step.qubits:
        try:
            matrix = operation.to_matrix()
        except Exception:  # a gate without a matrix of its own
            matrix = Operator(operation).data
    else:
        matrix = Operator(operation).data
    return [Branch(_apply(branch.state, np.asarray(matrix), places), branch.bits)]


def _split(state: np.ndarray, place: int) -> Iterator[tuple[int, np.ndarray]]:
    shaped = state.reshape(-1, 2, 2**place)
    for value in (0, 1):
        part = np.zeros_like(shaped)
        part[:, value] = shaped[:, value]
        if float(np.vdot(part, part).real) > _SMALLEST:
            yield value, part.reshape(-1)


def _apply(state: np.ndarray, matrix: np.ndarray, places: list[int]) -> np.ndarray:
    """Qiskit's order: the first qubit of a gate is the least significant of its matrix."""
    count = int(state.size).bit_length() - 1
    if not places:
        return state * matrix.reshape(-1)[0]
    axes = [count - 1 - place for place in reversed(places)]
    shaped = np.moveaxis(state.reshape((2,) * count), axes, range(len(axes)))
    turned = matrix @ shaped.reshape(2 ** len(axes), -1)
    return np.moveaxis(turned.reshape((2,) * count), range(len(axes)), axes).reshape(-1)


def _block(block: QuantumCircuit, step: Any, branch: Branch, places: list[int]) -> list[Branch]:
    """A block has bits of its own, which stand for those of the step around it."""
    inner = dict(zip(block.clbits, step.clbits, strict=True))
    outer = {value: key for key, value in inner.items()}
    bits = {outer.get(bit, bit): value for bit, value in branch.bits.items()}
    qubits = dict(zip(block.qubits, places, strict=True))
    return [
        Branch(item.state, {inner.get(bit, bit): value for bit, value in item.bits.items()}, item.then)
        for item in _run(block.data, [Branch(branch.state, bits)], qubits)
    ]


def _while(operation: Any, step: Any, branch: Branch, places: list[int]) -> list[Branch]:
    done: list[Branch] = []
    going = [branch]
    for _ in range(1000):
        following: list[Branch] = []
        for before in going:
            if not _holds(operation.condition, before):
                done.append(before)
                continue
            for after in _block(operation.blocks[0], step, before, places):
                ended = after.then == _BREAK
                (done if ended else following).append(Branch(after.state, after.bits))
        going = following
        if not going:
            return done
        if len(going) + len(done) > _MOST_BRANCHES:
            break
    raise TooLargeError("a loop without end")


def _for(operation: Any, step: Any, branch: Branch, places: list[int]) -> list[Branch]:
    values, parameter, body = operation.params
    done: list[Branch] = []
    going = [branch]
    for value in values:
        block = body if parameter is None else body.assign_parameters({parameter: value}, strict=False)
        following: list[Branch] = []
        for before in going:
            for after in _block(block, step, before, places):
                (done if after.then == _BREAK else following).append(Branch(after.state, after.bits))
        going = following
    return done + going


def _switch(operation: Any, step: Any, branch: Branch, places: list[int]) -> list[Branch]:
    value = _value(operation.target, branch)
    for labels, block in operation.cases_specifier():
        if any(label is CASE_DEFAULT or int(label) == value for label in labels):
            return _block(block, step, branch, places)
    return [branch]


def _holds(condition: Any, branch: Branch) -> bool:
    if isinstance(condition, expr.Expr):
        return bool(_value(condition, branch))
    target, value = condition
    return bool(_value(target, branch) == int(value))


def _value(target: Any, branch: Branch) -> int:
    if isinstance(target, Clbit):
        return branch.bits.get(target, 0)
    if isinstance(target, expr.Expr):
        return _expression(target, branch)
    return sum(branch.bits.get(bit, 0) << place for place, bit in enumerate(target))


_BINARY: dict[str, Any] = {
    "BIT_AND": operator.and_,
    "BIT_OR": operator.or_,
    "BIT_XOR": operator.xor,
    "LOGIC_AND": lambda one, two: one and two,
    "LOGIC_OR": lambda one, two: one or two,
    "EQUAL": operator.eq,
    "NOT_EQUAL": operator.ne,
    "LESS": operator.lt,
    "LESS_EQUAL": operator.le,
    "GREATER": operator.gt,
    "GREATER_EQUAL": operator.ge,
    "SHIFT_LEFT": operator.lshift,
    "SHIFT_RIGHT": operator.rshift,
    "ADD": operator.add,
    "SUB": operator.sub,
    "MUL": operator.mul,
}


def _mask(kind: Any) -> int:
    """All bits of a type: one for a truth value."""
    return (1 << getattr(kind, "width", 1)) - 1


def _cast(node: Any, branch: Branch) -> int:
    value = _expression(node.operand, branch)
    return int(bool(value)) if isinstance(node.type, types.Bool) else value & _mask(node.type)


def _expression(node: Any, branch: Branch) -> int:
    if isinstance(node, expr.Var):
        return _value(node.var, branch)
    if isinstance(node, expr.Value):
        return int(node.value)
    if isinstance(node, expr.Cast):
        return _cast(node, branch)
    if isinstance(node, expr.Index):
        return (_expression(node.target, branch) >> _expression(node.index, branch)) & 1
    if isinstance(node, expr.Unary):
        value = _expression(node.operand, branch)
        return int(not value) if node.op is expr.Unary.Op.LOGIC_NOT else ~value & _mask(node.type)
    if isinstance(node, expr.Binary):
        outcome = _BINARY[node.op.name](_expression(node.left, branch), _expression(node.right, branch))
        return int(outcome) & _mask(node.type)
    raise TooLargeError(f"an expression of type {type(node).__name__} is not followed")

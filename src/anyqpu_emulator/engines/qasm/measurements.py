"""Measurements, resets and barriers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anyqpu_emulator.engines.circuit import Computed, Measure, Reset
from anyqpu_emulator.engines.memory import Bits, Constant, Memory, Node, bits_read, evaluate

from . import syntax
from .context import Context
from .evaluate import Evaluator
from .gate_calls import chosen_qubit
from .symbols import BitAlias, Qubits, Value, Variable
from .syntax import Expression
from .types import BIT, DURATION, Scalar


class Measurements:
    """`store` assigns a value to a target that is not made of classical bits."""

    def __init__(self, context: Context, evaluator: Evaluator, store: Callable[[int, Expression, Value], None]) -> None:
        self.context = context
        self.evaluator = evaluator
        self.store = store

    def statement(self, node: syntax.Measurement) -> None:
        """`measure q -> c;` or `measure q;`."""
        if node.target is None:
            operand = self.evaluator.qubits(node.operand)
            self._touch(operand)
            if operand.choice is None:
                self.context.emit(node.at, *(Measure(qubit, None) for qubit in operand.qubits))
            else:
                self._computed_measure(node.at, operand, None, None)
            self._mark(node.at, "measure", operand)
            return
        self.into(node.at, node.operand, node.target)

    def _mark(self, at: int, name: str, operand: Qubits, seconds: float = 0.0) -> None:
        self.context.annotate(at, name, ([qubit] for qubit in operand.qubits), seconds=seconds)

    def _touch(self, operand: Qubits) -> None:
        self.context.touched.update(operand.qubits)

    def into(self, at: int, source: Expression, target: Expression) -> None:
        """`target = measure source`: straight into classical bits where the target is made of them."""
        context = self.context
        operand = self.evaluator.qubits(source)
        place = self.bits_of_target(target)
        if place is None:
            value = self.measured(at, operand)
            self.store(at, target, value)
            return
        bits, single, choice = place
        count = 1 if operand.single else len(operand.qubits)
        wanted = 1 if single or choice is not None else len(bits)
        if count != wanted or (context.version == 2 and single != operand.single):
            label = self.evaluator.spelled(source)
            raise context.invalid(at, f"measuring {_counted(count, 'qubit')} ({label}) into {_counted(wanted, 'bit')}")
        self._touch(operand)
        if operand.choice is not None or choice is not None:
            self._computed_measure(at, operand, bits, choice)
        else:
            context.emit(at, *(Measure(qubit, bit) for qubit, bit in zip(operand.qubits, bits, strict=True)))
        self._mark(at, "measure", operand)

    def measured(self, at: int, operand: Qubits) -> Value:
        """The outcome of a measurement as a value, in bits that are not part of the circuit's outcome."""
        context = self.context
        count = 1 if operand.single else len(operand.qubits)
        start = context.hidden_bits(at, count)
        self._touch(operand)
        if operand.choice is not None:
            self._computed_measure(at, operand, [start], None)
        else:
            context.emit(at, *(Measure(qubit, start + i) for i, qubit in enumerate(operand.qubits)))
        self._mark(at, "measure", operand)
        return Value(BIT if operand.single else Scalar("bit", count), Bits(start, count))

    def value(self, node: syntax.MeasureExpression) -> Value:
        """`measure q` as a value."""
        return self.measured(node.at, self.evaluator.qubits(node.operand))

    def _computed_measure(self, at: int, operand: Qubits, bits: Sequence[int] | None, choice: Node | None) -> None:
        def operations(memory: Memory) -> list[Measure]:
            chosen = chosen_qubit(operand, memory).qubits
            if bits is None:
                return [Measure(qubit, None) for qubit in chosen]
            targets = bits
            if choice is not None:
                place: int = evaluate(choice, memory)
                targets = [bits[place]]
            return [Measure(qubit, bit) for qubit, bit in zip(chosen, targets, strict=True)]

        reads = {bit for node in (operand.choice, choice) if node is not None for bit in bits_read(node)}
        self.context.emit(at, Computed(frozenset(operand.qubits), frozenset(reads), frozenset(bits or ()), operations))

    def bits_of_target(self, target: Expression) -> tuple[list[int], bool, Node | None] | None:
        """The classical bits of a target, whether it is a single one, and which one where that is computed.

        None where the target is not made of classical bits, an angle for one.
        """
        context = self.context
        node = target.base if isinstance(target, syntax.Index) else target
        symbol = context.find(node.name) if isinstance(node, syntax.Name) else None
        if isinstance(symbol, BitAlias):
            bits, single = list(symbol.bits), symbol.single
        elif isinstance(symbol, Variable) and symbol.in_bits:
            if symbol.fixed:
                raise context.invalid(target.at, f"{symbol.name!r} cannot be assigned: it is constant or read only")
            bits = list(range(symbol.home, symbol.home + symbol.width))
            single = isinstance(symbol.type, Scalar) and symbol.type.width is None
            context.reachable(target.at, symbol)
            whole = node is target
            if whole and not symbol.outcome:
                symbol.node = None
            context.settle(target.at, [symbol])
        else:
            return None
        if not isinstance(target, syntax.Index):
            return bits, single, None
        if single:
            raise context.invalid(target.at, f"{self.evaluator.spelled(node)} is a single bit and has no index")
        positions = self.evaluator.index_items(target.items, len(bits), f"the register {self.evaluator.spelled(node)}")
        if not isinstance(positions, tuple):
            return bits, False, positions
        return [bits[place] for place in positions[0]], positions[1], None

    def reset(self, node: syntax.ResetStatement) -> None:
        """`reset q;`."""
        context = self.context
        operand = self.evaluator.qubits(node.operand)
        self._mark(node.at, "reset", operand)
        if operand.choice is not None:
            self._touch(operand)
            reads = frozenset(bits_read(operand.choice))
            context.emit(
                node.at,
                Computed(
                    frozenset(operand.qubits),
                    reads,
                    frozenset(),
                    lambda memory: [Reset(qubit) for qubit in chosen_qubit(operand, memory).qubits],
                ),
            )
            return
        for qubit in operand.qubits:
            # A qubit that nothing was done to is 0 already, and a circuit without resets has a final state.
            if context.level or qubit in context.touched:
                context.emit(node.at, Reset(qubit))
                context.touched.add(qubit)

    def barrier(self, node: syntax.Barrier) -> None:
        """Barriers and delays have no effect on outcomes; what they name must exist."""
        seconds = 0.0
        if node.duration is not None:
            value = self.evaluator.value(node.duration)
            if value.type != DURATION:
                raise self.context.invalid(node.at, f"a duration should be here, as in [100ns], not {value.type}")
            seconds = float(value.node.value) * 1e-9 if isinstance(value.node, Constant) else 0.0
        operands = [self.evaluator.qubits(operand) for operand in node.operands]
        if node.duration is None:
            qubits = dict.fromkeys(qubit for operand in operands for qubit in operand.qubits)
            self.context.annotate(node.at, "barrier", [qubits or range(self.context.num_qubits)])
            return
        for operand in operands:
            self._mark(node.at, "delay", operand, seconds)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

"""Calls of gates: their operands, broadcasting, angles and modifiers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

from anyqpu_emulator.engines.circuit import Computed, Gate, Operation, Phase
from anyqpu_emulator.engines.gates import GateDefinition, Matrix
from anyqpu_emulator.engines.memory import Constant, Memory, Node, bits_read, evaluate

from . import includes, limits, syntax
from .context import Context
from .evaluate import Evaluator
from .symbols import Qubits, UserGate, Value, kind_of
from .templates import Applied, Template, controlled, inverse, moved, power
from .types import ArrayType, Scalar, radians

# Templates of gates with angles are kept for later calls up to this many operations.
_KEPT = 100_000
# Of the qubits that a call may act on, where measured bits decide which, so many combinations are marked.
_MOST_CHOICES = 1000


class GateCalls:
    """`expand` expands the body of a gate."""

    def __init__(
        self, context: Context, evaluator: Evaluator, expand: Callable[[Sequence[syntax.Statement]], None]
    ) -> None:
        self.context = context
        self.evaluator = evaluator
        self.expand = expand
        self._kept = 0
        self._open: list[UserGate] = []

    def call(self, node: syntax.GateCall) -> None:
        """Append what a call comes to."""
        context = self.context
        context.tick(node.at)
        operands = [self.evaluator.qubits(operand) for operand in node.operands]
        if node.name == "gphase":
            gate: GateDefinition | UserGate | None = None
        else:
            gate = self.resolve(node)
        values = [self._angle(argument) for argument in node.arguments]
        self._check_angles(node, gate, len(values))
        plain = not node.modifiers and len(operands) == _qubits(gate)
        if plain and all(isinstance(one, Constant) for one in values) and not any(one.choice for one in operands):
            # The common case, without what modifiers need.
            self._append(node, gate, tuple(one.value for one in values if isinstance(one, Constant)), (), operands)
            return
        modifiers = [(modifier.at, modifier.kind, self._exponent(modifier)) for modifier in node.modifiers]
        self._check_operands(node, gate, modifiers, len(operands))
        nodes = [*values, *(argument for _at, kind, argument in modifiers if kind == "pow" and argument is not None)]
        computed = any(operand.choice is not None for operand in operands)
        if not computed and all(isinstance(one, Constant) for one in nodes):
            angles = tuple(one.value for one in values if isinstance(one, Constant))
            self._append(node, gate, angles, [(kind, _number(argument)) for _at, kind, argument in modifiers], operands)
            return
        self._computed(node, gate, values, modifiers, operands)

    # ---- what is checked before anything is done

    def resolve(self, node: syntax.GateCall) -> GateDefinition | UserGate:
        """The gate of a call; refuses names that are not gates."""
        symbol = self.context.gate(node.name)
        if isinstance(symbol, GateDefinition):
            return symbol
        if isinstance(symbol, UserGate):
            if symbol.definition.body is None:
                raise self.context.unsupported(node.at, f"the opaque gate {node.name!r}, which has no definition")
            if symbol in self._open:
                raise self.context.invalid(node.at, f"the gate {node.name!r} is used in its own definition")
            return symbol
        if symbol is not None:
            raise self.context.invalid(node.at, f"{node.name!r} is {kind_of(symbol)}, not a gate")
        file = includes.FILES[self.context.version]
        is_included = node.name in includes.gates(self.context.version, "openqasm", included=True)
        hint = (
            f'; include "{file}"'
            if is_included and not self.context.included and self.context.dialect == "openqasm"
            else ""
        )
        raise self.context.invalid(node.at, f"gate {node.name!r} is not defined{hint}")

    def _angle(self, node: syntax.Expression) -> Node:
        """A parameter of a gate: a float, in radians."""
        if isinstance(node, syntax.Literal) and node.kind in ("int", "float"):
            return Constant(float(node.value))
        value = self.evaluator.value(node)
        if isinstance(value.type, ArrayType):
            raise self.context.invalid(node.at, f"a parameter of a gate must be a number, not {value.type}")
        if value.type.kind == "float":
            return value.node
        with self.context.located(node.at):
            number = radians(value.type)
        return self.context.apply(node.at, number, value.node)

    def _exponent(self, modifier: syntax.Modifier) -> Node | None:
        if modifier.kind == "inv":
            return None
        if modifier.kind == "pow":
            if modifier.argument is None:
                raise self.context.invalid(modifier.at, "'pow @' needs an exponent in parentheses")
            value = self.evaluator.value(modifier.argument)
            if isinstance(value.type, ArrayType):
                raise self.context.invalid(modifier.at, f"the exponent of pow must be a number, not {value.type}")
            if value.type.kind in ("int", "uint"):
                return value.node
            with self.context.located(modifier.at):
                number = radians(value.type)
            return self.context.apply(modifier.at, number, value.node)
        if modifier.argument is None:
            return Constant(1)
        count = self.evaluator.integer(modifier.argument, f"the number of controls of '{modifier.kind} @'")
        if count < 1:
            raise self.context.invalid(modifier.at, f"'{modifier.kind}({count}) @' needs at least one control")
        return Constant(count)

    def _check_angles(self, node: syntax.GateCall, gate: GateDefinition | UserGate | None, count: int) -> None:
        wanted = (
            1 if gate is None else gate.params if isinstance(gate, GateDefinition) else len(gate.definition.parameters)
        )
        if count != wanted:
            raise self.context.invalid(
                node.at,
                f"gate {node.name!r} takes {_counted(wanted, 'parameter')}, and {count or 'none'} {_is(count)} given",
            )

    def _check_operands(
        self,
        node: syntax.GateCall,
        gate: GateDefinition | UserGate | None,
        modifiers: Sequence[tuple[int, str, Node | None]],
        count: int,
    ) -> None:
        own = _qubits(gate)
        controls = sum(int(_number(argument)) for _at, kind, argument in modifiers if kind in ("ctrl", "negctrl"))
        if count != own + controls:
            name = f"gate {node.name!r}" + (" with its controls" if controls else "")
            raise self.context.invalid(
                node.at, f"{name} acts on {_counted(own + controls, 'qubit')}, and {count or 'none'} {_is(count)} given"
            )

    # ---- known calls

    def _append(
        self,
        node: syntax.GateCall,
        gate: GateDefinition | UserGate | None,
        angles: tuple[float, ...],
        modifiers: Sequence[tuple[str, float]],
        operands: Sequence[Qubits],
    ) -> None:
        context = self.context
        if isinstance(gate, GateDefinition) and not modifiers and all(operand.single for operand in operands):
            # The common case, without lists in between.
            qubits = [operand.qubits[0] for operand in operands]
            self._distinct(node, qubits)
            controls = gate.controls
            context.touched.update(qubits)
            matrix = self._matrix(node, gate, angles)
            context.emit(node.at, Gate(matrix, tuple(qubits[controls:]), tuple(qubits[:controls])))
            context.annotate(node.at, node.name, [qubits], angles)
            return
        template = self.template(node, gate, angles, modifiers)
        for qubits in self.broadcast(node, operands):
            context.emit(node.at, *moved(template, qubits))
            context.annotate(node.at, _spelled(node), [qubits], angles)
            context.touched.update(qubits)

    def _matrix(self, node: syntax.GateCall, gate: GateDefinition, angles: tuple[float, ...]) -> Matrix:
        if not all(map(math.isfinite, angles)):
            raise self.context.invalid(node.at, f"a parameter of {node.name!r} is not a finite number")
        return gate.build(*angles)

    def broadcast(self, node: syntax.GateCall, operands: Sequence[Qubits]) -> list[list[int]]:
        """The qubits of each application: registers in step, single qubits in all of them."""
        sizes = {len(operand.qubits) for operand in operands if not operand.single}
        if len(sizes) > 1:
            listed = " and ".join(str(size) for size in sorted(sizes))
            raise self.context.invalid(node.at, f"gate {node.name!r} is given registers of different sizes: {listed}")
        count = sizes.pop() if sizes else 1
        rows = [
            [operand.qubits[0] if operand.single else operand.qubits[place] for operand in operands]
            for place in range(count)
        ]
        for row in rows:
            self._distinct(node, row)
        return rows

    def _distinct(self, node: syntax.GateCall, qubits: Sequence[int]) -> None:
        if len(qubits) > 1 and len(set(qubits)) != len(qubits):
            raise self.context.invalid(node.at, f"gate {node.name!r} is given the same qubit twice")

    # ---- templates

    def template(
        self,
        node: syntax.GateCall,
        gate: GateDefinition | UserGate | None,
        angles: tuple[float, ...],
        modifiers: Sequence[tuple[str, float]],
    ) -> Template:
        """A gate with its modifiers, the last of which is applied first."""
        if not all(map(math.isfinite, angles)):
            raise self.context.invalid(node.at, f"a parameter of {node.name!r} is not a finite number")
        applied: Applied | None = None
        if gate is None:
            template: Template = (Phase(angles[0]),)
        elif isinstance(gate, GateDefinition):
            # Amazon Braket takes all powers by the principal logarithm.
            name = node.name if self.context.dialect == "openqasm" else ""
            applied = Applied(name, gate, angles)
            template = applied.template()
        else:
            template = self._user(node, gate, angles)
        qubits = _qubits(gate)
        for kind, argument in reversed(modifiers):
            if kind in ("inv", "pow"):
                exponent = -1 if kind == "inv" else argument
                turned = applied.power(exponent) if applied is not None else None
                if turned is not None:
                    applied, template = turned, turned.template()
                    continue
                applied = None
                with self.context.located(node.at):
                    template = inverse(template) if kind == "inv" else power(template, qubits, argument)
            else:
                one = argument == 1 and kind == "ctrl"
                applied = applied.controlled() if applied is not None and one else None
                template = controlled(template, int(argument), negative=kind == "negctrl")
                qubits += int(argument)
            self.context.check_operations(node.at, len(template))
        return template

    def _user(self, node: syntax.GateCall, gate: UserGate, angles: tuple[float, ...]) -> Template:
        kept = gate.templates.get(angles)
        if kept is not None:
            return kept
        context = self.context
        context.check_operations(node.at, gate.size)
        if gate.depth > limits.MAX_GATE_NESTING:
            raise context.too_large(
                node.at, f"gate {node.name!r} has gates inside gates deeper than the limit of {limits.MAX_GATE_NESTING}"
            )
        mark = context.mark()
        touched, context.touched = context.touched, set()
        self._open.append(gate)
        context.in_gate += 1
        try:
            with context.body(gate.names), context.captured(deeper=False) as operations:
                for name, angle in zip(gate.definition.parameters, angles, strict=True):
                    context.scopes[-1][name] = Value(Scalar("float"), Constant(angle))
                for place, name in enumerate(gate.definition.qubits):
                    context.scopes[-1][name] = Qubits((place,), True)
                self.expand(gate.definition.body or [])
                template = _gates(operations)
        finally:
            self._open.pop()
            context.in_gate -= 1
            context.touched = touched
            context.back(mark)
        if self._kept + len(template) <= _KEPT:
            self._kept += len(template)
            gate.templates[angles] = template
        return template

    # ---- calls that measured bits decide

    def _computed(
        self,
        node: syntax.GateCall,
        gate: GateDefinition | UserGate | None,
        values: Sequence[Node],
        modifiers: Sequence[tuple[int, str, Node | None]],
        operands: Sequence[Qubits],
    ) -> None:
        context = self.context

        def operations(memory: Memory) -> list[Gate | Phase]:
            angles = tuple(float(evaluate(one, memory)) for one in values)
            turns = [(kind, 0 if one is None else evaluate(one, memory)) for _at, kind, one in modifiers]
            template = self.template(node, gate, angles, turns)
            chosen = [chosen_qubit(operand, memory) for operand in operands]
            return [op for row in self.broadcast(node, chosen) for op in moved(template, row)]

        nodes = [*values, *(one for _at, _kind, one in modifiers if one is not None)]
        nodes += [operand.choice for operand in operands if operand.choice is not None]
        qubits = frozenset(qubit for operand in operands for qubit in operand.qubits)
        reads = frozenset(bit for one in nodes for bit in bits_read(one))
        context.touched |= qubits
        context.emit(node.at, Computed(qubits, reads, frozenset(), operations))
        if context.marks:
            angles = [one.value if isinstance(one, Constant) else None for one in values]
            possible = itertools.islice(itertools.product(*(operand.qubits for operand in operands)), _MOST_CHOICES)
            rows = [row for row in possible if len(set(row)) == len(row)]
            context.annotate(node.at, _spelled(node), rows, angles)


def _spelled(node: syntax.GateCall) -> str:
    """A gate with its modifiers."""
    return "".join(f"{modifier.kind} @ " for modifier in node.modifiers) + node.name


def chosen_qubit(operand: Qubits, memory: Memory) -> Qubits:
    """An operand while the circuit runs: the qubit that an index picks."""
    if operand.choice is None:
        return operand
    place: int = evaluate(operand.choice, memory)
    return Qubits((operand.qubits[place],), True)


def _gates(operations: Sequence[Operation]) -> Template:
    """The operations of a gate's body, which are all unitary."""
    gates: list[Gate | Phase] = [op for op in operations if isinstance(op, Gate | Phase)]
    return tuple(gates)


def _qubits(gate: GateDefinition | UserGate | None) -> int:
    if gate is None:
        return 0
    return gate.qubits if isinstance(gate, GateDefinition) else len(gate.definition.qubits)


def _number(node: Node | None) -> float:
    value: float = node.value if isinstance(node, Constant) else 0
    return value


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _is(count: int) -> str:
    return "is" if count <= 1 else "are"

"""Statements on qubits: gates, measurements, resets, barriers."""

from __future__ import annotations

from typing import Any

from anyqpu_programs.calls import Template, placed
from anyqpu_programs.circuit import Barrier, Gate, Measure, Reset
from anyqpu_programs.machine import Machine
from anyqpu_programs.operands import broadcast, selected
from anyqpu_programs.problems import InvalidError, NoFormError
from anyqpu_programs.scope import Bits, Entity, OwnGate, Qubits, Variable
from anyqpu_programs.values import line_of


def gate(machine: Machine, node: Any, line: int | None) -> None:
    """A gate call."""
    name = node.name.name
    definition = machine.gates.find(name, line, machine.name(name))
    noun = f"gate {machine.name(name)!r}"
    if node.duration is not None:
        raise NoFormError(f"{noun} has a duration", line)
    if len(node.arguments) != definition.angles:
        plural = "s" * (definition.angles != 1)
        raise InvalidError(f"{noun} takes {definition.angles} angle{plural}, not {len(node.arguments)}", line)
    angles = tuple([machine.values.number(argument, "an angle") for argument in node.arguments])
    _applied(machine, node, machine.templates.of(definition, angles), definition.qubits, noun)


def gphase(machine: Machine, node: Any, line: int | None) -> None:
    """A global phase, which controls can make relative."""
    angle = machine.values.number(node.argument, "an angle")
    _applied(machine, node, (Gate("gphase", (angle,), ()),), 0, "gphase")


def _applied(machine: Machine, node: Any, template: Template, width: int, noun: str) -> None:
    line = line_of(node, machine.values.offset)
    operands = [operand(machine, qubit, line) for qubit in node.qubits]
    if node.modifiers:
        template, controls = machine.templates.modified(template, node.modifiers, machine.values, line)
        width += controls
    if len(operands) != width:
        actual = f"{len(operands)} {'was' if len(operands) == 1 else 'were'} given"
        raise InvalidError(f"{noun} acts on {width} qubit{'s' * (width != 1)}, but {actual}", line)
    account = machine.budget.steps if machine.gates.in_gate else machine.budget.gates
    for qubits in broadcast(operands, noun, line):
        account(len(template), line)
        machine.steps.extend(placed(template, qubits))


def entered(machine: Machine, definition: OwnGate, angles: tuple[float, ...]) -> Template:
    """Expand the body of a gate of the program, on qubits from 0."""
    node = definition.node
    names: dict[str, Entity] = {
        parameter.name: Variable(angle, None, const=True, depth=0)
        for parameter, angle in zip(node.parameters, angles, strict=True)
    }
    names |= {qubit.name: Qubits((at,), single=True) for at, qubit in enumerate(node.qubits)}
    line = line_of(node, definition.offset)
    with machine.frame(names, definition.offset, line), machine.gates.inside(definition.order):
        with machine.collected() as steps:
            machine.run(node.body)
    return tuple(step for step in steps if isinstance(step, Gate))


def operand(machine: Machine, node: Any, line: int | None) -> Qubits:
    """Return the qubits of an operand."""
    kind = type(node).__name__
    if kind == "HardwareQubit":
        physical(machine, node, line)
        return machine.scopes.qubits(node.name, line)
    if kind == "Identifier":
        return machine.scopes.qubits(node.name, line)
    name = node.name.name
    return selected(machine.scopes.qubits(name, line), machine.name(name), node.indices, machine.values, line)


def physical(machine: Machine, node: Any, line: int | None) -> None:
    """Declare new physical qubits in an operand or alias."""
    kind = type(node).__name__
    if kind == "Concatenation":
        physical(machine, node.lhs, line)
        physical(machine, node.rhs, line)
    elif kind == "HardwareQubit" and machine.scopes.find(node.name) is None:
        machine.declare_qubits(node.name, 1, line, single=True)


def measure(machine: Machine, node: Any, line: int | None) -> None:
    """A measurement, with or without bits for its outcome."""
    if type(node.measure).__name__ != "MeasureExpression":
        raise NoFormError("it has a measurement by a calibration", line)
    qubits = operand(machine, node.measure.operand, line)
    if node.target is None:
        machine.budget.gates(len(qubits.at), line)
        machine.steps += [Measure(qubit, None) for qubit in qubits.at]
    else:
        measured(machine, qubits, target(machine, node.target, line), line)


def measured(machine: Machine, qubits: Qubits, bits: Bits, line: int | None) -> None:
    """Measure qubits into as many bits."""
    count, size = len(qubits.at), len(bits.at)
    if count != size:
        raise InvalidError(f"it measures {count} qubit{'s' * (count != 1)} into {size} bit{'s' * (size != 1)}", line)
    machine.budget.gates(count, line)
    machine.steps += [Measure(qubit, bit) for qubit, bit in zip(qubits.at, bits.at, strict=True)]
    machine.scopes.write(bits.at, None)


def target(machine: Machine, node: Any, line: int | None) -> Bits:
    """Return the bits of the target of an assignment."""
    if type(node).__name__ == "Identifier":
        return machine.scopes.bits(node.name, line)
    name = node.name.name
    return selected(machine.scopes.bits(name, line), machine.name(name), node.indices, machine.values, line)


def reset(machine: Machine, node: Any, line: int | None) -> None:
    """A reset of one qubit or a register."""
    qubits = operand(machine, node.operand, line)
    machine.budget.gates(len(qubits.at), line)
    machine.steps += [Reset(qubit) for qubit in qubits.at]


def barrier(machine: Machine, node: Any, line: int | None) -> None:
    """A barrier; without operands it is across all qubits."""
    if machine.gates.in_gate:
        return
    at = dict.fromkeys(qubit for argument in node.operands for qubit in operand(machine, argument, line).at)
    qubits = tuple(at) or tuple(range(machine.num_qubits))
    # The text of a barrier grows with its number of qubits.
    machine.budget.gates(len(qubits), line)
    machine.steps.append(Barrier(qubits))

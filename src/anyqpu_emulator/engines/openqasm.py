"""OpenQASM 2 and 3, in the dialects of the clouds (Qiskit's, Amazon Braket's), to a circuit."""

from __future__ import annotations

from typing import Any

from .circuit import Circuit, Gate, If, Measure, Operation, Phase, Register, Reset
from .errors import EngineError, InvalidProgramError, UnsupportedProgramError
from .gates import GATES
from .qasm_reader import node_kind, read


def parse(text: str, *, versions: tuple[int, ...] = (2, 3)) -> Circuit:
    """Translate a program; `versions` are the major versions of OpenQASM that are wanted.

    Raises InvalidProgramError (with the line and column where known) or UnsupportedProgramError, which names
    the construct.
    """
    unrolled = read(text)
    if int(unrolled.version) not in versions:
        wanted = " or ".join(str(version) for version in versions)
        raise InvalidProgramError(f"this is OpenQASM {unrolled.version:g}; OpenQASM {wanted} is wanted", line=1)
    return _Translator().translate(unrolled.statements)


class _EndOfProgramError(Exception):
    """An `end` statement was reached."""


class _Translator:
    def __init__(self) -> None:
        self.qubits: dict[tuple[str, int], int] = {}
        self.registers: list[Register] = []
        self.num_bits = 0
        self.initial_bits = 0

    def translate(self, statements: list[Any]) -> Circuit:
        operations: list[Operation] = []
        try:
            for node in statements:
                operations.extend(self.statement(node))
        except _EndOfProgramError:
            pass
        return Circuit(len(self.qubits), tuple(self.registers), tuple(operations), self.initial_bits)

    def statement(self, node: Any, *, inside: bool = False) -> list[Operation]:
        match node_kind(node):
            case "Include" | "QuantumBarrier" | "DelayInstruction" | "Pragma" | "QuantumGateDefinition":
                return []
            case "QubitDeclaration":
                size = 1 if node.size is None else int(node.size.value)
                for index in range(size):
                    self.qubits[node.qubit.name, index] = len(self.qubits)
                return []
            case "ClassicalDeclaration":
                self.declare_bits(node)
                return []
            case "QuantumGate":
                return [self.gate(node)]
            case "QuantumPhase":
                return [Phase(_number(node.argument))]
            case "QuantumMeasurementStatement":
                bit = None if node.target is None else self.bit(node.target)
                return [Measure(self.qubit(node.measure.qubit), bit)]
            case "QuantumReset":
                return [Reset(self.qubit(node.qubits))]
            case "BranchingStatement":
                return [self.branch(node)]
            case "Box":
                return self.block(node.body)
            case "EndStatement" if not inside:
                raise _EndOfProgramError
            case kind:
                raise _at(node, UnsupportedProgramError, f"this emulator does not compute a {kind}")

    def block(self, nodes: list[Any]) -> list[Operation]:
        return [op for node in nodes for op in self.statement(node, inside=True)]

    def declare_bits(self, node: Any) -> None:
        if node_kind(node.type) != "BitType":
            # Other variables were evaluated while unrolling.
            return
        size = 1 if node.type.size is None else int(node.type.size.value)
        start = self.num_bits
        self.registers.append(Register(node.identifier.name, start, size))
        self.num_bits += size
        if node.init_expression is not None:
            if node_kind(node.init_expression) not in (
                "BitstringLiteral",
                "IntegerLiteral",
                "BooleanLiteral",
            ):
                raise _at(node, UnsupportedProgramError, "this emulator wants bits that start as a literal")
            self.initial_bits |= (int(node.init_expression.value) & ((1 << size) - 1)) << start

    def gate(self, node: Any) -> Gate:
        name = str(node.name.name)
        definition = GATES.get(name)
        if definition is None:
            raise _at(node, UnsupportedProgramError, f"this emulator does not know the gate {name!r}")
        qubits = [self.qubit(operand) for operand in node.qubits]
        matrix = definition.build(*(_number(argument) for argument in node.arguments))
        controls = definition.controls
        for modifier in node.modifiers:
            if modifier.modifier.name == "inv":
                matrix = matrix.conj().T
            elif modifier.modifier.name == "ctrl":
                controls += 1 if modifier.argument is None else int(modifier.argument.value)
            else:
                raise _at(
                    node,
                    UnsupportedProgramError,
                    f"this emulator does not compute {modifier.modifier.name} @",
                )
        if len(qubits) != controls + definition.targets or len(set(qubits)) != len(qubits):
            raise _at(node, InvalidProgramError, f"gate {name!r} has the wrong or repeated operands")
        return Gate(matrix, tuple(qubits[controls:]), tuple(qubits[:controls]))

    def branch(self, node: Any) -> If:
        then, otherwise = tuple(self.block(node.if_block)), tuple(self.block(node.else_block))
        condition = node.condition
        match node_kind(condition):
            case "BinaryExpression":
                bits, comparison, value = (
                    self.condition_bits(condition.lhs),
                    condition.op.name,
                    condition.rhs.value,
                )
                return If(bits, comparison, int(value), then, otherwise)
            case "UnaryExpression":
                return If(self.condition_bits(condition.expression), "==", 0, then, otherwise)
            case _:
                return If(self.condition_bits(condition), "!=", 0, then, otherwise)

    def condition_bits(self, node: Any) -> tuple[int, ...]:
        if node_kind(node) == "Identifier":
            register = self.register(node, node.name)
            return tuple(range(register.start, register.start + register.size))
        return (self.register(node, node.collection.name).start + int(node.index[0].value),)

    def register(self, node: Any, name: str) -> Register:
        for register in self.registers:
            if register.name == name:
                return register
        raise _at(node, InvalidProgramError, f"there is no classical register {name!r}")

    def qubit(self, node: Any) -> int:
        if node_kind(node) == "Identifier":
            # A physical qubit ($5) needs no declaration; only those that are used count.
            key = (str(node.name), 0)
            if key[0].startswith("$"):
                return self.qubits.setdefault(key, len(self.qubits))
        else:
            key = (str(node.name.name), int(node.indices[0][0].value))
        if key not in self.qubits:
            raise _at(node, InvalidProgramError, f"there is no qubit {key[0]}[{key[1]}]")
        return self.qubits[key]

    def bit(self, node: Any) -> int:
        if node_kind(node) == "Identifier":
            return self.register(node, str(node.name)).start
        return self.register(node, str(node.name.name)).start + int(node.indices[0][0].value)


def _number(node: Any) -> float:
    match node_kind(node):
        case "FloatLiteral" | "IntegerLiteral":
            return float(node.value)
        case "UnaryExpression" if node.op.name == "-":
            return -_number(node.expression)
        case kind:
            raise _at(node, UnsupportedProgramError, f"an angle should be a number, not a {kind}")


def _at(node: Any, error: type[EngineError], message: str) -> EngineError:
    span = getattr(node, "span", None)
    if span is None:
        return error(message)
    return error(message, line=span.start_line, column=span.start_column + 1)

"""Declarations: files, qubits, variables, aliases, gates and subroutines."""

from __future__ import annotations

from collections.abc import Callable

from anyqpu_emulator.engines.errors import UnsupportedProgramError
from anyqpu_emulator.engines.gates import GateDefinition

from . import includes, limits, syntax
from .assignments import Assignments
from .gate_calls import GateCalls
from .scan import names_in
from .sizes import Sizes
from .symbols import BitAlias, Qubits, Routine, UserGate, Value, Variable
from .syntax import Expression, Statement
from .types import ArrayType, Scalar

_ALLOWED_IN_GATES = (syntax.GateCall, syntax.Barrier, syntax.ForStatement, syntax.IfStatement, syntax.Block)


class Declarations:
    """Gives names their meaning; `inputs` lists all inputs of the program, for the error about them."""

    def __init__(
        self, gates: GateCalls, assignments: Assignments, sizes: Sizes, inputs: Callable[[], list[str]]
    ) -> None:
        self.context = gates.context
        self.evaluator = gates.evaluator
        self.gates = gates
        self.assignments = assignments
        self.sizes = sizes
        self.inputs = inputs

    def _global(self, at: int, label: str) -> None:
        if len(self.context.scopes) > 1:
            raise self.context.invalid(at, f"{label} can only stand at the top of the program, outside of blocks")

    def include(self, node: syntax.Include) -> None:
        """`include "file";`"""
        context = self.context
        self._global(node.at, "'include'")
        file = includes.FILES[context.version]
        if context.dialect == "braket":
            # Amazon's developer guide lists the statements that Braket takes, and `include` is not among them: there
            # are no files next to a program, and its gates need no definition.
            message = f'include "{node.file}": Amazon Braket takes no files; its gates need none'
            raise context.error(UnsupportedProgramError, node.at, message)
        if node.file != file:
            other = (
                " (that is the file of the other version of OpenQASM)" if node.file in includes.FILES.values() else ""
            )
            raise context.invalid(
                node.at, f'include "{node.file}": there is no such file{other}; OpenQASM {context.version} has "{file}"'
            )
        context.included = True
        for name, gate in includes.gates(context.version, context.dialect, included=True).items():
            if name not in context.scopes[0]:
                context.scopes[0][name] = gate

    def qubits(self, node: syntax.QubitDeclaration) -> None:
        """Qubits of the program."""
        context = self.context
        self._global(node.at, "the declaration of qubits")
        size = 1 if node.size is None else self.evaluator.integer(node.size, "the size of a register")
        if size < 1 and not (size == 0 and context.version == 2):
            raise context.invalid(node.at, f"the size of register {node.name!r} must be positive, not {size}")
        start = context.num_qubits
        if start + size > limits.MAX_QUBITS:
            raise context.too_large(
                node.at, f"{start + size} declared qubits are more than the limit of {limits.MAX_QUBITS}"
            )
        context.declare(node.at, node.name, Qubits(tuple(range(start, start + size)), node.size is None))
        context.num_qubits += size
        context.qubit_names += [node.name] if node.size is None else [f"{node.name}[{place}]" for place in range(size)]
        # Registers are laid out on the device in order of declaration.
        context.qubit_numbers += range(start, start + size)

    def declaration(self, node: syntax.Declaration) -> None:
        """A classical variable."""
        context = self.context
        if node.mode == "input":
            names = ", ".join(dict.fromkeys(self.inputs()))
            message = f"inputs without values: {names}; give them values with submit(…, parameters={{…}})"
            raise context.error(UnsupportedProgramError, node.at, message)
        if context.version == 2 and isinstance(node.type.size, syntax.Literal) and node.type.size.value == 0:
            # Qiskit takes empty registers in OpenQASM 2.
            context.declare(node.at, node.name, BitAlias((), False))
            return
        of = self.evaluator.type(node.type)
        if isinstance(of, ArrayType) and node.mode == "const":
            raise context.invalid(node.at, "an array cannot be constant")
        if isinstance(node.value, syntax.MeasureExpression):
            if node.mode == "const":
                raise context.invalid(node.at, f"the constant {node.name!r} cannot be measured")
            variable = context.variable(node.at, node.name, of, None)
            context.declare(node.at, node.name, variable)
            self.assignments.measurements.into(node.value.at, node.value.operand, syntax.Name(node.at, node.name))
            return
        context.in_constant = node.mode == "const"
        value = None if node.value is None else self.assignments.initial(node.value, of)
        context.in_constant = False
        if node.mode == "const":
            if value is None or not value.is_constant:
                raise context.invalid(
                    node.at, f"the value of the constant {node.name!r} must not depend on measured bits"
                )
            context.declare(node.at, node.name, Value(of, context.convert(node.at, value, of)))
            return
        # The name is only there after its own value.
        context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))

    def alias(self, node: syntax.Alias) -> None:
        """`let`."""
        symbol = self._aliased(node.value)
        self.context.hold(node.at, len(symbol.bits if isinstance(symbol, BitAlias) else symbol.qubits))
        self.context.declare(node.at, node.name, symbol)

    def _aliased(self, node: Expression) -> Qubits | BitAlias:
        """Qubits or bits under another name; classical registers are recognised by their first part."""
        first = node
        while isinstance(first, syntax.Index | syntax.Concatenation):
            first = first.base if isinstance(first, syntax.Index) else first.parts[0]
        symbol = self.context.find(first.name) if isinstance(first, syntax.Name) else None
        if isinstance(symbol, Variable | BitAlias):
            bits, single = self._bit_places(node)
            if len(set(bits)) != len(bits):
                raise self.context.invalid(node.at, "a register cannot be joined with a part of itself")
            return BitAlias(tuple(bits), single)
        qubits = self.evaluator.qubits(node)
        if qubits.choice is not None:
            raise self.context.unsupported(node.at, "an alias whose index depends on measured bits")
        return qubits

    def _bit_places(self, node: Expression) -> tuple[list[int], bool]:
        """The numbers of classical bits that an expression names."""
        context = self.context
        if isinstance(node, syntax.Concatenation):
            return [bit for part in node.parts for bit in self._bit_places(part)[0]], False
        if isinstance(node, syntax.Index):
            bits, single = self._bit_places(node.base)
            if single:
                raise context.invalid(node.at, f"{self.evaluator.spelled(node.base)} is a single bit and has no index")
            positions = self.evaluator.index_items(node.items, len(bits), "the register")
            if not isinstance(positions, tuple):
                raise context.unsupported(node.at, "an alias whose index depends on measured bits")
            return [bits[place] for place in positions[0]], positions[1]
        symbol = context.find(node.name) if isinstance(node, syntax.Name) else None
        if isinstance(symbol, BitAlias):
            return list(symbol.bits), symbol.single
        if not isinstance(symbol, Variable) or not symbol.in_bits:
            raise context.invalid(node.at, "an alias stands for qubits or bits")
        context.settle(node.at, [symbol])
        symbol.aliased = True
        single = isinstance(symbol.type, Scalar) and symbol.type.width is None
        return list(range(symbol.home, symbol.home + symbol.width)), single

    # ---- gates and subroutines

    def gate_definition(self, node: syntax.GateDefinition) -> None:
        """`gate` and `opaque`."""
        context = self.context
        self._global(node.at, "the definition of a gate")
        if not node.qubits:
            raise context.invalid(node.at, f"gate {node.name!r} needs at least one qubit")
        names = [*node.parameters, *node.qubits]
        if len(set(node.parameters)) != len(node.parameters) or len(set(node.qubits)) != len(node.qubits):
            twice = next(name for name in names if names.count(name) > 1)
            raise context.invalid(node.at, f"gate {node.name!r} names {twice!r} twice")
        gate = UserGate(node)
        for call in node.body or []:
            self._check_in_gate(node, call, gate)
        inner = [one.depth for one in gate.names.values() if isinstance(one, UserGate)]
        gate.depth = 1 + max(inner, default=0)
        gate.size = min(self.sizes.of(node.body or [])[1], 10 * limits.MAX_OPERATIONS)
        context.declare(node.at, node.name, gate)

    def _check_in_gate(
        self, node: syntax.GateDefinition, statement: Statement, gate: UserGate, loops: tuple[str, ...] = ()
    ) -> None:
        context = self.context
        if not isinstance(statement, _ALLOWED_IN_GATES):
            raise context.invalid(statement.at, f"only gates can be in the body of gate {node.name!r}")
        if isinstance(statement, syntax.ForStatement | syntax.IfStatement | syntax.Block):
            inner = (
                [*statement.then, *statement.otherwise] if isinstance(statement, syntax.IfStatement) else statement.body
            )
            inside = (*loops, statement.name) if isinstance(statement, syntax.ForStatement) else loops
            for one in inner:
                self._check_in_gate(node, one, gate, inside)
            return
        for operand in statement.operands:
            if not isinstance(operand, syntax.Name) or operand.name not in node.qubits:
                spelled = self.evaluator.spelled(operand)
                raise context.invalid(operand.at, f"gate {node.name!r} acts on its own qubits only, not on {spelled!r}")
        if isinstance(statement, syntax.GateCall):
            for name in names_in(statement.arguments):
                if name.name not in node.parameters and name.name not in loops:
                    # A constant of the program, or an error.
                    self.evaluator.value(name)
        if isinstance(statement, syntax.GateCall) and statement.name != "gphase":
            symbol = context.gate(statement.name)
            if statement.name == node.name and not isinstance(symbol, UserGate | GateDefinition):
                raise context.invalid(statement.at, f"the gate {node.name!r} is used in its own definition")
            if isinstance(symbol, UserGate | GateDefinition):
                gate.names[statement.name] = symbol
            else:
                self.gates.resolve(statement)

    def subroutine(self, node: syntax.Subroutine) -> None:
        """`def`."""
        self._global(node.at, "the definition of a subroutine")
        self.context.declare(node.at, node.name, Routine(node))

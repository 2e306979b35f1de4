"""Statements to operations of a circuit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..circuit import Computed, Measure, Reset, SetBits
from ..gates import GateDefinition
from ..memory import Bits, Constant, Memory, Node, bits_read, evaluate
from . import includes, indexing, limits, syntax
from .context import BitAlias, Context, Qubits, Routine, UserGate, Value, Variable, kind_of
from .control import Control
from .evaluate import Evaluator
from .gate_calls import GateCalls, chosen_qubit
from .scan import names_in
from .syntax import Expression, Statement
from .types import BIT, DURATION, ArrayType, Scalar, Type

_ALLOWED_IN_GATES = (syntax.GateCall, syntax.Barrier, syntax.ForStatement, syntax.IfStatement, syntax.Block)


class Statements:
    """Expands statements one after another; `inputs` lists all inputs of the program, for the error about them."""

    def __init__(self, context: Context, inputs: Callable[[], list[str]]) -> None:
        self.context = context
        self.inputs = inputs
        self.evaluator = Evaluator(context)
        self.gates = GateCalls(context, self.evaluator)
        self.control = Control(context, self.evaluator, self.all, self._gate_size)
        self.gates.expand = self.all
        self.control.measured = self._measured_value
        self._verbatim = False
        self._expanders: dict[type, Callable[[Any], None]] = {
            syntax.Include: self._include,
            syntax.QubitDeclaration: self._qubits,
            syntax.Declaration: self._declaration,
            syntax.Alias: self._alias,
            syntax.GateDefinition: self._gate_definition,
            syntax.Subroutine: self._subroutine,
            syntax.GateCall: self.gates.call,
            syntax.Measurement: self._measurement,
            syntax.ResetStatement: self._reset,
            syntax.Barrier: self._barrier,
            syntax.Assignment: self._assignment,
            syntax.ExpressionStatement: self._expression,
            syntax.IfStatement: self.control.branch,
            syntax.WhileStatement: self.control.repeat,
            syntax.ForStatement: self.control.iterate,
            syntax.SwitchStatement: self.control.switch,
            syntax.Block: self._block,
            syntax.Jump: self.control.jump,
            syntax.Return: self.control.leave,
            syntax.Pragma: self._pragma,
            syntax.Refused: self._refused,
        }

    def one(self, statement: Statement) -> None:
        """Expand a statement."""
        self.context.tick(statement.at)
        self._expanders[type(statement)](statement)

    def all(self, statements: Sequence[Statement]) -> None:
        """Expand statements in order."""
        for statement in statements:
            self.one(statement)

    # ---- declarations

    def _global(self, at: int, what: str) -> None:
        if len(self.context.scopes) > 1:
            self.context.invalid(at, f"{what} can only stand at the top of the program, outside of blocks")

    def _include(self, node: syntax.Include) -> None:
        context = self.context
        self._global(node.at, "'include'")
        file = includes.FILES[context.version]
        if context.dialect == "braket":
            # Amazon's developer guide lists the statements that Braket takes, and `include` is not among them: there
            # are no files next to a program, and its gates need no definition.
            context.unsupported(node.at, f"include \"{node.file}\": Amazon Braket takes no files; its gates need none")
        if node.file != file:
            other = " (that is the file of the other version of OpenQASM)" if node.file in includes.FILES.values() else ""
            context.invalid(
                node.at, f"include \"{node.file}\": there is no such file{other}; OpenQASM {context.version} has \"{file}\""
            )
        context.included = True
        for name, gate in includes.gates(context.version, context.dialect, included=True).items():
            if name not in context.scopes[0]:
                context.scopes[0][name] = gate

    def _qubits(self, node: syntax.QubitDeclaration) -> None:
        context = self.context
        self._global(node.at, "the declaration of qubits")
        size = 1 if node.size is None else self.evaluator.integer(node.size, "the size of a register")
        if size < 1 and not (size == 0 and context.version == 2):
            context.invalid(node.at, f"the size of register {node.name!r} must be positive, not {size}")
        start = context.num_qubits
        if start + size > limits.MAX_QUBITS:
            context.too_large(node.at, f"{start + size} declared qubits are more than the limit of {limits.MAX_QUBITS}")
        context.declare(node.at, node.name, Qubits(tuple(range(start, start + size)), node.size is None))
        context.num_qubits += size

    def _declaration(self, node: syntax.Declaration) -> None:
        context = self.context
        if node.mode == "input":
            names = ", ".join(dict.fromkeys(self.inputs()))
            context.unsupported(
                node.at, f"inputs without values: {names}. Give them values with submit(…, parameters={{…}})"
            )
        if context.version == 2 and isinstance(node.type.size, syntax.Literal) and node.type.size.value == 0:
            # Qiskit takes empty registers in OpenQASM 2.
            context.declare(node.at, node.name, BitAlias((), False))
            return
        of = self.evaluator.type(node.type)
        if isinstance(of, ArrayType) and node.mode == "const":
            context.invalid(node.at, "an array cannot be constant")
        if isinstance(node.value, syntax.MeasureExpression):
            if node.mode == "const":
                context.invalid(node.at, f"the constant {node.name!r} cannot be measured")
            variable = context.variable(node.at, node.name, of, None)
            context.declare(node.at, node.name, variable)
            self._measure(node.value.at, node.value.operand, syntax.Name(node.at, node.name))
            return
        value = None if node.value is None else self._initial(node.value, of)
        if node.mode == "const":
            if value is None or not value.known:
                context.invalid(node.at, f"the value of the constant {node.name!r} must not depend on measured bits")
            context.declare(node.at, node.name, Value(of, context.convert(node.at, value, of)))
            return
        # The name is only there after its own value.
        context.declare(node.at, node.name, context.variable(node.at, node.name, of, value))

    def _initial(self, node: Expression, of: Type) -> Value:
        if isinstance(node, syntax.IndexSet):
            if not isinstance(of, ArrayType):
                self.context.invalid(node.at, f"braces are for arrays, not for {of}")
            return self.evaluator.elements(node, of)
        return self.evaluator.value(node)

    def _alias(self, node: syntax.Alias) -> None:
        symbol = self._aliased(node.value)
        self.context.hold(node.at, len(symbol.bits if isinstance(symbol, BitAlias) else symbol.qubits))
        self.context.declare(node.at, node.name, symbol)

    def _aliased(self, node: Expression) -> Qubits | BitAlias:
        """Qubits or bits under another name; classical registers are told by what their first part is."""
        first = node
        while isinstance(first, syntax.Index | syntax.Concatenation):
            first = first.base if isinstance(first, syntax.Index) else first.parts[0]
        symbol = self.context.find(first.name) if isinstance(first, syntax.Name) else None
        if isinstance(symbol, Variable | BitAlias):
            bits, single = self._bit_places(node)
            if len(set(bits)) != len(bits):
                self.context.invalid(node.at, "a register cannot be joined with a part of itself")
            return BitAlias(tuple(bits), single)
        qubits = self.evaluator.qubits(node)
        if qubits.choice is not None:
            self.context.unsupported(node.at, "an alias whose index depends on measured bits")
        return qubits

    def _bit_places(self, node: Expression) -> tuple[list[int], bool]:
        """The numbers of classical bits that an expression names."""
        context = self.context
        if isinstance(node, syntax.Concatenation):
            return [bit for part in node.parts for bit in self._bit_places(part)[0]], False
        if isinstance(node, syntax.Index):
            bits, single = self._bit_places(node.base)
            if single:
                context.invalid(node.at, f"{self.evaluator.spelled(node.base)} is a single bit and has no index")
            found = self.evaluator.index_items(node.items, len(bits), "the register")
            if not isinstance(found, tuple):
                context.unsupported(node.at, "an alias whose index depends on measured bits")
            return [bits[place] for place in found[0]], found[1]
        symbol = context.find(node.name) if isinstance(node, syntax.Name) else None
        if isinstance(symbol, BitAlias):
            return list(symbol.bits), symbol.single
        if not isinstance(symbol, Variable) or not symbol.in_bits:
            context.invalid(node.at, "an alias stands for qubits or bits")
        context.settle(node.at, [symbol])
        symbol.aliased = True
        single = isinstance(symbol.type, Scalar) and symbol.type.width is None
        return list(range(symbol.home, symbol.home + symbol.width)), single

    # ---- gates and subroutines

    def _gate_definition(self, node: syntax.GateDefinition) -> None:
        context = self.context
        self._global(node.at, "the definition of a gate")
        if not node.qubits:
            context.invalid(node.at, f"gate {node.name!r} needs at least one qubit")
        names = [*node.parameters, *node.qubits]
        if len(set(node.parameters)) != len(node.parameters) or len(set(node.qubits)) != len(node.qubits):
            twice = next(name for name in names if names.count(name) > 1)
            context.invalid(node.at, f"gate {node.name!r} names {twice!r} twice")
        gate = UserGate(node)
        for call in node.body or []:
            self._check_in_gate(node, call, gate)
        inner = [one.depth for one in gate.names.values() if isinstance(one, UserGate)]
        gate.depth = 1 + max(inner, default=0)
        gate.size = min(self.control.work.of(node.body or [])[1], 10 * limits.MAX_OPERATIONS)
        context.declare(node.at, node.name, gate)

    def _check_in_gate(
        self, node: syntax.GateDefinition, statement: Statement, gate: UserGate, loops: tuple[str, ...] = ()
    ) -> None:
        context = self.context
        if not isinstance(statement, _ALLOWED_IN_GATES):
            context.invalid(statement.at, f"only gates can be in the body of gate {node.name!r}")
        if isinstance(statement, syntax.ForStatement | syntax.IfStatement | syntax.Block):
            inner = [*statement.then, *statement.otherwise] if isinstance(statement, syntax.IfStatement) else statement.body
            inside = (*loops, statement.name) if isinstance(statement, syntax.ForStatement) else loops
            for one in inner:
                self._check_in_gate(node, one, gate, inside)
            return
        for operand in statement.operands:
            if not isinstance(operand, syntax.Name) or operand.name not in node.qubits:
                spelled = self.evaluator.spelled(operand)
                context.invalid(operand.at, f"gate {node.name!r} acts on its own qubits only, not on {spelled!r}")
        if isinstance(statement, syntax.GateCall):
            for name in names_in(statement.arguments):
                if name.name not in node.parameters and name.name not in loops:
                    # A constant of the program, or an error.
                    self.evaluator.value(name)
        if isinstance(statement, syntax.GateCall) and statement.name != "gphase":
            symbol = context.gate(statement.name)
            if statement.name == node.name and not isinstance(symbol, UserGate | GateDefinition):
                context.invalid(statement.at, f"the gate {node.name!r} is used in its own definition")
            if isinstance(symbol, UserGate | GateDefinition):
                gate.names[statement.name] = symbol
            else:
                self.gates.resolve(statement)

    def _gate_size(self, name: str) -> int:
        symbol = self.context.gate(name)
        return max(1, symbol.size) if isinstance(symbol, UserGate) else 1

    def _subroutine(self, node: syntax.Subroutine) -> None:
        self._global(node.at, "the definition of a subroutine")
        self.context.declare(node.at, node.name, Routine(node))

    # ---- measurements, resets, barriers

    def _measurement(self, node: syntax.Measurement) -> None:
        if node.target is None:
            operand = self.evaluator.qubits(node.operand)
            self._touch(operand)
            if operand.choice is None:
                self.context.emit(node.at, *(Measure(qubit, None) for qubit in operand.qubits))
            else:
                self._computed_measure(node.at, operand, None, None)
            return
        self._measure(node.at, node.operand, node.target)

    def _touch(self, operand: Qubits) -> None:
        self.context.touched.update(operand.qubits)

    def _measure(self, at: int, source: Expression, target: Expression) -> None:
        """`target = measure source`: straight into classical bits where the target is made of them."""
        context = self.context
        operand = self.evaluator.qubits(source)
        place = self._bits_of_target(target)
        if place is None:
            value = self.measured(at, operand)
            self._store(at, target, "=", value)
            return
        bits, single, choice = place
        count = 1 if operand.single else len(operand.qubits)
        wanted = 1 if single or choice is not None else len(bits)
        if count != wanted or (context.version == 2 and single != operand.single):
            what = self.evaluator.spelled(source)
            context.invalid(at, f"measuring {_counted(count, 'qubit')} ({what}) into {_counted(wanted, 'bit')}")
        self._touch(operand)
        if operand.choice is not None or choice is not None:
            self._computed_measure(at, operand, bits, choice)
            return
        context.emit(at, *(Measure(qubit, bit) for qubit, bit in zip(operand.qubits, bits, strict=True)))

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
        return Value(BIT if operand.single else Scalar("bit", count), Bits(start, count))

    def _measured_value(self, node: syntax.MeasureExpression) -> Value:
        return self.measured(node.at, self.evaluator.qubits(node.operand))

    def _computed_measure(self, at: int, operand: Qubits, bits: Sequence[int] | None, choice: Node | None) -> None:
        def operations(memory: Memory) -> list[Measure]:
            chosen = chosen_qubit(operand, memory).qubits
            if bits is None:
                return [Measure(qubit, None) for qubit in chosen]
            targets = bits if choice is None else [bits[evaluate(choice, memory)]]
            return [Measure(qubit, bit) for qubit, bit in zip(chosen, targets, strict=True)]

        reads = {bit for node in (operand.choice, choice) if node is not None for bit in bits_read(node)}
        self.context.emit(
            at, Computed(frozenset(operand.qubits), frozenset(reads), frozenset(bits or ()), operations)
        )

    def _bits_of_target(self, target: Expression) -> tuple[list[int], bool, Node | None] | None:
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
                context.invalid(target.at, f"{symbol.name!r} cannot be assigned: it is constant or read only")
            bits = list(range(symbol.home, symbol.home + symbol.width))
            single = isinstance(symbol.type, Scalar) and symbol.type.width is None
            whole = node is target
            if whole and not symbol.outcome:
                symbol.node = None
            context.settle(target.at, [symbol])
        else:
            return None
        if not isinstance(target, syntax.Index):
            return bits, single, None
        if single:
            context.invalid(target.at, f"{self.evaluator.spelled(node)} is a single bit and has no index")
        found = self.evaluator.index_items(target.items, len(bits), f"the register {self.evaluator.spelled(node)}")
        if not isinstance(found, tuple):
            return bits, False, found
        return [bits[place] for place in found[0]], found[1], None

    def _reset(self, node: syntax.ResetStatement) -> None:
        context = self.context
        operand = self.evaluator.qubits(node.operand)
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

    def _barrier(self, node: syntax.Barrier) -> None:
        """Barriers and delays have no effect on outcomes; what they name must exist."""
        if node.duration is not None:
            value = self.evaluator.value(node.duration)
            if value.type != DURATION:
                self.context.invalid(node.at, f"a duration should be here, as in [100ns], not {value.type}")
        for operand in node.operands:
            self.evaluator.qubits(operand)

    # ---- assignments

    def _assignment(self, node: syntax.Assignment) -> None:
        if isinstance(node.value, syntax.MeasureExpression) and node.op == "=":
            self._measure(node.at, node.value.operand, node.target)
            return
        if isinstance(node.value, syntax.MeasureExpression):
            value = self.measured(node.at, self.evaluator.qubits(node.value.operand))
        elif isinstance(node.value, syntax.IndexSet):
            value = self._initial(node.value, self.evaluator.value(node.target).type)
        else:
            value = self.evaluator.value(node.value)
        self._store(node.at, node.target, node.op, value)

    def _store(self, at: int, target: Expression, op: str, value: Value) -> None:
        context = self.context
        if op != "=":
            value = self.evaluator.operate(at, op[:-1], self.evaluator.value(target), value)
        node = target.base if isinstance(target, syntax.Index) else target
        if isinstance(target, syntax.Index) and isinstance(node, syntax.Index):
            self._store_bits_of_element(at, target, node, value)
            return
        symbol = context.find(node.name) if isinstance(node, syntax.Name) else None
        if isinstance(symbol, BitAlias):
            self._store_alias(at, target, value)
            return
        if not isinstance(symbol, Variable):
            name = node.name if isinstance(node, syntax.Name) else "this"
            what = "not declared" if symbol is None else f"{kind_of(symbol)} and cannot be assigned"
            context.invalid(at, f"{name!r} is {what}")
        self._own(at, symbol)
        if isinstance(target, syntax.Index):
            value = self._changed(at, target, context.read(symbol), value)
        context.assign(at, symbol, value)

    def _own(self, at: int, variable: Variable) -> None:
        """Refuse the change of a variable of the program inside a subroutine."""
        context = self.context
        if context.calls and context.scopes[0].get(variable.name) is variable:
            context.invalid(at, f"a subroutine cannot assign {variable.name!r}, a variable of the program")

    def _changed(self, at: int, target: syntax.Index, old: Value, value: Value) -> Value:
        """The whole value of a variable after some of its elements or bits are replaced."""
        context = self.context
        if isinstance(old.type, ArrayType):
            of = old.type
            selection = self.evaluator.selection(target, of)
            if isinstance(selection, indexing.Selection):
                node = context.convert(at, value, selection.type)
                return Value(of, context.apply(at, selection.set, old.node, node))

            def replace(values: tuple[Any, ...], new: Any, *indices: int) -> tuple[Any, ...]:
                place = indexing.flat_index(of, indices)
                return (*values[:place], new, *values[place + 1 :])

            node = context.convert(at, value, of.element)
            return Value(of, context.apply(at, replace, old.node, node, *selection))
        width = old.type.width
        if width is None or old.type.kind not in ("bit", "int", "uint", "angle"):
            context.invalid(at, f"{old.type} has no bits to index; only types with a size have")
        found = self.evaluator.index_items(target.items, width, f"{old.type}")
        # The bits are replaced as an unsigned integer, which then is of the type again.
        raw = Scalar("bit", width)
        if isinstance(found, tuple):
            places, single = found
            node = context.convert(at, value, BIT if single else Scalar("bit", len(places)))
            changed = context.apply(at, indexing.put(places), old.node, node)
        else:
            node = context.convert(at, value, BIT)
            changed = context.apply(
                at, lambda whole, bit, place: (whole & ~(1 << place)) | (bit << place), old.node, node, found
            )
        if old.type.kind != "int":
            return Value(old.type, changed)
        return Value(old.type, context.convert(at, Value(raw, changed), old.type))

    def _store_bits_of_element(self, at: int, target: syntax.Index, inner: syntax.Index, value: Value) -> None:
        """`a[i][j] = …`: a bit of an element of an array, or an element of a row."""
        element = self.evaluator.value(inner)
        self._store(at, inner, "=", self._changed(at, target, element, value))

    def _store_alias(self, at: int, target: Expression, value: Value) -> None:
        place = self._bits_of_target(target)
        assert place is not None
        bits, single, choice = place
        if choice is not None:
            self.context.unsupported(at, "an index of an alias that depends on measured bits")
        node = self.context.convert(at, value, BIT if single else Scalar("bit", len(bits)))
        if not isinstance(node, Constant) and len(bits) > 1:
            # The value might read the bits that are being replaced, so it is put aside.
            start = self.context.hidden_bits(at, len(bits))
            self.context.emit(at, SetBits(start, len(bits), node))
            node = Bits(start, len(bits))
        for i, bit in enumerate(bits):
            one = self.context.apply(at, lambda whole, i=i: (whole >> i) & 1, node)
            self.context.emit(at, SetBits(bit, 1, one))

    def _expression(self, node: syntax.ExpressionStatement) -> None:
        if isinstance(node.value, syntax.Call):
            symbol = self.context.find(node.value.name)
            if isinstance(symbol, Routine):
                self.control.call(node.value, symbol)
                return
            if isinstance(symbol, UserGate | GateDefinition):
                self.context.invalid(node.at, f"gate {node.value.name!r} needs qubits")
        self.evaluator.value(node.value)

    # ---- the rest

    def _block(self, node: syntax.Block) -> None:
        with self.context.scope():
            self.all(node.body)

    def _pragma(self, node: syntax.Pragma) -> None:
        """A pragma may change what a program means (noise, observables), so an unknown one is refused, not skipped."""
        if node.command.split()[:2] == ["braket", "verbatim"]:
            return
        shown = node.command if len(node.command) <= 60 else node.command[:60] + "…"
        self.context.unsupported(node.at, f"the pragma '{shown}'")

    def _refused(self, node: syntax.Refused) -> None:
        self.context.unsupported(node.at, node.construct)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"



"""OpenQASM 2, 3 and Braket's dialect, written out by pyqasm.

pyqasm evaluates constants, loops, aliases and gates that the program defines. What it would drop or guess, and what
has no form in the other languages, is refused before.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import Any, cast

from anyqpu.errors import ConfigError, ValidationError
from anyqpu.programs.circuit import Barrier, Circuit, Gate, Measure, Place, Reset, Step
from anyqpu.programs.gates import ALIASES, KNOWN, controlled, inverse

Refuse = Callable[[str], ValidationError]

# What a program may consist of; everything else has no exact form elsewhere.
_ALLOWED = {
    *("Include", "QubitDeclaration", "ClassicalDeclaration", "ConstantDeclaration", "AliasStatement"),
    *("QuantumGateDefinition", "QuantumGate", "QuantumPhase", "QuantumMeasurementStatement", "QuantumReset"),
    *("QuantumBarrier", "ForInLoop"),
}
_INCLUDES = {"stdgates.inc", "qelib1.inc"}
_LONGEST_LOOP = 100_000


def library(name: str) -> Any:
    """A module of pyqasm or of what it stands on; raises `ConfigError` naming the extra where it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"converting programs needs the package {error.name!r}", hint="pip install 'anyqpu[convert]'"
        ) from error


@contextmanager
def pyqasm_alone() -> Generator[Any]:
    """pyqasm, which keeps state in its modules: one program at a time, whoever else in this process uses it.

    It logs what it raises, and shortens everybody's tracebacks; both are undone.
    """
    module = library("pyqasm")
    # The lock is kept where all who know of the problem find it.
    names = cast("dict[str, Any]", module.__dict__)
    with names.setdefault("anyqpu_lock", Lock()):
        quiet = logging.getLogger("pyqasm")
        before, quiet.disabled = quiet.disabled, True
        limit: int | None = getattr(sys, "tracebacklimit", None)
        try:
            yield module
        finally:
            quiet.disabled = before
            if limit is not None:
                sys.tracebacklimit = limit
            elif hasattr(sys, "tracebacklimit"):
                del sys.tracebacklimit


def parse(text: str, refuse: Refuse) -> Any:
    """The syntax tree of a program."""
    parser = library("openqasm3.parser")
    try:
        return parser.parse(text)
    except Exception as error:  # the parser's own, and what it runs into in odd programs
        raise refuse(f"it cannot be read{_place_in(error)}") from error


def _place_in(error: BaseException | None) -> str:
    """Where the parser stopped: it says so deep in what caused its error."""
    while error is not None:
        token = getattr(next(iter(error.args), None), "offendingToken", None)
        if token is not None:
            return f": line {token.line} is not understood at {token.text!r}"
        error = error.__cause__ or error.__context__
    return ""


def read(text: str, refuse: Refuse) -> Circuit:
    """The circuit that a program is; raises what `refuse` makes of the reason where there is no telling."""
    tree = parse(text, refuse)
    own = {node.name.name for node in tree.statements if type(node).__name__ == "QuantumGateDefinition"}
    phases = any(type(node).__name__ == "QuantumPhase" for node in _walk(tree.statements))
    for node in _walk(tree.statements):
        _check(node, own, refuse)
        if phases and type(node).__name__ == "QuantumGate" and node.modifiers and node.name.name in own:
            raise refuse(f"it has a controlled or inverted {node.name.name!r}, and phases")
    with pyqasm_alone() as pyqasm:
        missing = [name for name in KNOWN if name not in own | _built_in()]
        tree.statements[:0] = [_declaration(name) for name in missing]
        try:
            module = pyqasm.loads(tree)
            module.unroll(external_gates=[name for name in KNOWN if name not in own], max_loop_iters=_LONGEST_LOOP)
            nodes = list(module.unrolled_ast.statements)
        except Exception as error:  # pyqasm raises many kinds, also KeyError for odd programs
            raise refuse(f"it cannot be read ({error or type(error).__name__})") from error
    return _Reader(refuse).circuit(nodes)


def _check(node: Any, own: set[str], refuse: Refuse) -> None:
    kind = type(node).__name__
    where = f" in line {node.span.start_line}" if node.span else ""
    if kind not in _ALLOWED:
        words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind).lower()
        raise refuse(f"it has a {words}{where}")
    if kind == "Include" and node.filename not in _INCLUDES:
        raise refuse(f"it includes {node.filename!r}{where}")
    if kind == "ClassicalDeclaration" and type(node.type).__name__ != "BitType":
        raise refuse(f"it has variables that are no bits{where}")
    if kind == "QuantumPhase" and node.modifiers:
        raise refuse(f"it has a controlled phase{where}")
    if kind == "QuantumGate":
        name = node.name.name
        if name not in own:
            node.name.name = name = ALIASES.get(name, name)
        if name not in own and name not in KNOWN:
            raise refuse(f"the gate {name!r}{where} is not defined, or not the same everywhere")


def _walk(nodes: Sequence[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        for block in (getattr(node, "body", None), getattr(node, "block", None)):
            if isinstance(block, list):
                yield from _walk(cast("list[Any]", block))


def _built_in() -> set[str]:
    maps = library("pyqasm.maps.gates")
    return {name for kind in dir(maps) if kind.endswith("_MAP") for name in getattr(maps, kind)}


def _declaration(name: str) -> Any:
    """A gate that pyqasm does not know, with an empty body: enough for it to check operands."""
    ast = library("openqasm3.ast")
    angles, qubits = KNOWN[name]
    return ast.QuantumGateDefinition(
        name=ast.Identifier(name),
        arguments=[ast.Identifier(f"angle{number}") for number in range(angles)],
        qubits=[ast.Identifier(f"qubit{number}") for number in range(qubits)],
        body=[],
    )


class _Reader:
    """From an unrolled syntax tree to a circuit."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self._qubits: dict[str, int] = {}
        self._bits: dict[str, int] = {}

    def circuit(self, nodes: list[Any]) -> Circuit:
        steps = [step for node in nodes for step in self._steps(node)]
        return Circuit(self._qubits, self._bits, tuple(steps))

    def _steps(self, node: Any) -> list[Step]:
        match type(node).__name__:
            case "QubitDeclaration":
                self._qubits[node.qubit.name] = 1 if node.size is None else int(node.size.value)
                return []
            case "ClassicalDeclaration":
                self._bits[node.identifier.name] = 1 if node.type.size is None else int(node.type.size.value)
                return []
            case "QuantumGate":
                return list(self._gate(node))
            case "QuantumMeasurementStatement":
                target = None if node.target is None else self._place(node.target, self._bits)
                return [Measure(self._place(node.measure.qubit, self._qubits), target)]
            case "QuantumReset":
                return [Reset(self._place(node.qubits, self._qubits))]
            case "QuantumBarrier":
                return [Barrier(tuple(self._place(each, self._qubits) for each in node.qubits))]
            case "Include" | "QuantumGateDefinition" | "QuantumPhase" | "ConstantDeclaration" | "AliasStatement":
                return []
            case other:
                raise self._refuse(f"it comes to a {other}")

    def _gate(self, node: Any) -> Iterator[Gate]:
        name = node.name.name
        if name not in KNOWN:
            raise self._refuse(f"the gate {name!r} is not the same everywhere")
        angles = tuple(self._number(each) for each in node.arguments)
        qubits = tuple(self._place(each, self._qubits) for each in node.qubits)
        repeat, negated = 1, list[Place]()
        controls = 0
        # The innermost modifier stands last.
        for modifier in reversed(node.modifiers):
            kind = modifier.modifier.name
            number = 1 if modifier.argument is None else self._number(modifier.argument)
            if number != int(number):
                raise self._refuse(f"{name!r} has a power that is no whole number")
            if kind == "inv" or (kind == "pow" and number < 0):
                found = inverse(name, angles)
                name, angles = found or self._no_form(name, "inverse")
            if kind == "pow":
                if controls:
                    raise self._refuse(f"{name!r} has a power of a controlled gate")
                repeat *= abs(int(number))
            if kind in {"ctrl", "negctrl"}:
                for _ in range(int(number)):
                    name, angles = controlled(name, angles) or self._no_form(name, "controlled form")
                controls += int(number)
                if kind == "negctrl":
                    # This modifier's controls stand before those of the modifiers inside it.
                    outer = sum(self._controls(each) for each in node.modifiers) - controls
                    negated += qubits[outer : outer + int(number)]
        if len(qubits) != KNOWN[name][1]:
            raise self._refuse(f"{name!r} is applied to {len(qubits)} qubits")
        yield from (Gate("x", (), (qubit,)) for qubit in negated)
        yield from [Gate(name, angles, qubits)] * repeat
        yield from (Gate("x", (), (qubit,)) for qubit in negated)

    def _controls(self, modifier: Any) -> int:
        if modifier.modifier.name not in {"ctrl", "negctrl"}:
            return 0
        return 1 if modifier.argument is None else int(self._number(modifier.argument))

    def _no_form(self, name: str, what: str) -> Any:
        raise self._refuse(f"the {what} of {name!r} has no name elsewhere")

    def _number(self, node: Any) -> float:
        match type(node).__name__:
            case "FloatLiteral" | "IntegerLiteral":
                return float(node.value)
            case "UnaryExpression" if node.op.name == "-":
                return -self._number(node.expression)
            case other:
                raise self._refuse(f"an angle is a {other}, and no number")

    def _place(self, node: Any, registers: dict[str, int]) -> Place:
        name = getattr(node.name, "name", node.name)
        indices = getattr(node, "indices", None)
        if indices is None and registers.get(name) == 1:
            return name, 0
        if indices is None or name not in registers:
            raise self._refuse(f"{name!r} is no single qubit or bit")
        return name, int(indices[0][0].value)

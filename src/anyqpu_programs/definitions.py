"""The gates that a program may call: those of its language and includes, and its own definitions."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from anyqpu_programs.names import BRAKET, BUILT_IN, QELIB1, STDGATES, Spelling
from anyqpu_programs.problems import InvalidError, NoFormError
from anyqpu_programs.scope import AnyGate, OwnGate
from anyqpu_programs.values import line_of

_INCLUDES: Mapping[int, Mapping[str, Mapping[str, Spelling]]] = {
    2: {"qelib1.inc": QELIB1},
    3: {"stdgates.inc": STDGATES, "qelib1.inc": QELIB1},
}


class Definitions:
    """Gates by name. A definition of the program may replace a gate of an include."""

    def __init__(self, version: int, *, braket: bool) -> None:
        """`version` is the major version of OpenQASM; Braket's dialect has its gates without an include."""
        self._version = version
        self._visible: dict[str, Spelling] = dict(BUILT_IN if version == 2 else {"U": BUILT_IN["U"]})
        if braket:
            self._visible |= BRAKET
        self._own: dict[str, list[OwnGate]] = {}
        self._opaque: set[str] = set()
        self._count = 0
        self._limit: int | None = None

    @property
    def in_gate(self) -> bool:
        """Whether the body of a gate is being executed."""
        return self._limit is not None

    def include(self, name: str, line: int | None) -> None:
        """Add the gates of an include; raises `InvalidError` for an unknown one."""
        names = _INCLUDES[self._version].get(name)
        if names is None:
            includes = " or ".join(_INCLUDES[self._version])
            raise InvalidError(f"the include {name!r} is unknown; OpenQASM {self._version} has {includes}", line)
        self._visible |= names

    def opaque(self, node: Any, line: int | None) -> None:
        """Add a gate without a body."""
        self._check_new(node, line)
        self._opaque.add(node.name.name)

    def define(self, node: Any, offset: int, line: int | None) -> None:
        """Add a gate of the program; raises `InvalidError` if its body calls an unknown gate."""
        self._check_new(node, line)
        names = [formal.name for formal in (*node.parameters, *node.qubits)]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InvalidError(f"the gate {node.name.name!r} has two parameters named {twice!r}", line)
        qubits = {qubit.name for qubit in node.qubits}
        for call in _calls(node.body):
            self._check_call(call, qubits, {parameter.name for parameter in node.parameters}, line_of(call, offset))
        gate = OwnGate(node, self._count, offset)
        self._count += 1
        self._own.setdefault(node.name.name, []).append(gate)

    def find(self, name: str, line: int | None, written: str | None = None) -> AnyGate:
        """Return the gate of a name that is visible to the caller; raises `InvalidError` for an unknown one."""
        for gate in reversed(self._own.get(name, [])):
            if self._limit is None or gate.order < self._limit:
                return gate
        if name in self._visible:
            return self._visible[name]
        if name in self._opaque:
            raise NoFormError(f"it uses the opaque gate {written or name!r}, whose effect is unknown", line)
        include = "qelib1.inc" if self._version == 2 else "stdgates.inc"
        hint = f'; include "{include}" defines it' if name in _INCLUDES[self._version][include] else ""
        raise InvalidError(f"the gate {written or name!r} is not defined{hint}", line)

    @contextmanager
    def inside(self, order: int) -> Generator[None]:
        """A context for the body of a gate, which can call earlier gates only."""
        before, self._limit = self._limit, order
        try:
            yield
        finally:
            self._limit = before

    def _check_new(self, node: Any, line: int | None) -> None:
        if node.name.name in self._own or node.name.name in self._opaque:
            raise InvalidError(f"the gate {node.name.name!r} is defined twice", line)

    def _check_names(self, node: Any, parameters: set[str], line: int | None) -> None:
        """Check that an angle depends only on the gate's parameters and pi, the only constant of OpenQASM 2."""
        if self._version == 2 and type(node).__name__ == "Identifier" and node.name not in {*parameters, "pi"}:
            raise InvalidError(f"{node.name!r} is not a parameter of the gate", line)
        for name in ("lhs", "rhs", "operand"):
            if hasattr(node, name):
                self._check_names(getattr(node, name), parameters, line)
        for argument in node.arguments if type(node).__name__ == "FunctionCall" else ():
            self._check_names(argument, parameters, line)

    def _check_call(self, call: Any, qubits: set[str], parameters: set[str], line: int | None) -> None:
        operands = [getattr(qubit, "name", None) for qubit in call.qubits]
        for operand in operands:
            if not isinstance(operand, str) or operand not in qubits:
                raise InvalidError("a gate acts on a qubit that is not one of its own", line)
        for argument in getattr(call, "arguments", []):
            self._check_names(argument, parameters, line)
        if type(call).__name__ == "GlobalPhase":
            return
        gate, name = self.find(call.name.name, line), call.name.name
        if len(call.arguments) != gate.angles:
            raise InvalidError(f"gate {name!r} takes {gate.angles} angles, not {len(call.arguments)}", line)
        if not call.modifiers and len(operands) != gate.qubits:
            plural = "s" * (gate.qubits != 1)
            raise InvalidError(f"gate {name!r} acts on {gate.qubits} qubit{plural}, but {len(operands)} given", line)
        if len(set(operands)) != len(operands):
            raise InvalidError(f"gate {name!r} is applied to a qubit twice", line)


def _calls(statements: list[Any]) -> Iterator[Any]:
    for node in statements:
        if type(node).__name__ in ("GateCall", "GlobalPhase"):
            yield node
        for block in ("body", "then_body", "else_body", "statements"):
            yield from _calls(getattr(node, block, None) or [])

"""Gate calls: expansion of the program's definitions, and modifiers."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from anyqpu_programs.circuit import Gate
from anyqpu_programs.gates import Matrix, angles_of, inverse, matrix, matrix_power, power, product
from anyqpu_programs.limits import Budget
from anyqpu_programs.names import Spelling
from anyqpu_programs.problems import InvalidError, NoFormError, TooLargeError
from anyqpu_programs.scope import AnyGate, OwnGate
from anyqpu_programs.values import Evaluator

Template: TypeAlias = tuple[Gate, ...]
"""Gates on qubits 0, 1, ... of a call."""
_MOST_CONTROLS = 100


class Templates:
    """The expansion of gate calls, cached by gate and angles."""

    def __init__(self, budget: Budget, enter: Callable[[OwnGate, tuple[float, ...]], Template]) -> None:
        """`enter` expands a definition of the program."""
        self._budget = budget
        self._enter = enter
        self._cache: dict[tuple[int, tuple[float, ...]], Template] = {}

    def of(self, gate: AnyGate, angles: tuple[float, ...]) -> Template:
        """Return the gates of a call."""
        if isinstance(gate, Spelling):
            return gate.build(angles, tuple(range(gate.qubits)))
        key = (gate.order, angles)
        template = self._cache.get(key)
        if template is None:
            template = self._cache[key] = self._enter(gate, angles)
        return template

    def modified(
        self, template: Template, modifiers: Sequence[Any], values: Evaluator, line: int | None
    ) -> tuple[Template, int]:
        """Return the gates of a call with modifiers, on its operands, and the number of controls."""
        counts = [_controls(modifier, values, line) for modifier in modifiers]
        total = sum(counts)
        if total > _MOST_CONTROLS:
            raise TooLargeError(f"a gate has {total:,} controls, and the limit is {_MOST_CONTROLS}", line)
        gates = placed(template, range(total, total + _width(template)))
        inner = total
        # The innermost modifier is the last; its controls are next to the gate's qubits.
        for modifier, count in zip(reversed(modifiers), reversed(counts), strict=True):
            kind = modifier.kind.value
            if kind == "inv":
                gates = inverted(gates)
            elif kind == "pow":
                gates = self._power(gates, values.number(modifier.argument, "a power"), line)
            else:
                inner -= count
                controls = tuple(range(inner, inner + count))
                gates = tuple(gate._replace(controls=controls + gate.controls) for gate in gates)
                if kind == "negctrl":
                    flips = tuple(Gate("x", (), (control,)) for control in controls)
                    gates = flips + gates + flips
            self._budget.step(line)
        return gates, total

    def _power(self, gates: Template, exponent: float, line: int | None) -> Template:
        if exponent == 1:
            return gates
        whole = _whole(gates)
        if whole is not None:
            target, value = whole
            angles, phase = angles_of(matrix_power(value, exponent))
            return Gate("u", angles, target), Gate("gphase", (phase,), ())
        gates_of_power = power(gates[0], exponent) if len(gates) == 1 else None
        if gates_of_power is not None:
            return tuple(gates_of_power)
        if exponent == 0 or not gates:
            return ()
        if all(not gate.targets and not gate.controls for gate in gates):
            return (Gate("gphase", (sum(gate.angles[0] for gate in gates) * exponent,), ()),)
        if exponent != int(exponent):
            raise NoFormError(f"it has a gate of several qubits to the power {exponent:g}", line)
        times = abs(int(exponent))
        limit = self._budget.limits.gates
        if times * len(gates) > limit:
            raise TooLargeError(f"a power comes to {times * len(gates):,} gates, and the limit is {limit:,}", line)
        return (gates if exponent > 0 else inverted(gates)) * times


def inverted(gates: Template) -> Template:
    """Return the inverse of a sequence of gates."""
    return tuple(inverse(gate) for gate in reversed(gates))


def placed(template: Template, qubits: Sequence[int]) -> Template:
    """Return a template on the qubits of a call."""
    return tuple(
        Gate(name, angles, tuple([qubits[at] for at in targets]), tuple([qubits[at] for at in controls]))
        for name, angles, targets, controls in template
    )


def _whole(gates: Template) -> tuple[tuple[int, ...], Matrix] | None:
    """Return qubit and matrix of gates on one qubit, phase included; None for others."""
    targets = {gate.targets for gate in gates if gate.targets}
    if len(gates) < 2 or len(targets) != 1 or any(gate.controls for gate in gates):
        return None
    (target,) = targets
    if len(target) != 1:
        return None
    whole: Matrix = (1, 0, 0, 1)
    for gate in gates:
        phase = cmath.exp(1j * gate.angles[0]) if gate.name == "gphase" else 0
        whole = product(whole, (phase, 0, 0, phase) if gate.name == "gphase" else matrix(gate))
    return target, whole


def _controls(modifier: Any, values: Evaluator, line: int | None) -> int:
    if modifier.kind.value not in ("ctrl", "negctrl"):
        return 0
    count = 1 if modifier.argument is None else values.integer(modifier.argument, "a number of controls")
    if count < 1:
        raise InvalidError(f"{count} is not a valid number of controls", line)
    return count


def _width(template: Template) -> int:
    return 1 + max((qubit for gate in template for qubit in gate.qubits), default=-1)

"""Writing a circuit's gates in those that a language has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from math import pi

from anyqpu_programs.circuit import Circuit, Gate, If, Step
from anyqpu_programs.gates import DEFINITIONS, Definition, Part

Names = Mapping[tuple[str, int], str]
"""The names that a language has, by gate and number of controls."""
Count = Callable[[int], None]
"""Called with the number of gates that were written, to keep within a limit."""


def lowered(circuit: Circuit, names: Names, count: Count) -> Circuit:
    """The circuit with gates of the language only; global phases are dropped, since no measurement sees them."""
    return replace(circuit, steps=tuple(_steps(circuit.steps, names, count)))


def _steps(steps: tuple[Step, ...], names: Names, count: Count) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, Gate):
            if (step.name, len(step.controls)) in names:
                count(1)
                yield step
            else:
                yield from _lower(step, names, count)
        elif isinstance(step, If):
            then, otherwise = (tuple(_steps(block, names, count)) for block in (step.then, step.otherwise))
            yield step._replace(then=then, otherwise=otherwise)
        else:
            yield step


def _lower(gate: Gate, names: Names, count: Count) -> Iterator[Gate]:
    if (gate.name, len(gate.controls)) in names:
        count(1)
        yield gate
        return
    if gate.name == "gphase" and not gate.controls:
        return
    for part in _parts(gate):
        yield from _lower(part, names, count)


def _parts(gate: Gate) -> Iterator[Gate]:
    """One level of a gate's definition."""
    special = _CONTROLLED.get(gate.name) if gate.controls else None
    if special is not None:
        yield from special(gate)
        return
    definition = _definition(gate.name, gate.angles)
    yield from (_placed(part, gate, ()) for part in definition.before)
    yield from (_placed(part, gate, gate.controls) for part in definition.middle)
    yield from (_placed(part, gate, ()) for part in definition.after)


@lru_cache(maxsize=1024)
def _definition(name: str, angles: tuple[float, ...]) -> Definition:
    return DEFINITIONS[name](*angles)


def _placed(part: Part, gate: Gate, controls: tuple[int, ...]) -> Gate:
    name, angles, on, by = part
    inner = tuple(gate.targets[place] for place in by)
    return Gate(name, angles, tuple(gate.targets[place] for place in on), controls + inner)


def _controlled_x(gate: Gate) -> Iterator[Gate]:
    controls, (target,) = gate.controls, gate.targets
    if len(controls) != 2:
        # More controls than a language has a name for: a phase on the state of all ones.
        yield Gate("h", (), (target,))
        yield Gate("p", (pi,), (target,), controls)
        yield Gate("h", (), (target,))
        return
    one, two = controls
    yield Gate("h", (), (target,))
    for control, name in ((two, "tdg"), (one, "t"), (two, "tdg"), (one, "t")):
        yield Gate("x", (), (target,), (control,))
        yield Gate(name, (), (target,))
    yield Gate("h", (), (target,))
    yield Gate("t", (), (two,))
    yield Gate("x", (), (two,), (one,))
    yield Gate("t", (), (one,))
    yield Gate("tdg", (), (two,))
    yield Gate("x", (), (two,), (one,))


def _controlled_p(gate: Gate) -> Iterator[Gate]:
    """Half of the phase, and the other half unless the last control and the target differ."""
    (angle,), (target,), (*rest, last) = gate.angles, gate.targets, gate.controls
    outer = tuple(rest)
    yield Gate("p", (angle / 2,), (last,), outer)
    yield Gate("x", (), (target,), (last,))
    yield Gate("p", (-angle / 2,), (target,), outer)
    yield Gate("x", (), (target,), (last,))
    yield Gate("p", (angle / 2,), (target,), outer)


def _controlled_turn(gate: Gate) -> Iterator[Gate]:
    """Half of the rotation, and back or forth by the controls."""
    (angle,) = gate.angles
    flip = Gate("x", (), gate.targets, gate.controls)
    yield gate._replace(angles=(angle / 2,), controls=())
    yield flip
    yield gate._replace(angles=(-angle / 2,), controls=())
    yield flip


def _controlled_phase(gate: Gate) -> Iterator[Gate]:
    *rest, last = gate.controls
    yield Gate("p", gate.angles, (last,), tuple(rest))


def _controlled_u(gate: Gate) -> Iterator[Gate]:
    (theta, phi, lam), targets = gate.angles, gate.targets
    flip = Gate("x", (), targets, gate.controls)
    yield Gate("gphase", ((phi + lam) / 2,), (), gate.controls)
    yield Gate("p", ((lam - phi) / 2,), targets)
    yield flip
    yield Gate("u", (-theta / 2, 0.0, -(phi + lam) / 2), targets)
    yield flip
    yield Gate("u", (theta / 2, phi, 0.0), targets)


_CONTROLLED: Mapping[str, Callable[[Gate], Iterator[Gate]]] = {
    "x": _controlled_x,
    "p": _controlled_p,
    "rz": _controlled_turn,
    "ry": _controlled_turn,
    "gphase": _controlled_phase,
    "u": _controlled_u,
}

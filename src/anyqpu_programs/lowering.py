"""Decomposition of a circuit's gates into those of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from math import pi

from anyqpu_programs.circuit import Circuit, Gate, If, Step
from anyqpu_programs.gates import DEFINITIONS, Definition, Part

Names = Mapping[tuple[str, int], str]
"""The names of a language's gates, by gate and number of controls."""
Count = Callable[[int], None]
"""A function that is called with the number of written gates, to enforce a limit."""


def lowered(circuit: Circuit, names: Names, count: Count) -> Circuit:
    """Return the circuit in the language's gates, without global phases, which no measurement can detect."""
    lowering = _Lowering(names, count, circuit.num_qubits)
    return replace(circuit, steps=tuple(lowering.steps(circuit.steps)))


class _Lowering:
    def __init__(self, names: Names, count: Count, width: int) -> None:
        self._names, self._count, self._width = names, count, width

    def steps(self, steps: tuple[Step, ...]) -> Iterator[Step]:
        for step in steps:
            if isinstance(step, Gate):
                yield from self._gate(step)
            elif isinstance(step, If):
                yield step._replace(then=tuple(self.steps(step.then)), otherwise=tuple(self.steps(step.otherwise)))
            else:
                yield step

    def _gate(self, gate: Gate) -> Iterator[Gate]:
        if (gate.name, len(gate.controls)) in self._names:
            self._count(1)
            yield gate
            return
        if gate.name == "gphase" and not gate.controls:
            return
        wide = gate.name == "x" and len(gate.controls) > 2
        for part in many_controls(gate, self._width) if wide else _parts(gate):
            yield from self._gate(part)


def many_controls(gate: Gate, width: int) -> Iterator[Gate]:
    """Return an X with three or more controls.

    Other qubits of the circuit are borrowed in any state and restored: the networks of lemmas 7.2 and 7.3 of Barenco et
    al., arXiv:quant-ph/9503016. Their length is linear in the controls.
    """
    controls, (target,) = gate.controls, gate.targets
    used = {*controls, target}
    spare = [qubit for qubit in range(width) if qubit not in used][: len(controls) - 2]
    if not spare:
        # A phase on the state of all ones, whose parts leave a free qubit.
        yield Gate("h", (), (target,))
        yield Gate("p", (pi,), (target,), controls)
        yield Gate("h", (), (target,))
    elif len(spare) < len(controls) - 2:
        half = (len(controls) + 1) // 2
        first = Gate("x", (), (spare[0],), controls[:half])
        second = Gate("x", (), (target,), (*controls[half:], spare[0]))
        yield from (first, second, first, second)
    else:
        into = [*spare, target]
        ladder = [Gate("x", (), (into[0],), controls[:2])]
        ladder += [Gate("x", (), (into[at + 1],), (controls[at + 2], into[at])) for at in range(len(spare))]
        for top in (ladder, ladder[:-1]):
            yield from reversed(top)
            yield from top[1:]


def _parts(gate: Gate) -> Iterator[Gate]:
    """Return one level of a gate's definition."""
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
    (one, two), (target,) = gate.controls, gate.targets
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
    """Return phases that add up where all controls are 1 and cancel elsewhere."""
    (angle,), targets, (*rest, last) = gate.angles, gate.targets, gate.controls
    if not rest:
        yield Gate("p", (angle / 2,), (last,))
        yield Gate("x", (), targets, (last,))
        yield Gate("p", (-angle / 2,), targets)
        yield Gate("x", (), targets, (last,))
        yield Gate("p", (angle / 2,), targets)
        return
    flip = Gate("x", (), (last,), tuple(rest))
    yield Gate("p", (angle / 2,), targets, (last,))
    yield flip
    yield Gate("p", (-angle / 2,), targets, (last,))
    yield flip
    yield Gate("p", (angle / 2,), targets, tuple(rest))


def _controlled_turn(gate: Gate) -> Iterator[Gate]:
    """Return a controlled rotation as two halves, one inverted by the controls."""
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

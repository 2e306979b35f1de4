"""Runs many cells: one event loop per process, a new world for every few cells of an operation."""

from __future__ import annotations

import asyncio
import random
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import anyio

from scripts.conformance import rows, virtual, wirecells
from scripts.conformance.cells import Subject, Violation, raw_subject, run_cell
from scripts.conformance.rows import Fault
from scripts.conformance.verbs import verb_subject
from scripts.conformance.worlds import World

CELLS_PER_WORLD = 60
"""A world fills up with what its cells create; and its clock moves ahead of the client's."""
OLDEST = 120.0
"""Seconds by the emulator's clock: in an older world sessions idle out, and tokens expire."""

Pair = tuple[str, str]
"""Names of a row and of a fault."""


@dataclass
class Outcome:
    """What a run found."""

    cells: int = 0
    violations: list[Violation] = field(default_factory=list[Violation])
    seconds: float = 0.0

    def add(self, other: Outcome) -> None:
        self.cells += other.cells
        self.violations += other.violations
        self.seconds += other.seconds


def subjects() -> dict[str, Subject]:
    """What can be called, by the name of its row."""
    raw = {name: raw_subject(row) for name, row in rows.operations().items()}
    return raw | {name: verb_subject(row) for name, row in rows.verbs().items()}


def pairs(subject_names: Iterable[str], faults: Iterable[Fault]) -> list[Pair]:
    """Every cell, those of a row together."""
    table, rows_of = list(faults), subjects()
    return [(name, fault.name) for name in subject_names for fault in table if applies(rows_of[name], fault)]


def applies(subject: Subject, fault: Fault) -> bool:
    """Whether a pair is a cell: an object that a method needs comes from a client that has logged in already, and the
    wire is broken for operations only."""
    if subject.row.method is None:
        return True
    return fault.wire is None and not (fault.login and subject.row.on is not None)


def sample(all_pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """A sample that has each row and each fault at least once, chosen by a seed."""
    rng = random.Random(seed)
    subject_names = list(dict.fromkeys(subject for subject, _ in all_pairs))
    fault_names = list(dict.fromkeys(fault for _, fault in all_pairs))
    known = set(all_pairs)
    rng.shuffle(subject_names)
    rng.shuffle(fault_names)
    chosen: dict[Pair, None] = {}
    for number in range(max(len(subject_names), len(fault_names))):
        pair = subject_names[number % len(subject_names)], fault_names[number % len(fault_names)]
        if pair in known:
            chosen[pair] = None
    return sorted(chosen)


def run(chosen: Sequence[Pair], *, seed: int = 0, most: int = 40, tell: Callable[[str], None] | None = None) -> Outcome:
    """Run cells in this process."""
    begun = time.perf_counter()
    faults = rows.faults()
    outcome = Outcome()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _in_process(outcome, [pair for pair in chosen if faults[pair[1]].wire is None], seed, most, tell)
        _over_sockets(outcome, [pair for pair in chosen if faults[pair[1]].wire is not None])
    outcome.seconds = time.perf_counter() - begun
    return outcome


def _over_sockets(outcome: Outcome, chosen: Sequence[Pair]) -> None:
    table, faults = subjects(), rows.faults()
    parts: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for name, fault in chosen:
        parts[name, wirecells.variant(name, fault)[0]].append(faults[fault])
    for (name, backend), members in parts.items():
        outcome.cells += len(members)
        outcome.violations += anyio.run(wirecells.run_cells, table[name], members, backend=backend)


def _in_process(
    outcome: Outcome, chosen: Sequence[Pair], seed: int, most: int, tell: Callable[[str], None] | None
) -> None:

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, virtual.VirtualLoop)
        table, faults = subjects(), rows.faults()
        world: World | None = None
        left, current = 0, ""
        for name, fault in chosen:
            subject = table[name]
            if world is None or left == 0 or current != name or world.age > OLDEST:
                if world is not None:
                    await world.close()
                if tell is not None and current != name:
                    tell(name)
                world = World(subject.row.provider, virtual.LoopClock(loop))
                loop.busy = _computing(world)
                await world.open()
                left, current = CELLS_PER_WORLD, name
            left -= 1
            outcome.cells += 1
            outcome.violations += await run_cell(world, subject, faults[fault], seed=seed, most=most)
        if world is not None:
            await world.close()

    virtual.run(main)


def _computing(world: World) -> Callable[[], bool]:
    return lambda: world.emulator.computing

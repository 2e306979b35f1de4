"""Runs many cells: one event loop per process, a new world for every few cells of an operation."""

from __future__ import annotations

import random
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import anyio

from tests.conformance import rows, wirecells
from tests.conformance.cells import Subject, Violation, raw_subject, run_cell
from tests.conformance.rows import Fault
from tests.conformance.verbs import verb_subject
from tests.conformance.worlds import World
from tests.support import virtual_time

CELLS_PER_WORLD = 60
"""A world fills up with what its cells create; and its clock moves ahead of the client's."""
OLDEST = 120.0
"""Seconds by the emulator's clock: in an older world sessions idle out, and tokens expire."""
WIRE_CELLS = 40
"""Cells over sockets that are checked together for descriptors that are left."""
PER_ROW = 1
LOST = ("dropped before, once", "dropped after, once", "502 after the request was handled")
"""Faults that a sample has for every public method that submits."""

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
    """A sample that has each row and each fault, chosen by a seed, and every submit that is lost."""
    rng = random.Random(seed)
    by_row: dict[str, list[str]] = defaultdict(list)
    by_fault: dict[str, list[str]] = defaultdict(list)
    for row, fault in all_pairs:
        by_row[row].append(fault)
        by_fault[fault].append(row)
    table = subjects()
    chosen = {pair for pair in all_pairs if pair[1] in LOST and table[pair[0]].row.kind.endswith(" submit")}
    used: Counter[str] = Counter(fault for _, fault in chosen)
    for row, candidates in by_row.items():
        # Those that are least in the sample so far, in any order.
        rng.shuffle(candidates)
        for fault in sorted(candidates, key=lambda name: used[name])[:PER_ROW]:
            chosen.add((row, fault))
            used[fault] += 1
    for fault, candidates in by_fault.items():
        while used[fault] < PER_ROW and len(candidates) >= PER_ROW:
            chosen.add((rng.choice(candidates), fault))
            used[fault] += 1
    return sorted(chosen)


def run(
    chosen: Sequence[Pair], *, seed: int = 0, most: int = 40, notify: Callable[[str], None] | None = None
) -> Outcome:
    """Run cells in this process."""
    begun = time.perf_counter()
    faults = rows.faults()
    outcome = Outcome()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _in_process(outcome, [pair for pair in chosen if faults[pair[1]].wire is None], seed, most, notify)
        _over_sockets(outcome, [pair for pair in chosen if faults[pair[1]].wire is not None])
    outcome.seconds = time.perf_counter() - begun
    return outcome


def run_part(part: tuple[Sequence[Pair], int, int]) -> Outcome:
    """`run` with its arguments in one, for a pool of processes."""
    chosen, seed, most = part
    return run(chosen, seed=seed, most=most)


def _over_sockets(outcome: Outcome, chosen: Sequence[Pair]) -> None:
    """Run cells that mostly wait for sockets, many at a time; rows that open sockets themselves stay apart."""
    table, faults = subjects(), rows.faults()
    parts: dict[tuple[str, bool], list[tuple[Subject, Fault]]] = defaultdict(list)
    for name, fault in chosen:
        backend = wirecells.variant(name, fault)[0]
        parts[backend, name in wirecells.LISTENING].append((table[name], faults[fault]))
    for (backend, _), cells in parts.items():
        for start in range(0, len(cells), WIRE_CELLS):
            batch = cells[start : start + WIRE_CELLS]
            outcome.cells += len(batch)
            outcome.violations += anyio.run(wirecells.run_cells, batch, backend=backend)


def _in_process(
    outcome: Outcome, chosen: Sequence[Pair], seed: int, most: int, notify: Callable[[str], None] | None
) -> None:

    async def main() -> None:
        table, faults = subjects(), rows.faults()
        world: World | None = None
        left, current = 0, ""
        for name, fault in chosen:
            subject = table[name]
            if world is None or left == 0 or current != name or world.age > OLDEST:
                if world is not None:
                    await world.close()
                if notify is not None and current != name:
                    notify(name)
                world = World(subject.row.provider, virtual_time.LoopClock())
                virtual_time.selector().busy = _computing(world)
                await world.open()
                left, current = CELLS_PER_WORLD, name
            left -= 1
            outcome.cells += 1
            outcome.violations += await run_cell(world, subject, faults[fault], seed=seed, most=most)
        if world is not None:
            await world.close()

    virtual_time.run(main)


def _computing(world: World) -> Callable[[], bool]:
    return lambda: world.emulator.computing

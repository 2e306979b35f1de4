"""All programs of the suite: generated ones by their seeds, and those written by hand."""

from __future__ import annotations

from tests.meaning import invalid, mutants, random2, random3, random_braket
from tests.meaning.benchmarks import benchmarks
from tests.meaning.cases import Case


def generated(count: int, seed: int) -> list[Case]:
    """Return `count` programs, by seeds that follow `seed`: OpenQASM 2, OpenQASM 3, and Braket's dialect."""
    makers = (random2.program, random3.program, random2.program, random3.program, random_braket.program)
    return [makers[place % len(makers)](seed * 1_000_000 + place) for place in range(count)]


def all_programs(count: int, seed: int) -> list[Case]:
    """Generated ones, benchmarks, invalid ones, and a fifth as many mutants."""
    changed = [mutants.program(seed * 1_000_000 + place) for place in range(count // 5)]
    return [*generated(count, seed), *benchmarks(), *invalid.programs(), *changed]

"""Results of transpiled programs, with the registers and bits of the program that was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

from anyqpu.core.results.registers import check_registers, labels_of, split
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import Result, ResultItem


def in_program_order(result: Result, facts: Any) -> Result:
    """Return a result with all bits of each program, in its order; bits that were not measured are 0.

    `facts` are those of `NativeProgram.facts`, one for each item. What they do not fit is left as it is.
    """
    programs = cast("list[Any]", facts) if isinstance(facts, list) else []
    if len(programs) != len(result.items):
        return result
    items = tuple(_item(item, program) for item, program in zip(result.items, programs, strict=True))
    return replace(result, items=items)


def registers_in(facts: Any) -> list[tuple[str, int, str]] | None:
    """Return name, size and native name of each register; None where the facts have another form."""
    listed = cast("dict[str, Any]", facts).get("registers") if isinstance(facts, dict) else None
    registers: list[tuple[str, int, str]] = []
    for entry in cast("list[Any]", listed) if isinstance(listed, list) else [None]:
        match entry:
            case [str(name), int(size), str(native)] if size >= 0:
                registers.append((name, size, native))
            case _:
                return None
    return registers


def _item(item: ResultItem, facts: Any) -> ResultItem:
    registers = registers_in(facts)
    if registers is None or item.counts is None:
        return item
    sizes = {name: size for name, size, _ in registers}
    check_registers(sizes)
    names = {f"{native}[{bit}]": f"{name}[{bit}]" for name, size, native in registers for bit in range(size)}
    wanted = labels_of(sizes)
    counts = item.counts
    if counts.bit_labels is None or counts.order not in {BitOrder.MSB_LEFT, BitOrder.LSB_LEFT}:
        # The cloud names no bits: they are the program's if there are as many.
        if counts.num_bits != len(wanted) or counts.order is not BitOrder.MSB_LEFT:
            return item
        places: list[int | None] = list(range(len(wanted)))
    else:
        labels = [names.get(label) for label in counts.bit_labels]
        if not any(labels) and len(labels) == len(wanted) and counts.order is BitOrder.MSB_LEFT:
            # A conversion joined the registers under another name.
            labels = list(wanted)
        if None in labels:
            return item
        places = [labels.index(label) if label in labels else None for label in wanted]
    totals: Counter[str] = Counter()
    for key, count in counts.items():
        totals[_placed(key, places)] += count
    ordered = Counts(totals, bit_labels=wanted)
    samples = item.samples
    return replace(
        item,
        counts=ordered,
        registers=split(ordered, sizes),
        samples=None if samples is None else tuple(_placed(sample, places) for sample in samples),
    )


def _placed(key: str, places: Sequence[int | None]) -> str:
    return "".join("0" if place is None else key[place] for place in places)


def spaced(key: str, sizes: Sequence[int]) -> str:
    """Return a key with a space between registers, as Qiskit writes it; `sizes` are in order of declaration."""
    ends = [0]
    for size in reversed(sizes):
        ends.append(ends[-1] + size)
    return " ".join(key[start:end] for start, end in pairwise(ends) if end > start)

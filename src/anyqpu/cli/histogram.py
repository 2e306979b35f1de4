"""A result as text."""

from __future__ import annotations

from collections import Counter

from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.pictures import histogram


def show_result(result: Result) -> str:
    """A result as text, a picture for counts."""
    lines: list[str] = []
    for place, item in enumerate(result.items):
        if len(result.items) > 1:
            lines.append(f"circuit {place}:")
        lines += _lines(item, result)
    return "\n".join(lines)


def _lines(item: ResultItem, result: Result) -> list[str]:
    if not item.success:
        return [f"failed: {item.error or 'the cloud does not say why'}"]
    if item.counts is not None:
        return [repr(item.counts), histogram(item.counts)]
    if item.registers:
        return [line for name, counts in item.registers.items() for line in (f"{name}: {counts!r}", histogram(counts))]
    if item.fock is not None or item.samples is not None:
        return [histogram(item.fock if item.fock is not None else Counter(item.samples))]
    return [repr(result.raw if item.kind is ResultKind.RAW else getattr(item, item.kind))]

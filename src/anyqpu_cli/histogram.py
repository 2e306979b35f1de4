"""Results as text."""

from __future__ import annotations

from collections import Counter

from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu_cli.tables import plain
from anyqpu_pictures import histogram


def show_result(result: Result) -> str:
    """Return a result as text, with histograms of counts."""
    return "\n".join(line for place, item in enumerate(result.items) for line in _lines(item, result, place))


def _lines(item: ResultItem, result: Result, place: int) -> list[str]:
    if not item.success:
        return [plain(f"failed: {item.error or 'the provider gives no reason'}")]
    if item.counts is not None:
        number = f"circuit {place}: " if len(result.items) > 1 else ""
        return [f"{number}{item.counts!r}", histogram(item.counts)]
    if item.registers:
        return [
            line
            for name, counts in item.registers.items()
            for line in (plain(f"{name}: {counts!r}"), histogram(counts))
        ]
    if item.fock is not None or item.samples is not None:
        return [histogram(item.fock if item.fock is not None else Counter(item.samples))]
    return [repr(result.raw if item.kind is ResultKind.RAW else getattr(item, item.kind))]

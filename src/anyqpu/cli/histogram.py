"""Counts as a picture made of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from anyqpu.model.result import Result, ResultItem, ResultKind

WIDTH = 40
ROWS = 16
EIGHTHS = " ▏▎▍▌▋▊▉"


def histogram(counts: Mapping[str, int], *, width: int = WIDTH, rows: int = ROWS) -> str:
    """A bar per key, largest first, `width` characters for a count of all shots; what does not fit is summed up."""
    if not any(counts.values()):
        return "(no counts)"
    shots = sum(counts.values())
    shown = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:rows]
    lines = [(key, count, _bar(count / shots, width)) for key, count in shown]
    if rest := shots - sum(count for _, count in shown):
        lines.append(("others", rest, f"({len(counts) - len(shown)} keys)"))
    key_width = max(len(key) for key, _, _ in lines)
    number_width = max(len(str(count)) for _, count, _ in lines)
    return "\n".join(
        f"  {key:>{key_width}} {count:>{number_width}}  {count / shots:>6.1%}  {bar}".rstrip()
        for key, count, bar in lines
    )


def _bar(share: float, width: int) -> str:
    full, eighths = divmod(round(share * width * 8), 8)
    return "█" * full + (EIGHTHS[eighths] if eighths else "")


def show_result(result: Result) -> str:
    """A result as text, a picture for counts."""
    return "\n".join(line for item in result.items for line in _lines(item, result))


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

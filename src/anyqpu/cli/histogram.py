"""Counts as a picture made of text."""

from __future__ import annotations

from anyqpu.model.counts import Counts
from anyqpu.model.result import Result, ResultItem, ResultKind

WIDTH = 40
ROWS = 16
EIGHTHS = " ▏▎▍▌▋▊▉"


def histogram(counts: Counts, *, width: int = WIDTH, rows: int = ROWS) -> str:
    """A bar per key, largest first, `width` characters for a count of all shots; what does not fit is summed up."""
    if not counts:
        return "(no counts)"
    shown = list(counts.items())[:rows]
    lines = [(key, count, _bar(count / counts.shots, width)) for key, count in shown]
    if rest := counts.shots - sum(count for _, count in shown):
        lines.append(("others", rest, f"({len(counts) - len(shown)} keys)"))
    key_width = max(len(key) for key, _, _ in lines)
    number_width = max(len(str(count)) for _, count, _ in lines)
    return "\n".join(
        f"  {key:>{key_width}} {count:>{number_width}}  {count / counts.shots:>6.1%}  {bar}".rstrip()
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
    return [repr(result.raw if item.kind is ResultKind.RAW else getattr(item, item.kind))]

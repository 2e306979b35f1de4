"""Findings: each kind once, with a count and the smallest case that shows it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.fuzz.judge import UnsafeError
from tests.fuzz.limits import HangError, short

# A case as JSON: part, and what the part needs to repeat it.
Case = list[Any]


@dataclass(slots=True)
class Finding:
    """One kind of failure."""

    kind: str
    place: str
    message: str
    case: Case
    count: int = 1
    traceback: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two findings the same."""
        return self.kind, self.place

    def lines(self) -> Iterable[str]:
        """The finding for people, with the command that repeats it."""
        yield f"{self.count:6} x {self.kind} at {self.place}: {printable(self.message)}"
        yield f"         python -m tests.fuzz --repeat '{json.dumps(self.case).replace(chr(39), chr(92) + 'u0027')}'"


def printable(text: str) -> str:
    """One line, not long, without control characters."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return line if len(line) <= 160 else f"{line[:157]}..."


def finding_of(error: BaseException, case: Case) -> Finding:
    """The finding that an exception is: its type, and the innermost place in the package."""
    text = "".join(traceback.format_exception(error))[-20_000:]
    if isinstance(error, HangError):
        return Finding("hang", error.place, str(error), case, traceback=text)
    if isinstance(error, UnsafeError):
        place = error.problem if error.cause is None else f"{_place(error.cause)} ({error.problem})"
        return Finding("unsafe", place, str(error), case, traceback=text)
    return Finding(type(error).__name__, _place(error), str(error), case, traceback=text)


def _place(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return _place(error.exceptions[0])
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/anyqpu" in frame.filename and "/tests/" not in frame.filename]
    last = (ours or frames or [None])[-1]
    return "?" if last is None else f"{short(last.filename)}:{last.lineno}"


class Findings:
    """Findings by kind."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[str, str], Finding] = {}

    def add(self, finding: Finding) -> bool:
        """Add one; whether it is of a new kind. The smallest case is kept."""
        first = self.by_key.get(finding.key)
        if first is None:
            self.by_key[finding.key] = finding
            return True
        first.count += finding.count
        if len(json.dumps(finding.case)) < len(json.dumps(first.case)):
            first.case, first.message = finding.case, finding.message
        return False

    def merge(self, others: Iterable[Finding]) -> None:
        """Add those of another process."""
        for other in others:
            self.add(other)

    def sorted(self) -> list[Finding]:
        """By place, so that what has one root stands together."""
        return sorted(self.by_key.values(), key=lambda finding: (finding.place, finding.kind))

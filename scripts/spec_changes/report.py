"""The report of a comparison or an update: for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.generator.notes import Note
from scripts.spec_changes.compare import Level
from scripts.spec_changes.impact import Impact, as_data, level_of
from scripts.spec_changes.overlaying import Tried
from scripts.spec_changes.usage import Use, grouped

TITLES = {
    Level.MAJOR: "Breaks callers (major)",
    Level.MINOR: "New, or may be received (minor)",
    Level.PATCH: "Breaks nothing (patch)",
}
MOST_METHODS = 6
# So many alike differences share one line, which names the first of them.
ALIKE = 4
MOST_PLACES = 3


def as_text(impacts: Sequence[Impact]) -> str:
    """Return the differences with one change on a line."""
    return _render(impacts, title="{}\n", bullet="  ", code="{}")


def as_markdown(impacts: Sequence[Impact]) -> str:
    """Return the differences for a pull request."""
    return _render(impacts, title="### {}\n", bullet="- ", code="`{}`")


def as_json(impacts: Sequence[Impact], **more: Any) -> str:
    """Return the differences for programs; `more` is added as it is."""
    level = level_of(impacts)
    whole = {"level": level.name.lower() if level else None, "changes": [as_data(impact) for impact in impacts], **more}
    return json.dumps(whole, indent=2, default=str) + "\n"


def summary(impacts: Sequence[Impact]) -> str:
    """Return one line: changes by level, and how many need a decision."""
    if not impacts:
        return "no difference that matters to a program"
    counts = Counter(impact.change.level for impact in impacts)
    parts = [f"{counts[level]} {level.name.lower()}" for level in reversed(Level) if counts[level]]
    open_points = sum(impact.needs_decision for impact in impacts)
    return f"{len(impacts)} changes: {', '.join(parts)}; {open_points} need a decision"


def _render(impacts: Sequence[Impact], *, title: str, bullet: str, code: str) -> str:
    lines = [summary(impacts), ""]
    for level in reversed(Level):
        if some := [impact for impact in impacts if impact.change.level is level]:
            lines += [title.format(TITLES[level]), *(bullet + line for line in _lines(some, code)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(impacts: Iterable[Impact], code: str = "`{}`") -> Iterator[str]:
    """Yield a line for each change, or one for many that only differ in the place."""
    alike: dict[Any, list[Impact]] = {}
    for impact in impacts:
        change = impact.change
        decided = (impact.unclassified, impact.uncovered)
        # What breaks nothing needs no names of its own.
        subject = "" if change.level is Level.PATCH and change.detail else change.subject
        key = (change.kind, subject, change.detail, change.level, *decided) if change.subject else id(change)
        alike.setdefault(key, []).append(impact)
    for same in alike.values():
        if len(same) < ALIKE:
            yield from (_line(impact, code) for impact in same)
        else:
            yield _line_of_many(same, code)


def _line(impact: Impact, code: str) -> str:
    change = impact.change
    text = f"{change.kind}: {code.format(change.where)}"
    if change.subject:
        text += f" {code.format(change.subject)}"
    return text + _rest(impact, impact.methods, code)


def _line_of_many(same: Sequence[Impact], code: str) -> str:
    change = same[0].change
    subjects = {impact.change.subject for impact in same}
    names = [(part.change.where, part.change.subject) if len(subjects) > 1 else (part.change.where,) for part in same]
    places = ", ".join(code.format(" ".join(name)) for name in names[:MOST_PLACES])
    subject = code.format(change.subject) + " " if len(subjects) == 1 else ""
    text = f"{change.kind}: {subject}at {len(same)} places: {places}"
    if len(same) > MOST_PLACES:
        text += f" and {len(same) - MOST_PLACES} more"
    return text + _rest(same[0], list(dict.fromkeys(name for impact in same for name in impact.methods)), code)


def _rest(impact: Impact, methods: Sequence[str], code: str) -> str:
    text = f" ({impact.change.detail})" if impact.change.detail else ""
    if methods:
        named = ", ".join(code.format(name) for name in methods[:MOST_METHODS])
        more = len(methods) - MOST_METHODS
        text += f"; touches {named}" + (f" and {more} more" if more > 0 else "")
    if impact.unclassified:
        text += f"; NOT CLASSIFIED: {', '.join(impact.unclassified)}"
    if impact.uncovered:
        text += "; NO METHOD"
    return text


@dataclass
class Report:
    """What an update did and what it leaves to do, as far as it came.

    Attributes:
        refused: Why the document cannot be used; empty if it was taken.
        is_compared: Whether the document could be read and compared with the earlier one.
        impacts: Differences of the document that the client shows.
        own: Differences of the client that come from our corrections, as when an action matches fewer places.
        hidden: Differences of the document that our corrections replace, so that the client does not show them.
        notes: What was changed in the document before generation.
        notes_before: The same of the earlier document, which need no decision again.
        lists: List operations for which the overlay does not say how they are divided into pages.
        uses: Lines of our layer that use what is gone.
        work: What failed after the document was taken, in lines.
        edits: Drafts of edits, as Markdown.
    """

    provider: str
    file: str
    refused: str = ""
    is_compared: bool = False
    tried: list[Tried] = field(default_factory=list)
    impacts: list[Impact] = field(default_factory=list)
    own: list[Impact] = field(default_factory=list)
    hidden: list[Impact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    edits: str = ""
    notes_before: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0: taken; 1: taken, with decisions to look at; 2: refused; 3: taken, with work left."""
        if self.refused:
            return 2
        if self.work or any(use.certain for use in self.uses):
            return 3
        return 1 if any(lines for _, lines in self._decisions()) else 0

    @property
    def outcome(self) -> str:
        """The exit code in words."""
        words = ("taken", "taken, with decisions to look at", "refused, and nothing was changed")
        return (*words, "taken, with work left")[self.exit_code]

    def as_markdown(self, *, with_counts: bool = True) -> str:
        """Return the report: work first, then decisions, then what only has to be read.

        `with_counts` adds a table with the places of each correction.
        """
        parts = [f"# {self.provider}: {self.file}\n\n{self.outcome.capitalize()} (exit code {self.exit_code})."]
        if self.is_compared:
            parts.append(f"Differences: {summary(self.impacts)}.")
        if self.refused:
            parts.append(f"## Refused\n\n{self.refused}")
        for title, sections in (
            ("Work left", self._work()),
            ("Decisions", self._decisions()),
            ("To read", self._confirmations()),
        ):
            shown = [f"### {name}\n\n" + "\n".join(f"- {line}" for line in lines) for name, lines in sections if lines]
            if shown:
                parts += [f"## {title}", *shown]
        if self.tried and with_counts:
            parts.append("### Places of each correction\n\n" + "\n".join(self._counts()))
        if self.edits and not self.refused:
            parts.append(f"## Edits to copy\n\n{self.edits.rstrip()}")
        if not self.refused:
            parts.append(f"Undo: `make spec-restore PROVIDER={self.provider}`")
        return "\n\n".join(parts) + "\n"

    def as_json(self) -> str:
        """Return the report for programs."""
        return as_json(
            self.impacts,
            exit_code=self.exit_code,
            outcome=self.outcome,
            refused=self.refused,
            overlay=[vars(entry) for entry in self.tried],
            own=[as_data(impact) for impact in self.own],
            hidden=[as_data(impact) for impact in self.hidden],
            notes=[note._asdict() for note in self.notes],
            lists=self.lists,
            uses=[vars(use) for use in self.uses],
            failing=self.work,
        )

    def _work(self) -> list[tuple[str, list[str]]]:
        gone = grouped(use for use in self.uses if use.certain)
        lines = [f"{part} is gone: {', '.join(map(str, places))}" for part, places in gone.items()]
        return [("Our layer uses what is gone", lines), ("Failing", self.work)]

    def _decisions(self) -> list[tuple[str, list[str]]]:
        decided = [impact for impact in self.impacts if impact.needs_decision]
        sections = [
            ("Overlay", [str(entry) for entry in self.tried if entry.needs_decision]),
            ("Changed before generation", [str(note) for note in self.notes if self._is_new(note)]),
            *self._by_level(decided),
            ("From our own corrections, not from the cloud", list(_lines(self.own))),
            (
                "Hidden by the overlay",
                list(_lines(impact for impact in self.hidden if impact.change.words or impact.unclassified)),
            ),
            ("Lists without x-pages and x-dedup in the overlay", self.lists),
        ]
        perhaps = grouped(use for use in self.uses if not use.certain)
        lines = [f"{part} is gone; perhaps used: {', '.join(map(str, uses))}" for part, uses in perhaps.items()]
        return [*sections, ("Perhaps used by our layer", lines)]

    def _confirmations(self) -> list[tuple[str, list[str]]]:
        hidden = [impact for impact in self.hidden if not (impact.change.words or impact.unclassified)]
        return [
            *self._by_level([impact for impact in self.impacts if not impact.needs_decision]),
            ("In the document, and hidden by the overlay", list(_lines(hidden))),
            ("Changed before generation", _same([note for note in self.notes if not self._is_new(note)])),
        ]

    def _counts(self) -> Iterator[str]:
        yield "| action | target | matched before | matches now | needed |"
        yield "|---|---|---|---|---|"
        for entry in self.tried:
            target = entry.target.replace("|", "\\|")
            yield f"| {entry.number} {entry.fate} | `{target}` | {entry.before} | {entry.now} | {entry.needed} |"

    def _is_new(self, note: Note) -> bool:
        """Whether a note is new, and about more than other words for the same."""
        return note.kind != "normalized" and str(note) not in self.notes_before

    def _by_level(self, impacts: Sequence[Impact]) -> Iterator[tuple[str, list[str]]]:
        for level in reversed(Level):
            yield TITLES[level], list(_lines(impact for impact in impacts if impact.change.level is level))


def _same(notes: Sequence[Note]) -> list[str]:
    """Return one line for the same change at many places."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(f"{note.kind}: {note.words}", []).append(note.place)
    lines = []
    for words, where in places.items():
        more = f" and {len(where) - MOST_PLACES} more" if len(where) > MOST_PLACES else ""
        lines.append(f"{words} ({len(where)}: {', '.join(where[:MOST_PLACES])}{more})")
    return lines

"""Columns of tables, and those that a terminal's width has space for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from anyqpu.errors import ValidationError
from anyqpu_cli.tables import GAP, cell_text, cut, text_width
from anyqpu_cli.target import did_you_mean

T = TypeVar("T")

# The first characters of an identifier that a table shows, if they are unique in it.
SHORT_ID = 8
# Shorter identifiers are shown and accepted as a whole only: a number that lacks a digit is another number.
LONG_ID = 16


@dataclass(frozen=True, kw_only=True)
class Column(Generic[T]):
    """A column of a table.

    Attributes:
        name: Its heading.
        value: Returns the cell of an item.
        compact: Returns a shorter cell, for narrow terminals.
        reference: Returns provider and identifier of an item; a terminal shows `PROVIDER:` and a short identifier.
        right: Whether cells are aligned to the right.
        least: Width to which cells may be cut; None: they are not cut.
        rank: Columns with a higher rank are left out first; those with rank 0 are always shown.
        is_extra: Whether the column is shown only where `--columns` names it.
    """

    name: str
    value: Callable[[T], object]
    compact: Callable[[T], object] | None = None
    reference: Callable[[T], tuple[str, str]] | None = None
    right: bool = False
    least: int | None = None
    rank: int = 0
    is_extra: bool = False

    @property
    def key(self) -> str:
        """The name in `--columns`."""
        return re.sub(r"\W+", "_", self.name.lower()).strip("_")


@dataclass(frozen=True)
class Fitted(Generic[T]):
    """The columns and cells for a width, and the keys of the columns that are left out or cut."""

    columns: Sequence[Column[T]]
    rows: Sequence[Sequence[str]]
    hidden: Sequence[str] = ()
    shortened: Sequence[str] = ()

    def note(self, *ways: str) -> str | None:
        """Return what the table lacks, and ways to see it; None if it is complete."""
        facts = [
            f"{word}: {', '.join(keys)}."
            for word, keys in (("Not shown", self.hidden), ("Cut", self.shortened))
            if keys
        ]
        return " ".join([*facts, f"For more: {', '.join(ways)} or a wider terminal"]) if facts else None


def selected_columns(columns: Sequence[Column[T]], names: str | None) -> Sequence[Column[T]]:
    """Return the columns of `--columns a,b,c`, which are always shown, or the usual ones.

    Raises `ValidationError` for an unknown name.
    """
    if names is None:
        return [column for column in columns if not column.is_extra]
    by_key = {column.key: column for column in columns}
    selected: list[Column[T]] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        key = re.sub(r"\W+", "_", name.lower()).strip("_")
        if key not in by_key:
            listed = f"There are {', '.join(by_key)}"
            question = did_you_mean(key, list(by_key), listed)
            hint = listed if question == listed else f"{question} {listed}"
            raise ValidationError(f"there is no column {name!r}", hint=hint)
        selected.append(replace(by_key[key], rank=0))
    if not selected:
        raise ValidationError("--columns names no column", hint=f"There are {', '.join(by_key)}")
    return selected


def fit(columns: Sequence[Column[T]], items: Sequence[T], width: int | None, *, full_ids: bool = True) -> Fitted[T]:
    """Return the columns and cells of a table for a width; None: all columns and whole cells.

    Cells take their compact form, then they are cut, then columns are left out, until the table fits.
    """
    whole = [_cells(column, items, full_ids=full_ids) for column in columns]
    if width is None or _width(columns, whole) <= width:
        return Fitted(columns, _rows(whole, len(items)))
    kept = [(column, _compact(column, items, cells)) for column, cells in zip(columns, whole, strict=True)]
    hidden: list[str] = []
    while True:
        excess = _width([column for column, _ in kept], [cells for _, cells in kept]) - width
        spare = sum(_spare(column, cells) for column, cells in kept)
        last = max((column for column, _ in kept), key=lambda column: column.rank)
        if excess <= spare or last.rank == 0:
            break
        hidden.append(last.key)
        kept = [pair for pair in kept if pair[0] is not last]
    shortened: list[str] = []
    # The widest first: a name of 30 characters can lose more than one of 15.
    while excess > 0 and (candidates := [n for n, pair in enumerate(kept) if _spare(*pair)]):
        place = max(candidates, key=lambda n: _widest(*kept[n]))
        column, cells = kept[place]
        size = _widest(column, cells)
        kept[place] = (column, [cut(cell, size - 1) for cell in cells])
        excess -= 1
        if column.key not in shortened:
            shortened.append(column.key)
    order = [column.key for column in columns]
    final = [column for column, _ in kept]
    rows = _rows([cells for _, cells in kept], len(items))
    return Fitted(final, rows, sorted(hidden, key=order.index), sorted(shortened, key=order.index))


def short_ids(references: Sequence[tuple[str, str]]) -> list[str]:
    """Return `PROVIDER:ID` for each reference, with as much of a long identifier as is unique among these."""
    ordered = sorted(set(references))
    lengths: dict[tuple[str, str], int] = {}
    for place, reference in enumerate(ordered):
        beside = [ordered[n] for n in (place - 1, place + 1) if 0 <= n < len(ordered)]
        shared = max((_shared(reference[1], id) for provider, id in beside if provider == reference[0]), default=0)
        lengths[reference] = max(shared + 1, SHORT_ID)
    return [f"{provider}:{id if len(id) < LONG_ID else id[: lengths[provider, id]]}" for provider, id in references]


def _shared(one: str, other: str) -> int:
    """Return the number of characters with which both texts begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cells(column: Column[T], items: Sequence[T], *, full_ids: bool) -> Sequence[str]:
    if column.reference is not None and not full_ids:
        return [cell_text(text) for text in short_ids([column.reference(item) for item in items])]
    return [cell_text(column.value(item)) for item in items]


def _compact(column: Column[T], items: Sequence[T], cells: Sequence[str]) -> Sequence[str]:
    return cells if column.compact is None else [cell_text(column.compact(item)) for item in items]


def _rows(cells: Sequence[Sequence[str]], count: int) -> Sequence[Sequence[str]]:
    return [[column[place] for column in cells] for place in range(count)]


def _widest(column: Column[T], cells: Sequence[str]) -> int:
    return max(map(text_width, [column.name, *cells]))


def _width(columns: Sequence[Column[T]], cells: Sequence[Sequence[str]]) -> int:
    return sum(map(_widest, columns, cells)) + len(GAP) * (len(columns) - 1)


def _spare(column: Column[T], cells: Sequence[str]) -> int:
    """Return how much narrower a column can become."""
    if column.least is None:
        return 0
    return max(_widest(column, cells) - max(column.least, len(column.name)), 0)

"""Lists as tables or as JSON: whole, or as they come where there is much."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Generic, TypeVar

from anyqpu_cli import fields
from anyqpu_cli.output import json_text, show, write
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import table

T = TypeVar("T")

# From this many items on, the first are printed before the last have arrived.
MANY = 200
# Rows that are lined up with each other.
AT_A_TIME = 100


class Listing(Generic[T]):
    """How items of one kind are shown: `head` and `row` for people, `record` for programs."""

    def __init__(
        self,
        setup: Setup,
        head: Sequence[str],
        record: Callable[[T], dict[str, Any]],
        row: Callable[[T], Sequence[object]],
        right: Sequence[str] = (),
    ) -> None:
        self._setup = setup
        self._head = head
        self._record = record
        self._row = row
        self._right = right

    def show(self, items: Sequence[T]) -> None:
        """Print all that there is."""
        if self._setup.as_json:
            fields.print_json([self._record(item) for item in items])
        else:
            self._print_rows([self._row(item) for item in items], first=True)

    async def stream(self, items: AsyncIterator[T]) -> None:
        """Print items while they arrive. Where the rest does not come, what has been printed is ended well."""
        await (self._stream_json(items) if self._setup.as_json else self._stream_rows(items))

    async def _stream_json(self, items: AsyncIterator[T]) -> None:
        begun = False
        try:
            async for item in items:
                # Indented as in a list that is printed whole.
                text = json_text(self._record(item)).replace("\n", "\n  ")
                write(f",\n  {text}" if begun else f"[\n  {text}")
                begun = True
        except BaseException:
            if begun:
                show("\n]")
            raise
        show("\n]" if begun else "[]")

    async def _stream_rows(self, items: AsyncIterator[T]) -> None:
        rows: list[Sequence[object]] = []
        begun = False
        try:
            async for item in items:
                rows.append(self._row(item))
                if len(rows) == AT_A_TIME:
                    self._print_rows(rows, first=not begun)
                    begun, rows = True, []
        except BaseException:
            if rows:
                self._print_rows(rows, first=not begun)
            raise
        if rows or not begun:
            self._print_rows(rows, first=not begun)

    def _print_rows(self, rows: Sequence[Sequence[object]], *, first: bool) -> None:
        lines = table(self._head, rows, right=self._right).split("\n")
        show("\n".join(lines if first else lines[1:]), coloured=True, flush=True)
        if not rows:
            self._setup.note("There are none.")

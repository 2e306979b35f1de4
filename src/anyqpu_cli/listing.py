"""Lists as tables or as JSON, printed whole or while the items arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Generic, TypeVar

from anyqpu_cli.output import json_text, show, show_json, write
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import table

T = TypeVar("T")

# Above this number of items, the first are printed before the last arrive.
STREAM_ABOVE = 200
# Rows of a streamed table whose columns are aligned.
BLOCK = 100


class Listing(Generic[T]):
    """Prints items of one kind: `head` and `row` make a table, `record` makes JSON."""

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
        """Print all items."""
        if self._setup.as_json:
            show_json([self._record(item) for item in items])
        else:
            self._print_rows([self._row(item) for item in items], first=True)

    async def stream(self, items: AsyncIterator[T]) -> None:
        """Print items while they arrive. If an error ends them, the output so far is still a valid table or array."""
        await (self._stream_json(items) if self._setup.as_json else self._stream_rows(items))

    async def _stream_json(self, items: AsyncIterator[T]) -> None:
        begun = False
        try:
            async for item in items:
                # Indented as in an array that is printed whole.
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
                if len(rows) == BLOCK:
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
            self._setup.note("The list is empty.")

"""Lists as tables or as JSON, printed whole or while the items arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from anyqpu.errors import ValidationError
from anyqpu_cli.columns import Column, fit, selected_columns
from anyqpu_cli.output import json_text, show, show_json, write
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import table
from anyqpu_cli.widths import terminal_width, wrapped

T = TypeVar("T")

# Above this number of items, the first are printed before the last arrive.
STREAM_ABOVE = 200
# Rows of a streamed table whose columns are aligned.
BLOCK = 100


class Listing(Generic[T]):
    """Prints items of one kind: `columns` make a table, `record` makes JSON.

    A table fits the terminal. Elsewhere it has all columns and whole cells.

    Args:
        names: The columns to show, as in `--columns a,b,c`; None: the usual ones.
        full_ids: Whether a terminal shows whole identifiers too.

    Raises:
        ValidationError: There is no column of a name, or the output is JSON, which has no columns.
    """

    def __init__(
        self,
        setup: Setup,
        columns: Sequence[Column[T]],
        record: Callable[[T], dict[str, Any]],
        *,
        names: str | None = None,
        full_ids: bool = False,
    ) -> None:
        if names is not None and setup.as_json:
            raise ValidationError("--columns is for tables; --json prints every key", hint="Leave one of them out")
        self._setup = setup
        self._columns = selected_columns(columns, names)
        self._record = record
        self._width = terminal_width()
        self._full_ids = full_ids or self._width is None
        self._note: str | None = None

    def show(self, items: Sequence[T]) -> None:
        """Print all items."""
        if self._setup.as_json:
            show_json([self._record(item) for item in items])
        else:
            self._print_rows(items, first=True)
            self._print_note()

    async def stream(self, items: AsyncIterator[T]) -> None:
        """Print items while they arrive. If an error ends them, the output so far is still a valid table or array."""
        # Which short identifiers are unique is only certain at the end.
        self._full_ids = True
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
        block: list[T] = []
        begun = False
        try:
            async for item in items:
                block.append(item)
                if len(block) == BLOCK:
                    self._print_rows(block, first=not begun)
                    begun, block = True, []
        except BaseException:
            if block:
                self._print_rows(block, first=not begun)
            raise
        if block or not begun:
            self._print_rows(block, first=not begun)
        self._print_note()

    def _print_rows(self, items: Sequence[T], *, first: bool) -> None:
        fitted = fit(self._columns, items, self._width, full_ids=self._full_ids)
        # Later blocks have the columns of the first.
        self._columns = [replace(column, rank=0) for column in fitted.columns]
        self._note = self._note or fitted.note("--columns NAMES", "--json")
        head = [column.name for column in fitted.columns]
        lines = table(head, fitted.rows, right=[column.name for column in fitted.columns if column.right]).split("\n")
        show("\n".join(lines if first else lines[1:]), coloured=True, flush=True)
        if not items:
            self._setup.note("The list is empty.")

    def _print_note(self) -> None:
        if self._note is not None:
            self._setup.note(wrapped(self._note))

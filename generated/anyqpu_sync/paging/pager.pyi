"""Types of the blocking classes of `anyqpu.paging.pager`. Written by scripts/sync."""

from typing import Generic

from anyqpu_sync.paging.prefetch import Prefetch

from anyqpu.paging.pager import Page, Position, T

class Pager(Generic[T]):
    """A list to iterate over with `for`, as often as you like; pages are fetched when they are needed.

    It ends on a page without a next one, on a cursor that was used before, and when the server repeats itself, so that
    no server can make it run forever. An error leaves the iterator where it was: the next call repeats the request.
    """
    def titled(self, title: str) -> Pager[T]:
        """Set the name of the list in `repr`, such as its provider and operation, and return the pager."""
        ...
    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues, also in another process.

        It belongs to the iteration that was started last; each iterator has its own `resume_token`, for iterations that
        run at the same time. It stands behind the pages that were handed out completely: after a break in the middle of
        a page the list continues with that page, whose first items then come again. None: from the beginning, or, after
        the end, that nothing is left.
        """
        ...
    def start(self) -> Position:
        """Return the position of a new iteration, which `resume_token` follows from now on."""
        ...
    def pages(self) -> PageIterator[T]:
        """Return an iterator over the pages, one request each."""
        ...
    def pages_from(self, position: Position) -> PageIterator[T]:
        """Return an iterator over the pages that keeps `position` up to date."""
        ...
    def __iter__(self) -> ItemIterator[T]: ...
    def prefetch(self, pages: int = 1) -> Prefetch[T]:
        """Return a block that iterates over the items, with up to `pages` pages fetched ahead while you work on one.

        It is a block, `with pager.prefetch() as items:`, because the task that reads ahead has to end somewhere.
        An error ends it; a new pager with `items.resume_token` continues behind the last item.

        Raises:
            ValidationError: `pages` is not a number from 1.
        """
        ...
    def first(self) -> T | None:
        """Return the first item; None if the list is empty."""
        ...
    def collect(self, *, limit: int | None = None) -> list[T]:
        """Return all items, or the first `limit`; pages that are not needed are not fetched.

        A notebook displays the list as a table.

        Raises:
            ValidationError: `limit` is not a whole number.
        """
        ...
    resume_start: str | None

class ItemIterator(Generic[T]):
    """The items of one run through a list."""
    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues behind the pages that were handed out completely."""
        ...
    def __iter__(self) -> ItemIterator[T]: ...
    def __next__(self) -> T: ...

class PageIterator(Generic[T]):
    """The pages of one run through a list."""
    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues behind the page that was handed out last."""
        ...
    def __iter__(self) -> PageIterator[T]: ...
    def __next__(self) -> Page[T]:
        """Return the next page that has items.

        Raises:
            UnexpectedResponseError: Too many empty pages in a row; the next call continues behind them.
        """
        ...
    begins: str | None

"""How list operations are divided into pages: data, from the extensions `x-pages` and `x-dedup` of the documents.

`RawClient.pages` has a pager of each list operation; a `PagerFactory` makes it, as a `Caller` sends the requests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from ._core import Operation

PageT = TypeVar("PageT")
Item = TypeVar("Item")

Style = Literal["numbered", "offset", "token", "single"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Generic[PageT, Item]):
    """A list operation: `PageT` is what it returns, `Item` is one element of the list.

    Places in a response are the names of attributes, from the outside to the inside.
    """

    api: str
    """Name of the package that the operation is in: the provider."""
    operation: Operation
    style: Style
    """What says which page is requested: its number, an offset, a token, or nothing for a list that is not divided."""
    position: str | None = None
    """Parameter with the number, the offset or the token; None for a single page."""
    size: str | None = None
    """Parameter with the number of items per page; None for a single page."""
    first: int = 0
    """Number of the first page."""
    default_size: int | None = None
    """Number of items per page to request, unless the caller wants another; None for a single page."""
    max_size: int | None = None
    """The most items per page that the cloud accepts; None where it has not said."""
    items: tuple[str, ...] = ()
    """Place of the items; empty where the response is the list itself."""
    total: tuple[str, ...] | None = None
    """Place of the number of items in the whole list."""
    pages: tuple[str, ...] | None = None
    """Place of the number of pages in the whole list."""
    end: tuple[str, ...] | None = None
    """Place of the offset behind the last item of a page."""
    next_token: tuple[str, ...] | None = None
    """Place of the token of the next page."""
    identity: tuple[str, ...] | None = None
    """Attributes that together identify an item; empty: the item itself does. None: items have no identity."""


class RawPager(Protocol[Item]):
    """The items of a list, fetched page by page."""

    @property
    def resume_token(self) -> str | None: ...
    def __aiter__(self) -> AsyncIterator[Item]: ...
    def pages(self) -> AsyncIterator[Any]: ...
    def prefetch(self, pages: int = 1) -> AbstractAsyncContextManager[AsyncIterator[Item]]: ...
    async def first(self) -> Item | None: ...
    async def collect(self, *, limit: int | None = None) -> list[Item]: ...


class PagerFactory(Protocol):
    """Makes a pager from a function that takes the position and the size of a page by keyword, and gets that page."""

    def __call__(
        self,
        fetch: Callable[..., Awaitable[PageT]],
        description: Pages[PageT, Item],
        /,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Item]: ...


def no_pager(
    fetch: Callable[..., Awaitable[PageT]],  # noqa: ARG001
    description: Pages[PageT, Item],
    /,
    *,
    page_size: int | None = None,  # noqa: ARG001
    resume_token: str | None = None,  # noqa: ARG001
) -> RawPager[Item]:
    """Raise: the client was made without a factory of pagers."""
    raise RuntimeError(f"no pager for {description.operation.id}: make the client with RawClient(..., pager=...)")

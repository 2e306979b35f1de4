"""Reading a list with the next page under way while the current one is worked on."""

from __future__ import annotations

from types import TracebackType
from typing import Generic, TypeVar

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from anyqpu.errors import ClientStateError
from anyqpu.paging.pager import ItemIterator, Page, PageIterator, Pager, Position

T = TypeVar("T")
# A page, the cursor that it begins at and the token behind it; or the error in its place.
Fetched = tuple[Page[T], str | None, str | None] | Exception


class Prefetch(Generic[T]):
    """`async with pager.prefetch() as items:` owns the task that reads ahead, and ends it."""

    def __init__(self, pager: Pager[T], pages: int) -> None:
        self._pager = pager
        # One page is held by the reader, which waits for it to be taken.
        self._buffered = pages - 1
        self._group: TaskGroup | None = None

    async def __aenter__(self) -> ItemIterator[T]:
        send, receive = anyio.create_memory_object_stream[Fetched[T]](self._buffered)
        self._receive = receive
        self._group = anyio.create_task_group()
        await self._group.__aenter__()
        start = self._pager.resume_start
        self._group.start_soon(self._read, send, self._pager.pages_from(Position(start)))
        return ItemIterator(self._pager, PagesAhead(start, receive))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._group is None:
            return
        self._receive.close()
        self._group.cancel_scope.cancel()
        # Without the block's own error, which would come out wrapped in a group.
        await self._group.__aexit__(None, None, None)

    async def _read(self, send: MemoryObjectSendStream[Fetched[T]], pages: PageIterator[T]) -> None:
        async with send:
            try:
                async for page in pages:
                    await send.send((page, pages.begins, pages.resume_token))
            except anyio.BrokenResourceError:
                # The block ended while a page waited to be taken.
                return
            except Exception as error:
                await send.send(error)


class PagesAhead(Generic[T]):
    """The pages that were read ahead."""

    def __init__(self, start: str | None, receive: MemoryObjectReceiveStream[Fetched[T]]) -> None:
        self._receive = receive
        self._error: Exception | None = None
        self.begins = start
        """Cursor of the page that was handed out last."""
        self.resume_token = start
        """Token with which the list continues behind that page."""

    async def __anext__(self) -> Page[T]:
        """Return the next page; an error is raised again at each further call."""
        if self._error is None:
            try:
                fetched = await self._receive.receive()
            except anyio.EndOfStream:
                self.resume_token = None
                raise StopAsyncIteration from None
            except anyio.ClosedResourceError:
                problem = "a list is read ahead only inside its `async with`"
                raise ClientStateError(problem, hint="Continue with a new pager and `resume_token`") from None
            if not isinstance(fetched, Exception):
                page, self.begins, self.resume_token = fetched
                return page
            self._error = fetched
        raise self._error

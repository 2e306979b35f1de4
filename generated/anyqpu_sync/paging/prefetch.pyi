"""Types of the blocking classes of `anyqpu.paging.prefetch`. Written by scripts/sync."""

from types import TracebackType
from typing import Generic

from anyqpu_sync.paging.pager import ItemIterator

from anyqpu.paging.prefetch import T

class Prefetch(Generic[T]):
    """`with pager.prefetch() as items:` owns the task that reads ahead, and ends it."""
    def __enter__(self) -> ItemIterator[T]: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

"""Items that are handled by a few tasks, one after another: a task for each would take more time."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from anyio.abc import TaskGroup

T = TypeVar("T")


class Pool(Generic[T]):
    """Items in the order of their turns, and the tasks that handle them.

    Attributes:
        waiting: The items whose turn has not come.
    """

    def __init__(self, most: int, handle: Callable[[T], Awaitable[None]], drop: Callable[[T], None]) -> None:
        """At most so many tasks call `handle`; `drop` is called for items that are not handled."""
        self.waiting: deque[T] = deque()
        self._most, self._handle, self._drop = most, handle, drop
        self._tasks = 0

    def add(self, group: TaskGroup, item: T) -> None:
        """Handle an item in a task group, in its turn."""
        self.waiting.append(item)
        if self._tasks < self._most:
            self._tasks += 1
            group.start_soon(self._run)

    def clear(self) -> None:
        """Drop the items whose turn has not come."""
        while self.waiting:
            self._drop(self.waiting.popleft())

    async def _run(self) -> None:
        try:
            while self.waiting:
                await self._handle(self.waiting.popleft())
        except BaseException:
            # The other tasks of the group end too.
            self.clear()
            raise
        finally:
            self._tasks -= 1

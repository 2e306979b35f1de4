"""Shared polling: one list request serves many waits.

Every wait sleeps for an interval of its own. When one is due and the data of enough others is older than half of their
intervals, one batch poll lists them all; it postpones every subscriber's next poll, and wakes those whose state has
changed. Otherwise the one that is due polls alone. So a thousand waits cost what a few do, and none learns of a change
later than it would alone.
"""

from __future__ import annotations

import copy
import logging
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError
from anyqpu.waiting.clock import Clock
from anyqpu.waiting.timer_queue import TimerEntry, TimerQueue

T = TypeVar("T")

logger = logging.getLogger("anyqpu")

# Subscribers whose data is older than this fraction of their interval count as due.
SHARE = 0.5
# Seconds for which the cost and yield of a batch poll are expected of the next one.
PAUSE = 300.0
# Requests that a client sends at once for one call.
AT_ONCE = 25
# Tasks that are woken in one iteration of the event loop: each takes a tenth of a millisecond.
WOKEN = 8
# Items of a list that are looked at in one iteration, of those that have not changed.
UNCHANGED = 100


@dataclass(slots=True)
class BatchResult(Generic[T]):
    """Items that list requests returned, and how many requests that took."""

    items: dict[str, T] = field(default_factory=dict[str, T])
    requests: int = 0

    def add(self, items: Mapping[str, T]) -> None:
        """Add the items of a page."""
        self.items.update(items)

    def lacks(self, id: str) -> bool:
        """Return whether no list had an item."""
        return id not in self.items


class BatchPoller(Generic[T]):
    """The waits of one client, by the identifier of what they wait for."""

    def __init__(
        self,
        list_many: Callable[[Mapping[str, T]], Awaitable[BatchResult[T]]],
        cost: Callable[[Mapping[str, T]], float],
        state: Callable[[T], object],
        clock: Clock,
        is_same: Callable[[T, T], bool] | None = None,
    ) -> None:
        """Make a poller; nothing is sent yet.

        Args:
            list_many: Lists what is waited for.
            cost: Returns how many requests that takes at best.
            state: Returns what wakes a wait when it changes.
            clock: The client's clock.
            is_same: Whether an item says nothing more than an older one; None: where the state is the same.
        """
        self._list_many = list_many
        self._cost = cost
        self._clock = clock
        self.state = state
        self._is_same = is_same
        self.subscribers: dict[str, list[Subscriber[T]]] = {}
        self.timers = TimerQueue(clock)
        self._running: _BatchPoll | None = None
        self._failed: tuple[float, AnyQPUError] | None = None
        # Requests per expected request of the last batch poll, and until when that is expected of the next one.
        self._overhead, self._overhead_until = 1.0, 0.0
        # Number of waits for which a batch poll does not pay, and until when.
        self._skip_up_to, self._skip_until = 0.0, 0.0

    def subscriber(self, id: str, item: T, *, only_changes: bool = False) -> Subscriber[T]:
        """Return a subscriber for one item, as it was last seen.

        With `only_changes` its polls return that item as long as others say the same, which saves memory.
        """
        return Subscriber(self, self._clock, id, item, only_changes=only_changes)

    def is_same(self, item: T, older: T) -> bool:
        """Whether an item says nothing more than an older one."""
        return self.state(item) == self.state(older) if self._is_same is None else self._is_same(item, older)

    def add(self, subscriber: Subscriber[T]) -> None:
        """Include a subscriber in batch polls."""
        self.subscribers.setdefault(subscriber.id, []).append(subscriber)

    def remove(self, subscriber: Subscriber[T]) -> None:
        """Leave a subscriber out of batch polls again."""
        others = self.subscribers[subscriber.id]
        others.remove(subscriber)
        if not others:
            del self.subscribers[subscriber.id]

    async def refresh(self, subscriber: Subscriber[T]) -> None:
        """Refresh a subscriber by a batch poll, where that pays; the batch poll may not return its item."""
        # Subscribers that become due at the same time share a batch poll.
        await anyio.lowlevel.checkpoint()
        self._raise_failure(subscriber)
        while not subscriber.has_update:
            running = self._running
            if running is not None:
                await running.wait()
                if running.error is not None:
                    raise copy.copy(running.error)
                if subscriber.id in running.ids:
                    return
            elif (plan := self._plan()) is not None:
                await self._run(*plan)
                return
            else:
                return

    def _raise_failure(self, subscriber: Subscriber[T]) -> None:
        """Raise the error of a recent batch poll, which counts for all: many waits do not poll more often than one."""
        if self._failed is not None and subscriber.would_accept(self._failed[0]):
            # One instance in many tasks would collect all their tracebacks.
            raise copy.copy(self._failed[1])

    def _plan(self) -> tuple[dict[str, T], float] | None:
        """Return all items, and the requests that listing them takes at best.

        None if that takes more requests than polling each that is (nearly) due.
        """
        now = self._clock.now()
        if len(self.subscribers) < 2 or (now < self._skip_until and len(self.subscribers) <= self._skip_up_to):
            return None
        items = self._wanted()
        cost = self._cost(items)
        expected = cost * (self._overhead if now < self._overhead_until else 1.0)
        due = 0
        for subscribers in self.subscribers.values():
            due += any(subscriber.is_due(now) for subscriber in subscribers)
            if due > expected:
                return items, cost
        return None

    def _wanted(self) -> dict[str, T]:
        """Return what is waited for, as it was when its first wait began: its session, for one, does not change."""
        return {id: subscribers[0].began_as for id, subscribers in self.subscribers.items()}

    async def _run(self, items: dict[str, T], cost: float) -> None:
        """List all items and notify their subscribers. Items that the list lacks stay as they were."""
        self._running = running = _BatchPoll(frozenset(items))
        began = self._clock.now()
        try:
            listed = await self._list_many(items)
            self._learn(listed, cost)
            # Until all are notified, late arrivals reuse this result.
            await self._notify(listed.items, began)
        except AnyQPUError as error:
            if error.retryable:
                running.error, self._failed = error, (self._clock.now(), error)
                raise
            # Some credentials may read their jobs but not list them.
            logger.info("listing failed (%s): polling one by one", type(error).__name__)
            self._skip_up_to, self._skip_until = math.inf, self._clock.now() + PAUSE
        else:
            self._running = None
            await running.finish_in_steps()
        finally:
            # By now another one may be running.
            if self._running is running:
                self._running = None
            running.end()

    def _learn(self, listed: BatchResult[T], cost: float) -> None:
        """Remember what a batch poll cost, and whether it paid."""
        until = self._clock.now() + PAUSE
        self._overhead, self._overhead_until = max(1.0, listed.requests / cost), until
        if len(listed.items) < listed.requests:
            # With many more waits it may pay again.
            self._skip_up_to, self._skip_until = 2.0 * len(self.subscribers), until

    async def _notify(self, items: Mapping[str, T], began: float) -> None:
        self._failed = None
        now, done = self._clock.now(), 0.0
        for id, item in items.items():
            for subscriber in self.subscribers.get(id, ()):
                done += 1 / WOKEN if subscriber.notify(item, began, now) else 1 / UNCHANGED
            # Waking all at once would block the event loop.
            if done >= 1:
                await anyio.lowlevel.checkpoint()
                now, done = self._clock.now(), 0.0


class _BatchPoll:
    """A batch poll that is running; late arrivals wait for it."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self.error: AnyQPUError | None = None
        self._over = False
        self._waiting: list[anyio.Event] = []

    async def wait(self) -> None:
        """Wait until it has ended."""
        if not self._over:
            event = anyio.Event()
            self._waiting.append(event)
            await event.wait()

    async def finish_in_steps(self) -> None:
        """Wake the waiting tasks, a few at a time: all at once, they would block the event loop."""
        self._over = True
        while self._waiting:
            for event in self._waiting[:WOKEN]:
                event.set()
            del self._waiting[:WOKEN]
            await anyio.lowlevel.checkpoint()

    def end(self) -> None:
        """Wake all tasks that still wait."""
        self._over = True
        while self._waiting:
            self._waiting.pop().set()


def _no_interval(now: float) -> float:
    return 0.0


def _never(now: float) -> bool:
    return False


class Subscriber(TimerEntry, Generic[T]):
    """One wait: how it polls, and how it sleeps between two polls."""

    __slots__ = (
        "_base",
        "_clock",
        "_interval",
        "_interval_at",
        "_may_extend",
        "_only_changes",
        "_poller",
        "_polling",
        "_requested_at",
        "_state",
        "began_as",
        "has_update",
        "id",
        "item",
    )

    def __init__(self, poller: BatchPoller[T], clock: Clock, id: str, item: T, *, only_changes: bool) -> None:
        super().__init__()
        self._poller = poller
        self._only_changes = only_changes
        self._clock = clock
        self.id = id
        self.began_as = item
        self.item = item
        self._state = poller.state(item)
        self._requested_at = float("-inf")  # when the request for its data was sent
        self._interval = 0.0
        self._polling = False
        self.has_update = False
        self._base: float | None = None
        self._interval_at: Callable[[float], float] = _no_interval
        self._may_extend: Callable[[float], bool] = _never

    def _take(self, item: T) -> None:
        """Keep an item as the last one."""
        self._state = self._poller.state(item)
        self.item = self.began_as if self._only_changes and self._poller.is_same(item, self.began_as) else item

    def is_due(self, now: float) -> bool:
        """Return whether its data is old enough to be refreshed."""
        return self._polling or now - self._requested_at >= SHARE * self._interval

    def would_accept(self, time: float) -> bool:
        """Return whether data that was requested at `time` is recent enough."""
        return self._clock.now() - time < SHARE * self._interval

    def notify(self, item: T, requested_at: float, now: float) -> bool:
        """Take over what a batch poll returned; wake the wait if its state has changed, or extend its sleep.

        Returns whether it is woken.
        """
        changed = self._poller.state(item) != self._state
        self._requested_at = requested_at
        if self.asleep and not changed and self._may_extend(now):
            # An unchanged item is dropped: ten thousand of them would be most of the memory in use.
            self._base, self._interval = requested_at, self._interval_at(now)
            self._poller.timers.postpone(self, requested_at + self._interval)
            return False
        self._take(item)
        self.has_update = True
        if not self.asleep or not changed:
            return False
        self._poller.timers.wake(self)
        return True

    async def poll(self, alone: Callable[[T], Awaitable[T]]) -> T:
        """Return the item as a batch poll returned it since the last poll, or as `alone` returns it."""
        self._polling = True
        try:
            if not self.has_update:
                self._poller.add(self)
                try:
                    await self._poller.refresh(self)
                finally:
                    self._poller.remove(self)
            if self.has_update:
                self._base = self._requested_at
                return self.item
            self._base = None
            self._requested_at = self._clock.now()
            self.rest()
            self._take(await alone(self.item))
            return self.item
        finally:
            self._polling = self.has_update = False
            self.rest()

    async def sleep(self, interval_at: Callable[[float], float], may_extend: Callable[[float], bool]) -> None:
        """Sleep for an interval that began when the data was requested, or until a batch poll returns another state.

        A batch poll that returns the same state begins another interval, if `may_extend` allows it.
        """
        self._interval_at, self._may_extend = interval_at, may_extend
        now = self._clock.now()
        self._interval = interval_at(now)
        due = self._interval + (now if self._base is None else self._base)
        self._poller.add(self)
        try:
            await self._poller.timers.sleep(self, due)
        finally:
            self._poller.remove(self)

    def rest(self) -> None:
        """Hand the shared timer to the next subscriber, if this one has it."""
        if not self.asleep:
            self._poller.timers.promote(self)

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
from collections.abc import Awaitable, Callable, Iterable, KeysView, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError
from anyqpu.waiting.clock import Clock
from anyqpu.waiting.dues import NEVER, Dues
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
    """Items that list requests returned, and how many requests that took.

    Attributes:
        is_same: Returns whether an item need not be read: it is not wanted, or still in this state. None: all are read.
        same: Identifiers of wanted items that were not read, as their state is the same.
        pages: What is remembered of the pages of the last list, and then of this one; None: nothing.
    """

    items: dict[str, T] = field(default_factory=dict[str, T])
    requests: int = 0
    is_same: Callable[[str, object], bool] | None = None
    same: set[str] = field(default_factory=set[str])
    pages: dict[object, Any] | None = None

    def add(self, items: Mapping[str, T]) -> None:
        """Add the items of a page."""
        self.items.update(items)

    def add_same(self, ids: Iterable[str]) -> None:
        """Add the items of a page that were not read."""
        self.same.update(ids)

    def lacks(self, id: str) -> bool:
        """Return whether no list had an item."""
        return id not in self.items and id not in self.same


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
        # Requests of the last batch poll beyond those that were expected, and until when the next one may take as many.
        self._more, self._more_until = 0.0, 0.0
        # Number of waits for which a batch poll does not pay, and until when.
        self._skip_up_to, self._skip_until = 0.0, 0.0
        self._dues = Dues([], -1.0, 0.0)

    def subscriber(self, id: str, item: T, *, only_changes: bool = False) -> Subscriber[T]:
        """Return a subscriber for one item, as it was last seen.

        With `only_changes` its polls return that item as long as others say the same, which saves memory.
        """
        return Subscriber(self, self._clock, id, item, only_changes=only_changes)

    def is_same(self, item: T, older: T) -> bool:
        """Whether an item says nothing more than an older one."""
        return self.state(item) == self.state(older) if self._is_same is None else self._is_same(item, older)

    def is_known(self, id: str, state: object) -> bool:
        """Whether the waits for an item learn nothing from one in this state; True for an item that none is for."""
        subscribers = self.subscribers.get(id)
        if subscribers is None:
            # Its wait may have been cancelled while the list was on its way.
            return self._running is None or id not in self._running.ids
        # Mostly one, for which a generator would take longer.
        return all([subscriber.knows(state) for subscriber in subscribers])  # noqa: C419

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
            elif (plan := self._plan(subscriber)) is not None:
                await self._run(*plan)
                return
            else:
                return

    def _raise_failure(self, subscriber: Subscriber[T]) -> None:
        """Raise the error of a recent batch poll, which counts for all: many waits do not poll more often than one."""
        if self._failed is not None and subscriber.would_accept(self._failed[0]):
            # One instance in many tasks would collect all their tracebacks.
            raise copy.copy(self._failed[1])

    def _plan(self, subscriber: Subscriber[T]) -> tuple[dict[str, T], float] | None:
        """Return all items, and the requests that listing them takes at best.

        None if that takes more requests than polling each that is (nearly) due.
        """
        now = self._clock.now()
        if len(self.subscribers) < 2 or (now < self._skip_until and len(self.subscribers) <= self._skip_up_to):
            return None
        if self._dues.are_too_few(subscriber.requested_at, now):
            return None
        items = self._wanted()
        cost = self._cost(items)
        expected = cost + (self._more if now < self._more_until else 0.0)
        dues = [
            several[0].fresh_until if len(several) == 1 else min(one.fresh_until for one in several)
            for several in self.subscribers.values()
        ]
        later = [due for due in dues if due > now]
        lacking = expected - (len(dues) - len(later))
        if lacking < 0:
            return items, cost
        self._dues = Dues(later, lacking, now)
        return None

    def _wanted(self) -> dict[str, T]:
        """Return what is waited for, as it was when its first wait began: its session, for one, does not change."""
        return {id: subscribers[0].began_as for id, subscribers in self.subscribers.items()}

    async def _run(self, items: dict[str, T], cost: float) -> None:
        """List all items and notify their subscribers. Items that the list lacks stay as they were."""
        self._running = running = _BatchPoll(items.keys())
        began = self._clock.now()
        try:
            listed = await self._list_many(items)
            self._learn(listed, cost, len(items))
            # Until all are notified, late arrivals reuse this result.
            await self._notify(listed, began)
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

    def _learn(self, listed: BatchResult[T], cost: float, wanted: int) -> None:
        """Remember what a batch poll cost, and whether it paid."""
        until = self._clock.now() + PAUSE
        self._dues = Dues([], -1.0, 0.0)
        self._more, self._more_until = max(0.0, listed.requests - cost), until
        if len(listed.items) + len(listed.same) < listed.requests:
            # With many more waits it may pay again, such as those that have begun meanwhile.
            self._skip_up_to, self._skip_until = 2.0 * wanted, until

    async def _notify(self, listed: BatchResult[T], began: float) -> None:
        self._failed = None
        now, done, subscribers = self._clock.now(), 0.0, self.subscribers
        for number, id in enumerate(listed.same, 1):
            for subscriber in subscribers.get(id, ()):
                subscriber.notify_same(began, now)
            if not number % UNCHANGED:
                await anyio.lowlevel.checkpoint()
                now = self._clock.now()
        for id, item in listed.items.items():
            for subscriber in subscribers.get(id, ()):
                done += 1 / WOKEN if subscriber.notify(item, began, now) else 1 / UNCHANGED
            # Waking all at once would block the event loop.
            if done >= 1:
                await anyio.lowlevel.checkpoint()
                now, done = self._clock.now(), 0.0


class _BatchPoll:
    """A batch poll that is running; late arrivals wait for it."""

    def __init__(self, ids: KeysView[str]) -> None:
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


def _not_extended(now: float) -> None:
    return None


class Subscriber(TimerEntry, Generic[T]):
    """One wait: how it polls, and how it sleeps between two polls."""

    __slots__ = (
        "_base",
        "_clock",
        "_extended",
        "_interval",
        "_only_changes",
        "_poller",
        "_state",
        "began_as",
        "fresh_until",
        "has_update",
        "id",
        "item",
        "requested_at",
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
        self.requested_at = NEVER  # when the request for its data was sent
        self._interval = 0.0
        self.fresh_until = NEVER  # when its data is old enough to be refreshed
        self.has_update = False
        self._base: float | None = None
        self._extended: Callable[[float], float | None] = _not_extended

    def _take(self, item: T) -> None:
        """Keep an item as the last one."""
        self._state = self._poller.state(item)
        self.item = self.began_as if self._only_changes and self._poller.is_same(item, self.began_as) else item

    def would_accept(self, time: float) -> bool:
        """Return whether data that was requested at `time` is recent enough."""
        return self._clock.now() - time < SHARE * self._interval

    def knows(self, state: object) -> bool:
        """Return whether an item in this state says nothing new: a wait that begins needs the whole item."""
        return self._state == state and (self.asleep or self._only_changes)

    def notify_same(self, requested_at: float, now: float) -> None:
        """Note that a list shows the item in the same state; extend its sleep."""
        if self.asleep and (interval := self._extended(now)) is not None:
            self._base = self.requested_at = requested_at
            self._interval = interval
            self.fresh_until = requested_at + SHARE * interval
            self.due = due = requested_at + interval
            if due < self.queued:
                self._poller.timers.postpone(self, due)
        elif self._only_changes or self.requested_at > NEVER:
            self.requested_at = requested_at
            self.fresh_until = requested_at + SHARE * self._interval
            self.has_update = True

    def notify(self, item: T, requested_at: float, now: float) -> bool:
        """Take over what a batch poll returned; wake the wait if its state has changed, or extend its sleep.

        Returns whether it is woken.
        """
        changed = self._poller.state(item) != self._state
        if self.asleep and not changed:
            # An unchanged item is dropped: ten thousand of them would be most of the memory in use.
            self.notify_same(requested_at, now)
            return False
        self.requested_at = requested_at
        self.fresh_until = requested_at + SHARE * self._interval
        self._take(item)
        self.has_update = True
        if not self.asleep or not changed:
            return False
        self._poller.timers.wake(self)
        return True

    async def poll(self, alone: Callable[[T], Awaitable[T]]) -> T:
        """Return the item as a batch poll returned it since the last poll, or as `alone` returns it."""
        self.fresh_until = NEVER
        try:
            if not self.has_update:
                self._poller.add(self)
                try:
                    await self._poller.refresh(self)
                finally:
                    self._poller.remove(self)
            if self.has_update:
                self._base = self.requested_at
                return self.item
            self._base = None
            self.requested_at = self._clock.now()
            self.rest()
            self._take(await alone(self.item))
            return self.item
        finally:
            self.has_update = False
            self.rest()

    async def sleep(self, interval: float, extended: Callable[[float], float | None]) -> None:
        """Sleep for an interval that began when the data was requested, or until a batch poll returns another state.

        A batch poll that returns the same state begins the interval that `extended` returns; None: it returns none.
        """
        self._interval, self._extended = interval, extended
        self.fresh_until = self.requested_at + SHARE * interval
        due = interval + (self._clock.now() if self._base is None else self._base)
        self._poller.add(self)
        try:
            await self._poller.timers.sleep(self, due)
        finally:
            self._poller.remove(self)

    def rest(self) -> None:
        """Hand the shared timer to the next subscriber, if this one has it."""
        if not self.asleep:
            self._poller.timers.promote(self)

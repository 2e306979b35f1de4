"""One list call that serves many waits.

Every wait sleeps for an interval of its own. When one is due and enough others have gone without news for half of
theirs, one sweep of list calls asks for all of them; it puts off everybody's next look, and wakes those for whom
something changed. Otherwise the one that is due asks for itself alone. So a thousand waits cost what a few do, and
none learns later than it would alone.
"""

from __future__ import annotations

import copy
import logging
import math
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError
from anyqpu.waiting.clock import Clock
from anyqpu.waiting.timer_queue import TimerEntry, TimerQueue

T = TypeVar("T")

logger = logging.getLogger("anyqpu")

# Who has gone without news for this share of its interval is worth asking for along with others.
SHARE = 0.5
# For so many seconds, what a sweep cost and found is taken to be what the next one would.
PAUSE = 300.0
# Waits that are woken in one turn of the event loop.
AT_ONCE = 25


@dataclass(slots=True)
class BatchResult(Generic[T]):
    """What list calls found, and how many requests that took."""

    found: dict[str, T] = field(default_factory=dict[str, T])
    requests: int = 0


class BatchPoller(Generic[T]):
    """The waits of one client, by the identifier of what they wait for."""

    def __init__(
        self,
        sweep: Callable[[Mapping[str, T]], Awaitable[BatchResult[T]]],
        cost: Callable[[Mapping[str, T]], float],
        state: Callable[[T], object],
        clock: Clock,
    ) -> None:
        """`sweep` lists what is waited for; `cost` is how many requests that takes at best."""
        self._sweep = sweep
        self._cost = cost
        self._clock = clock
        self.state = state
        self._subscribers: dict[str, list[Subscriber[T]]] = {}
        self.timers = TimerQueue(clock)
        self._running: BatchPoll | None = None
        self._failed: tuple[float, AnyQPUError] | None = None
        # Where lists are long and waits few, a list takes more pages than those would fill; true until then.
        self._price, self._price_until = 1.0, 0.0
        # Sweeps for so many or fewer are not worth it until then.
        self._fruitless, self._fruitless_until = 0.0, 0.0

    def subscriber(self, id: str, item: T) -> Subscriber[T]:
        """A wait for one item, as it was when it was last seen."""
        return Subscriber(self, self._clock, id, item)

    @contextmanager
    def present(self, subscriber: Subscriber[T]) -> Generator[None]:
        """Have sweeps ask for this subscriber too."""
        others = self._subscribers.setdefault(subscriber.id, [])
        others.append(subscriber)
        try:
            yield
        finally:
            others.remove(subscriber)
            if not others and self._subscribers.get(subscriber.id) is others:
                del self._subscribers[subscriber.id]

    async def ask(self, subscriber: Subscriber[T]) -> None:
        """Have a sweep ask for a subscriber, where that pays. It may not find it."""
        # Those who come in the same moment shall go together.
        await anyio.lowlevel.checkpoint()
        self._raise_failure(subscriber)
        while not subscriber.has_news:
            running = self._running
            if running is not None:
                await running.wait()
                if running.error is not None:
                    raise copy.copy(running.error)
                if subscriber.id in running.ids:
                    return
            elif self._pays():
                await self._run()
                return
            else:
                return

    def _raise_failure(self, subscriber: Subscriber[T]) -> None:
        """A sweep that failed a moment ago failed for all: many waits do not ask more often than one would."""
        if self._failed is not None and subscriber.would_share(self._failed[0]):
            # One instance in many tasks would gather all their tracebacks.
            raise copy.copy(self._failed[1])

    def _pays(self) -> bool:
        """Whether asking for all at once takes fewer requests than asking for each that is (nearly) due."""
        now = self._clock.now()
        if len(self._subscribers) < 2 or (now < self._fruitless_until and len(self._subscribers) <= self._fruitless):
            return False
        cost = self._cost(self._wanted()) * (self._price if now < self._price_until else 1.0)
        due = 0
        for subscribers in self._subscribers.values():
            due += any(subscriber.is_due(now) for subscriber in subscribers)
            if due > cost:
                return True
        return False

    def _wanted(self) -> dict[str, T]:
        """What is waited for, as it was when the first who waits began: where it belongs does not change."""
        return {id: subscribers[0].began_as for id, subscribers in self._subscribers.items()}

    async def _run(self) -> None:
        """Ask for all that are present, and tell them. What is not found stays as it was."""
        items = self._wanted()
        cost = self._cost(items)
        self._running = running = BatchPoll(frozenset(items))
        began = self._clock.now()
        try:
            listed = await self._sweep(items)
            self._learn(listed, cost)
            # Until all are told, who comes shall wait to be told too, and not ask again.
            await self._tell(listed.found, began)
        except AnyQPUError as error:
            if error.retryable:
                running.error, self._failed = error, (self._clock.now(), error)
                raise
            # Lists may be closed to those who may look at their own jobs.
            logger.info("listing did not work (%s): looking one by one", type(error).__name__)
            self._fruitless, self._fruitless_until = math.inf, self._clock.now() + PAUSE
        else:
            self._running = None
            await running.end_step_by_step()
        finally:
            # By now another one may be under way.
            if self._running is running:
                self._running = None
            running.end()

    def _learn(self, listed: BatchResult[T], cost: float) -> None:
        """What lists take, and whether what they find is worth it."""
        until = self._clock.now() + PAUSE
        self._price, self._price_until = max(1.0, listed.requests / cost), until
        if len(listed.found) < listed.requests:
            # With many more to look for, it may be another matter.
            self._fruitless, self._fruitless_until = 2.0 * len(self._subscribers), until

    async def _tell(self, found: Mapping[str, T], began: float) -> None:
        self._failed = None
        now = self._clock.now()
        for number, (id, item) in enumerate(found.items(), 1):
            for subscriber in self._subscribers.get(id, ()):
                subscriber.tell(item, began, now)
            # Those who are woken at once would hold the event loop.
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
                now = self._clock.now()


class BatchPoll:
    """A sweep that is under way: those who come meanwhile wait for it."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self.error: AnyQPUError | None = None
        self._over = False
        self._waiting: list[anyio.Event] = []

    async def wait(self) -> None:
        """Until it is over, and it is one's turn."""
        if not self._over:
            event = anyio.Event()
            self._waiting.append(event)
            await event.wait()

    async def end_step_by_step(self) -> None:
        """Wake those who wait, a few at a time: all at once, they would hold the event loop."""
        self._over = True
        while self._waiting:
            for event in self._waiting[:AT_ONCE]:
                event.set()
            del self._waiting[:AT_ONCE]
            await anyio.lowlevel.checkpoint()

    def end(self) -> None:
        """Wake all who still wait."""
        self._over = True
        while self._waiting:
            self._waiting.pop().set()


class Subscriber(TimerEntry, Generic[T]):
    """One wait: how it looks, and how it sleeps between two looks."""

    def __init__(self, poller: BatchPoller[T], clock: Clock, id: str, item: T) -> None:
        super().__init__()
        self._poller = poller
        self._clock = clock
        self.id = id
        self.began_as = item
        self.item = item
        self._asked_at = float("-inf")  # when what it knows was asked for
        self._interval = 0.0
        self._looking = False
        self.has_news = False
        self._base: float | None = None
        self._interval_at: Callable[[float], float] = lambda now: 0.0
        self._is_patient: Callable[[float], bool] = lambda now: False

    def is_due(self, now: float) -> bool:
        """Whether it would be glad to hear something."""
        return self._looking or now - self._asked_at >= SHARE * self._interval

    def would_share(self, moment: float) -> bool:
        """Whether what was asked for at a moment is as good as asking now."""
        return self._clock.now() - moment < SHARE * self._interval

    def tell(self, item: T, asked_at: float, now: float) -> None:
        """What a sweep saw; wakes the one that sleeps if that is something new, and lets it sleep on otherwise."""
        changed = self._poller.state(item) != self._poller.state(self.item)
        self._asked_at = asked_at
        if self.asleep and not changed and self._is_patient(now):
            # What says the same as before is not kept: of ten thousand, that would be most of the memory that is new.
            self._base, self._interval = asked_at, self._interval_at(now)
            self._poller.timers.put_off(self, asked_at + self._interval)
            return
        self.item, self.has_news = item, True
        if self.asleep and changed:
            self._poller.timers.wake(self)

    async def look(self, alone: Callable[[T], Awaitable[T]]) -> T:
        """The item as a sweep saw it since the last look, or as `alone` sees it."""
        self._looking = True
        try:
            if not self.has_news:
                with self._poller.present(self):
                    await self._poller.ask(self)
            if self.has_news:
                self._base = self._asked_at
                return self.item
            self._base = None
            self._asked_at = self._clock.now()
            self.rest()
            self.item = await alone(self.item)
            return self.item
        finally:
            self._looking = self.has_news = False
            self.rest()

    async def sleep(self, interval_at: Callable[[float], float], is_patient: Callable[[float], bool]) -> None:
        """Sleep for an interval that began when what is known was asked for, or until a sweep has news.

        Where sweeps say meanwhile that nothing has changed, and one is patient, that begins another interval.
        """
        self._interval_at, self._is_patient = interval_at, is_patient
        now = self._clock.now()
        self._interval = interval_at(now)
        due = self._interval + (now if self._base is None else self._base)
        with self._poller.present(self):
            await self._poller.timers.sleep(self, due)

    def rest(self) -> None:
        """Have another look after the time, if this one did."""
        if not self.asleep:
            self._poller.timers.promote(self)

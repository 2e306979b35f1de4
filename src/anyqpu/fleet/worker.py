"""The worker of one account: what is done in one step, and when the next one is due."""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import anyio
from anyio.abc import TaskGroup

from anyqpu.errors import AnyQPUError
from anyqpu.fleet.account import AccountWork
from anyqpu.fleet.jobs import Jobs
from anyqpu.fleet.sends import Sends
from anyqpu.ledger.entry import Entry, LeaseLostError, State

# Seconds for which the account is leased, and between two renewals.
LEASE_SECONDS, RENEW_SECONDS = 10.0, 2.5
# Seconds until the next try to lease an account that another worker has.
LEASE_PAUSE = 1.0
# Seconds between two queries for cancels, and for jobs that were sent by hand: `resolve` with a handle.
CANCEL_PAUSE, RELOAD_PAUSE = 0.5, 30.0
# Seconds between two steps of a worker without work, after a wake, and at most where the ledger cannot be used.
IDLE_PAUSE, WAKE_PAUSE, LONGEST_PAUSE = 1.0, 0.01, 30.0
PAGE = 500

logger = logging.getLogger("anyqpu")


class Worker:
    """Sends the entries of one account and follows their jobs, while it has the account's lease."""

    def __init__(self, work: AccountWork, owner: str) -> None:
        self.work = work
        self._owner = owner
        self.jobs = Jobs(work)
        self.sends = Sends(work, self.jobs.add)
        self._fence: int | None = None
        self._running: set[str] = set()
        self._has_more = False
        self._cancels_at = self._reload_at = -math.inf
        self._is_closing = self._is_woken = False
        self._rest: anyio.CancelScope | None = None
        work.wake = self.wake

    @property
    def problem(self) -> AnyQPUError | None:
        """The error that stopped the work."""
        return self.work.problem

    @property
    def is_leading(self) -> bool:
        """Whether this worker has the lease."""
        return self.work.lease is not None

    # Lease

    async def keep_lease(self) -> None:
        """Renew the lease again and again, also while a step takes long."""
        while True:
            await anyio.sleep(RENEW_SECONDS)
            if (lease := self.work.lease) is None:
                continue
            try:
                renewed = await self.work.ledger.renew(lease, LEASE_SECONDS)
            except LeaseLostError:
                self.work.lease = None
                self.work.wake()
            except AnyQPUError:
                # The ledger cannot be reached: the lease ends by itself, and with it the sends.
                continue
            else:
                if self.work.lease is lease:
                    self.work.lease = renewed

    async def release(self) -> None:
        """Give the account to other workers."""
        lease, self.work.lease = self.work.lease, None
        if lease is not None:
            await self.work.ledger.release(lease)

    async def _take(self) -> bool:
        """Return whether this worker has the lease, which it takes if it can."""
        work = self.work
        if work.lease is not None and work.lease.held():
            return True
        work.lease = lease = await work.ledger.take(work.name, self._owner, LEASE_SECONDS)
        if lease is None:
            return False
        try:
            if self._fence is None or lease.fence != self._fence + 1:
                # Others may have worked on the account.
                self.jobs.open.clear()
                self.sends.take_over([entry async for entry in self._entries("sending")])
                await self.jobs.take_over([entry async for entry in self._entries("sent")])
        except BaseException:
            work.lease = self._fence = None
            raise
        self._fence = lease.fence
        self._reload_at = anyio.current_time() + RELOAD_PAUSE
        return True

    async def _entries(self, state: State) -> AsyncIterator[Entry]:
        after: Entry | None = None
        while entries := await self.work.ledger.open_entries(self.work.name, state, after=after, most=PAGE):
            for after in entries:
                yield after

    # Its own loop

    async def run(self, group: TaskGroup) -> None:
        """Make step after step."""
        failures = 0
        while True:
            try:
                delay = await self.step(group)
                failures = 0
            except AnyQPUError as error:
                # The ledger cannot be read or written.
                if not error.retryable:
                    self.work.halt(error)
                logger.warning("%s: the ledger cannot be used now: %s", self.work.name, error)
                failures += 1
                delay = min(0.5 * 2.0**failures, LONGEST_PAUSE)
            await self._sleep(delay)

    async def _sleep(self, delay: float | None) -> None:
        """Sleep until the next step is due, or there may be more to do."""
        if self._is_woken:
            delay = 0.0
        # Other processes plan and cancel too, in the machine's time.
        with anyio.move_on_after(IDLE_PAUSE) as self._rest:
            if delay is None:
                await anyio.sleep_forever()
            elif delay:
                await self.work.client.context.clock.sleep(delay)
        self._rest = None
        # Many wakes are one step.
        await anyio.sleep(WAKE_PAUSE)
        self._is_woken = False

    def wake(self) -> None:
        """Make the next step soon."""
        self._is_woken = True
        if self._rest is not None:
            self._rest.cancel()

    async def finish_sends(self) -> None:
        """Begin no more sends, and wait for those that have begun."""
        self._is_closing = True
        while self.sends.busy:  # noqa: ASYNC110
            await anyio.sleep(WAKE_PAUSE)

    async def whole_step(self) -> float | None:
        """Make one step, and wait for what it began."""
        delay: float | None = None
        self._is_woken = False
        async with anyio.create_task_group() as group:
            delay = await self.step(group)
        if not self.is_leading:
            return delay
        # What ended has made place for more.
        return 0.0 if self._is_woken else self.delay()

    # Steps

    async def step(self, group: TaskGroup) -> float | None:
        """Begin what is due in a task group; return the seconds until the next step, None if nothing is left to do."""
        if self.work.problem is not None:
            return None
        try:
            if not await self._take():
                return LEASE_PAUSE
            now = self.work.now()
            if anyio.current_time() >= self._reload_at:
                self._reload_at = anyio.current_time() + RELOAD_PAUSE
                await self.jobs.take_over([entry async for entry in self._entries("sent")])
            await self._cancel(group)
            self._has_more = not self._is_closing and await self.sends.begin(group)
            search = self.sends.next_search()
            if search is not None and search <= now:
                self._start(group, "search", self.sends.search)
            if self.jobs.open and self.jobs.next_poll <= now:
                self._start(group, "poll", partial(self.jobs.poll, group))
        except LeaseLostError:
            self.work.lease = None
            return LEASE_PAUSE
        return self.delay()

    def delay(self) -> float | None:
        """Return the seconds until the next step is due; None if there is nothing to wait for."""
        if self._has_more:
            return 0.0
        now = self.work.now()
        times = list(self.sends.resting.values())
        if "search" not in self._running and (due := self.sends.next_search()) is not None:
            times.append(due)
        if "poll" not in self._running and self.jobs.open:
            times.append(self.jobs.next_poll)
        if self._running or self.sends.busy or self.jobs.finishing:
            # The end of each wakes the worker.
            times.append(now + LEASE_PAUSE)
        return max(0.0, min(times) - now) if times else None

    def _start(self, group: TaskGroup, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Start a task, unless the one of that name is running."""

        async def run() -> None:
            try:
                await call()
            except LeaseLostError:
                self.work.lease = None
            finally:
                self._running.discard(name)
                self.work.wake()

        if name not in self._running:
            self._running.add(name)
            group.start_soon(run)

    def expect_cancels(self) -> None:
        """Query the ledger for cancels at once."""
        self._cancels_at = -math.inf
        self.wake()

    async def _cancel(self, group: TaskGroup) -> None:
        """Carry out the cancels that were requested, here or by another process."""
        if anyio.current_time() < self._cancels_at:
            return
        self._cancels_at = anyio.current_time() + CANCEL_PAUSE
        for key in await self.work.ledger.cancels(self.work.name):
            if key not in self.jobs.open and key not in self.sends.busy:
                # It was sent by hand: `resolve` with a handle.
                await self.jobs.take_over([await self.work.ledger.entry(key)])
            self._start(group, f"cancel {key}", partial(self.jobs.cancel, key))

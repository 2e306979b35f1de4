"""The worker of one account: what is done in one step, and when the next one is due."""

from __future__ import annotations

import logging
import math
import os
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

import anyio
from anyio.abc import TaskGroup

from anyqpu.core.base import context_of
from anyqpu.core.client import Client
from anyqpu.errors import AnyQPUError, AuthenticationError, ClientStateError, ConfigError, PaymentRequiredError
from anyqpu.fleet.jobs import Jobs
from anyqpu.fleet.sends import Sends
from anyqpu.fleet.waits import Waits
from anyqpu.ledger.entry import Change, Entry, Lease, LeaseLostError, State
from anyqpu.ledger.ledger import Ledger

# Seconds for which the account is leased, between two renewals, and between two tries to lease it from another worker.
# After a crash on another machine it is taken over within the first, and twice the last.
LEASE_SECONDS, RENEW_SECONDS, LEASE_PAUSE = 4.0, 1.0, 0.25
# Seconds between two queries for cancels, and for jobs that were sent by hand: `resolve` with a handle.
CANCEL_PAUSE, RELOAD_PAUSE = 0.5, 30.0
# Seconds between two steps of a worker without work, after a wake, and at most where the ledger cannot be used.
IDLE_PAUSE, WAKE_PAUSE, LONGEST_PAUSE = 1.0, 0.01, 30.0
# Errors of the account rather than of one job: its entries stay planned until the cause is removed.
HALTING = (AuthenticationError, ClientStateError, ConfigError, PaymentRequiredError)

logger = logging.getLogger("anyqpu")


class Worker:
    """Sends the entries of one account and follows their jobs, while it has the account's lease.

    Attributes:
        limits: The most jobs in flight of each device; `""` for any other.
        settle: Seconds after which a key that cannot be found counts as never sent.
        lease: The right to send; None while this worker does not have it.
        problem: The error that stopped the work; None while it works.
    """

    def __init__(
        self, client: Client, ledger: Ledger, waits: Waits, *, account: str, limits: Mapping[str, int], settle: float
    ) -> None:
        self.client, self.ledger, self.account, self.limits, self.settle = client, ledger, account, limits, settle
        self.lease: Lease | None = None
        self.problem: AnyQPUError | None = None
        self.jobs = Jobs(self)
        self.sends = Sends(self)
        self._waits = waits
        self._owner = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._fence: int | None = None
        self._running: set[str] = set()
        self._cancels_at = self._reload_at = -math.inf
        self._has_more = self._is_closing = self._is_woken = False
        self._rest: anyio.CancelScope | None = None

    # What its parts call.

    def now(self) -> float:
        """Return the client's time, in seconds."""
        return context_of(self.client).clock.now()

    async def record(self, change: Change, lease: Lease | None = None) -> None:
        """Write a change of an entry to the ledger, by a lease that it began with or else the present one."""
        self._waits.update(await self.ledger.record(lease or self.current_lease(), change))

    def current_lease(self) -> Lease:
        """Return the lease; raise `LeaseLostError` without one."""
        if self.lease is None:
            raise LeaseLostError(f"the lease of the account {self.account} was lost")
        return self.lease

    def halt(self, error: AnyQPUError) -> bool:
        """Stop the work for an error that every job of the account would have; return whether it is one."""
        if isinstance(error, HALTING):
            self.problem = error
            self.sends.drop_waiting()
            self._waits.fail(self.account, error)
        return isinstance(error, HALTING)

    def wake(self, *, for_cancels: bool = False) -> None:
        """Make the next step soon, perhaps with a query for cancels."""
        self._is_woken = True
        if for_cancels:
            self._cancels_at = -math.inf
        if self._rest is not None:
            self._rest.cancel()

    # Lease

    async def keep_lease(self, watch: bool) -> None:
        """Renew the lease again and again, also while a step takes long.

        With `watch`, an engine gives the account to a worker after the last one has ended: watch its lease until then.
        """
        while True:
            await anyio.sleep(LEASE_PAUSE if watch and self.lease is None else RENEW_SECONDS)
            # Where the ledger cannot be reached, the lease ends by itself, and with it the sends.
            with suppress(AnyQPUError):
                if not await self.renew() and watch:
                    await self.ledger.watch(self.account)

    async def renew(self) -> bool:
        """Renew the lease, also one that has ended while nothing ran here, unless another worker has the account."""
        if (lease := self.lease) is None:
            return False
        renewed: Lease | None = None
        with suppress(LeaseLostError):
            renewed = await self.ledger.renew(lease, LEASE_SECONDS)
        if self.lease is lease:
            self.lease = renewed
        return renewed is not None

    async def _take(self) -> bool:
        """Return whether this worker has the lease, which it takes if it can."""
        if self.lease is not None and (self.lease.held() or await self.renew()):
            return True
        self.lease = lease = await self.ledger.take(self.account, self._owner, LEASE_SECONDS)
        if lease is None:
            return False
        try:
            if self._fence is None or lease.fence != self._fence + 1:
                # Others may have worked on the account.
                self.jobs.forget()
                self.sends.take_over(await self._entries("sending"))
                await self.jobs.take_over(await self._entries("sent"))
        except BaseException:
            self.lease = self._fence = None
            raise
        self._fence = lease.fence
        self._reload_at = anyio.current_time() + RELOAD_PAUSE
        return True

    async def release(self) -> None:
        """Give the lease back, between steps."""
        lease, self.lease = self.lease, None
        if lease is not None:
            with suppress(AnyQPUError):  # it ends by itself
                await self.ledger.release(lease)

    async def _entries(self, state: State) -> list[Entry]:
        entries: list[Entry] = []
        while page := await self.ledger.open_entries(self.account, state, after=entries[-1] if entries else None):
            entries += page
        return entries

    # Steps

    async def step(self, group: TaskGroup) -> float | None:
        """Begin what is due in a task group; return the seconds until the next step, None if nothing is left to do."""
        if self.problem is not None:
            return None
        try:
            if not await self._take():
                return LEASE_PAUSE
            if anyio.current_time() >= self._reload_at:
                self._reload_at = anyio.current_time() + RELOAD_PAUSE
                await self.jobs.take_over(await self._entries("sent"))
            await self._cancel(group)
            self._has_more = not self._is_closing and await self.sends.begin(group)
            if self.sends.next_search() <= self.now():
                self._start(group, "search", self.sends.search)
            if self.jobs.open and self.jobs.next_poll <= self.now():
                self._start(group, "poll", partial(self.jobs.poll, group))
        except LeaseLostError:
            self.lease = None
            return LEASE_PAUSE
        return self._delay()

    def _delay(self) -> float | None:
        if self._has_more:
            return 0.0
        now = self.now()
        times = [*self.sends.resting.values()]
        if "search" not in self._running:
            times.append(self.sends.next_search())
        if "poll" not in self._running and self.jobs.open:
            times.append(self.jobs.next_poll)
        if self._running or self.sends.busy or self.jobs.finishing:
            # The end of each wakes the worker.
            times.append(now + IDLE_PAUSE)
        due = min(times, default=math.inf)
        return None if due == math.inf else max(0.0, due - now)

    def _start(self, group: TaskGroup, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Start a task, unless the one of that name is running."""

        async def run() -> None:
            try:
                await call()
            except LeaseLostError:
                self.lease = None
            except AnyQPUError as error:
                # It is due again.
                logger.info("%s: %s failed (%s)", self.account, name.partition(" ")[0], type(error).__name__)
                self.halt(error)
            finally:
                self._running.discard(name)
                self.wake()

        if name not in self._running:
            self._running.add(name)
            group.start_soon(run)

    async def _cancel(self, group: TaskGroup) -> None:
        """Carry out the cancels that were requested, here or by another process."""
        if anyio.current_time() < self._cancels_at:
            return
        self._cancels_at = anyio.current_time() + CANCEL_PAUSE
        for key in await self.ledger.cancels(self.account):
            if key not in self.jobs.open and key not in self.sends.busy:
                # It was sent by hand.
                await self.jobs.take_over([await self.ledger.entry(key)])
            self._start(group, f"cancel {key}", partial(self.jobs.cancel, key))

    async def whole_step(self) -> float | None:
        """Make one step, and wait for what it began."""
        delay: float | None = None
        self._is_woken = False
        async with anyio.create_task_group() as group:
            delay = await self.step(group)
        if self.lease is None:
            return delay
        # What ended may have made place for more.
        return 0.0 if self._is_woken else self._delay()

    async def run(self, group: TaskGroup) -> None:
        """Make step after step."""
        failures = 0
        while True:
            try:
                delay = await self.step(group)
                failures = 0
            except AnyQPUError as error:
                logger.warning("%s: the ledger cannot be used now: %s", self.account, error)
                if not error.retryable and not self.halt(error):
                    self._waits.fail(self.account, error)
                failures += 1
                delay = min(0.5 * 2.0**failures, LONGEST_PAUSE)
            # Other processes plan and cancel too, in the machine's time.
            with anyio.move_on_after(IDLE_PAUSE) as self._rest:
                if delay is None and not self._is_woken:
                    await anyio.sleep_forever()
                elif delay and not self._is_woken:
                    await context_of(self.client).clock.sleep(delay)
            self._rest = None
            # Many wakes are one step.
            await anyio.sleep(WAKE_PAUSE)
            self._is_woken = False

    async def finish_sends(self) -> None:
        """Begin no more sends, and wait for those that have begun."""
        self._is_closing = True
        while self.sends.busy:
            self.sends.drop_waiting()
            await anyio.sleep(WAKE_PAUSE)

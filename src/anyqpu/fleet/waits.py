"""Waits of one fleet: its tickets, and the tasks that wait for their outcomes."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, Self
from weakref import WeakSet, WeakValueDictionary

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, WaitTimeoutError
from anyqpu.fleet.tickets import Ticket, TicketOwner

if TYPE_CHECKING:
    from anyqpu.ledger.entry import Entry, Outcome, State
    from anyqpu.ledger.ledger import Ledger
    from anyqpu.waiting import Clock

# Seconds between two queries for outcomes that other processes record, and for those that this one should report.
WATCH_PAUSE, CHECK_PAUSE = 0.5, 5.0
# Entries that are handled without a pause for other tasks.
AT_ONCE = 200


class Work(Protocol):
    """A worker of this process."""

    @property
    def is_leading(self) -> bool:
        """Whether it works on the account."""
        ...

    @property
    def problem(self) -> AnyQPUError | None:
        """The error that stopped it."""
        ...


class Waits:
    """The tickets that are in use, and the tasks that wait for them."""

    def __init__(self, ledger: Ledger, worker: Callable[[str], Work | None]) -> None:
        """`worker` returns the worker of this process for an account."""
        self._ledger = ledger
        self.worker = worker
        self._tickets: WeakValueDictionary[str, Ticket] = WeakValueDictionary()
        self.waiting: WeakSet[Completed] = WeakSet()
        self.begun = anyio.Event()

    async def tickets_of(self, fleet: TicketOwner, entries: Sequence[Entry]) -> list[Ticket]:
        """Return the tickets of entries: the same object for the same entry, while it is in use."""
        tickets: list[Ticket] = []
        for number, entry in enumerate(entries, 1):
            ticket = self._tickets.get(entry.key)
            if ticket is None:
                ticket = self._tickets[entry.key] = Ticket(fleet, entry)
            else:
                ticket.update(entry.state, entry.outcome)
            tickets.append(ticket)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        return tickets

    def update(self, key: str, state: State, outcome: Outcome | None) -> None:
        """Note the new state of an entry, and wake the tasks that wait for it."""
        if (ticket := self._tickets.get(key)) is not None:
            ticket.update(state, outcome)
            if ticket.outcome is not None:
                for completed in ticket.waiting:
                    completed.put(ticket)
                ticket.waiting.clear()

    def fail(self, account: str, error: AnyQPUError) -> None:
        """End the waits for entries of an account, on which no more work is done."""
        for completed in self.waiting:
            if any(ticket.account == account for ticket in completed.open.values()):
                completed.fail(error)

    async def query(self, keys: Sequence[str]) -> None:
        """Query the ledger for those of some entries that have an outcome."""
        for number, entry in enumerate(await self._ledger.ended(keys) if keys else (), 1):
            self.update(entry.key, entry.state, entry.outcome)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()

    async def watch(self) -> None:
        """Query the ledger for the outcomes that tasks wait for and that this process does not record itself."""
        next_check = anyio.current_time() + CHECK_PAUSE
        while True:
            if not self.waiting:
                self.begun = anyio.Event()
                await self.begun.wait()
            await anyio.sleep(WATCH_PAUSE)
            if checks_all := anyio.current_time() >= next_check:
                next_check = anyio.current_time() + CHECK_PAUSE
            open = {key: ticket.account for completed in self.waiting for key, ticket in completed.open.items()}
            own = {account: self._is_own(account) for account in set(open.values())}
            try:
                await self.query([key for key, account in open.items() if checks_all or not own[account]])
            except AnyQPUError as error:
                if not error.retryable:
                    for account in own:
                        self.fail(account, error)

    def _is_own(self, account: str) -> bool:
        worker = self.worker(account)
        return worker is not None and worker.is_leading


class Completed(AsyncIterator[Ticket]):
    """Tickets as they get their outcomes. Not an async generator: one that is left early needs no closing.

    Attributes:
        open: Those without an outcome, by their key.
    """

    def __init__(
        self, waits: Waits, tickets: Iterable[Ticket] | Awaitable[list[Ticket]], timeout: float | None, clock: Clock
    ) -> None:
        self._waits = waits
        self._tickets = tickets
        self._timeout = timeout
        self._clock = clock
        self._end = float("inf") if timeout is None else clock.now() + timeout
        self._ready: deque[Ticket] = deque()
        self._event = anyio.Event()
        self._error: AnyQPUError | None = None
        self._is_begun = False
        self.open: dict[str, Ticket] = {}

    def put(self, ticket: Ticket) -> None:
        """Note that a ticket has an outcome."""
        if self.open.pop(ticket.key, None) is not None:
            self._ready.append(ticket)
            self._event.set()

    def fail(self, error: AnyQPUError) -> None:
        """End the wait with an error."""
        self._error = error
        self._event.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Ticket:
        if not self._is_begun:
            await self._begin()
        while not self._ready:
            if not self.open:
                self._waits.waiting.discard(self)
                raise StopAsyncIteration
            if self._error is not None:
                raise self._error
            self._event = anyio.Event()
            try:
                left = None if self._timeout is None else max(0.0, self._end - self._clock.now())
                with self._clock.limit(left):
                    await self._event.wait()
            except TimeoutError:
                raise WaitTimeoutError(
                    f"{len(self.open)} tickets have no outcome after {self._timeout:g} s",
                    hint="They are in the ledger: wait for them again",
                ) from None
        await anyio.lowlevel.checkpoint()
        return self._ready.popleft()

    async def _begin(self) -> None:
        self._is_begun = True
        tickets = await self._tickets if isinstance(self._tickets, Awaitable) else self._tickets
        for number, ticket in enumerate(dict.fromkeys(tickets), 1):
            if ticket.outcome is not None:
                self._ready.append(ticket)
            else:
                self.open[ticket.key] = ticket
                ticket.waiting.append(self)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        for account in {ticket.account for ticket in self.open.values()}:
            if (worker := self._waits.worker(account)) is not None and worker.problem is not None:
                self.fail(worker.problem)
        self._waits.waiting.add(self)
        self._waits.begun.set()

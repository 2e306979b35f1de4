"""Waits of one fleet: tickets, and the tasks that wait for their outcomes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, WaitTimeoutError
from anyqpu.fleet.tickets import Ticket, TicketOwner, Waiter
from anyqpu.ledger.entry import Outcome, State

if TYPE_CHECKING:
    from anyqpu.ledger.entry import Entry
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
        self._worker = worker
        self._tickets: WeakValueDictionary[str, Ticket] = WeakValueDictionary()
        self._waiters: dict[str, list[tuple[Ticket, Waiter]]] = {}
        self._begun = anyio.Event()

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
                for _, waiter in self._waiters.pop(key, ()):
                    waiter.put(ticket)

    def fail(self, account: str, error: AnyQPUError) -> None:
        """End the waits for entries of an account, on which no more work is done."""
        for waiting in list(self._waiters.values()):
            for ticket, waiter in waiting:
                if ticket.account == account:
                    waiter.fail(error)

    async def as_completed(
        self, tickets: Sequence[Ticket], timeout: float | None, clock: Clock
    ) -> AsyncIterator[Ticket]:
        """Iterate over tickets as they get their outcomes."""
        waiter = Waiter()
        open = {ticket.key: ticket for ticket in tickets if ticket.outcome is None}
        end = None if timeout is None else clock.now() + timeout
        try:
            for number, (key, ticket) in enumerate(open.items(), 1):
                self._waiters.setdefault(key, []).append((ticket, waiter))
                if (worker := self._worker(ticket.account)) is not None and worker.problem is not None:
                    waiter.fail(worker.problem)
                if not number % AT_ONCE:
                    await anyio.lowlevel.checkpoint()
            self._begun.set()
            for ticket in dict.fromkeys(tickets):
                if ticket.key not in open:
                    yield ticket
            left = len(open)
            while left:
                try:
                    with clock.limit(None if end is None else max(0.0, end - clock.now())):
                        await waiter.wait()
                except TimeoutError:
                    raise WaitTimeoutError(
                        f"{left} of {len(tickets)} tickets have no outcome after {timeout:g} s",
                        hint="They are in the ledger: wait for them again",
                    ) from None
                while waiter.ready:
                    left -= 1
                    yield waiter.ready.popleft()
                    await anyio.lowlevel.checkpoint()
        finally:
            for key in open:
                if (waiting := self._waiters.get(key)) is not None:
                    waiting[:] = [entry for entry in waiting if entry[1] is not waiter]
                    if not waiting:
                        del self._waiters[key]

    async def query(self, keys: Sequence[str]) -> None:
        """Query the ledger for those of some entries that have an outcome."""
        for entry in await self._ledger.ended(keys) if keys else ():
            self.update(entry.key, entry.state, entry.outcome)

    async def watch(self) -> None:
        """Query the ledger for the outcomes that tasks wait for and that this process does not record itself."""
        next_check = anyio.current_time() + CHECK_PAUSE
        while True:
            if not self._waiters:
                self._begun = anyio.Event()
                await self._begun.wait()
            await anyio.sleep(WATCH_PAUSE)
            checks_all = anyio.current_time() >= next_check
            if checks_all:
                next_check = anyio.current_time() + CHECK_PAUSE
            keys = [key for key, waiting in self._waiters.items() if checks_all or not self._is_own(waiting[0][0])]
            try:
                await self.query(keys)
            except AnyQPUError as error:
                if not error.retryable:
                    for account in {waiting[0][0].account for waiting in self._waiters.values()}:
                        self.fail(account, error)

    def _is_own(self, ticket: Ticket) -> bool:
        worker = self._worker(ticket.account)
        return worker is not None and worker.is_leading

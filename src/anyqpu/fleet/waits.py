"""Waits of one fleet: its tickets, and the tasks that wait for their outcomes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Self
from weakref import WeakSet, WeakValueDictionary

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, WaitTimeoutError
from anyqpu.fleet.tickets import Ticket

if TYPE_CHECKING:
    from anyqpu.fleet.fleet import Fleet
    from anyqpu.fleet.worker import Worker
    from anyqpu.ledger.entry import Change, Entry
    from anyqpu.ledger.ledger import Ledger
    from anyqpu.waiting import Clock

# Seconds between two queries for outcomes that other processes record, and for those that this one should report.
WATCH_PAUSE, CHECK_PAUSE = 0.5, 5.0
# Entries that are handled without a pause for other tasks.
AT_ONCE = 200


class Waits:
    """The tickets that are in use, and the tasks that wait for them."""

    def __init__(self, ledger: Ledger, workers: Mapping[str, Worker]) -> None:
        self._ledger = ledger
        self.workers = workers
        self._tickets: WeakValueDictionary[str, Ticket] = WeakValueDictionary()
        self.waiting: WeakSet[Completed] = WeakSet()
        self.begun = anyio.Event()

    async def tickets_of(self, fleet: Fleet, entries: Sequence[Entry]) -> list[Ticket]:
        """Return the tickets of entries: the same object for the same entry, while it is in use."""
        tickets: list[Ticket] = []
        for number, entry in enumerate(entries, 1):
            self.update(entry)
            ticket = self._tickets.get(entry.key) or Ticket(fleet, entry)
            self._tickets[entry.key] = ticket
            tickets.append(ticket)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        return tickets

    def update(self, entry: Entry | Change) -> None:
        """Note the new state of an entry."""
        if (ticket := self._tickets.get(entry.key)) is not None:
            ticket.update(entry)

    def progress(self) -> dict[str, str]:
        """Return how many of the tickets in use are in each state, or ended in each way, by device."""
        counts: dict[str, Counter[str]] = {}
        for ticket in list(self._tickets.values()):
            state = ticket.state if ticket.outcome is None else ticket.outcome.kind
            counts.setdefault(f"{ticket.account}:{ticket.device}", Counter())[state] += 1
        return {
            name: ", ".join(f"{n} {state}" for state, n in sorted(states.items())) for name, states in counts.items()
        }

    def fail(self, account: str, error: AnyQPUError) -> None:
        """End the waits for entries of an account, on which no more work is done."""
        for completed in self.waiting:
            if any(ticket.account == account for ticket in completed.open.values()):
                completed.fail(error)

    async def query(self, keys: Sequence[str]) -> None:
        """Query the ledger for those of some entries that have an outcome."""
        for number, entry in enumerate(await self._ledger.ended(keys) if keys else (), 1):
            self.update(entry)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()

    async def watch(self) -> None:
        """Query the ledger for the outcomes that tasks wait for and that this process does not record itself."""
        while True:
            if not self.waiting:
                self.begun = anyio.Event()
                await self.begun.wait()
            own = {name for name, worker in self.workers.items() if worker.lease is not None}
            accounts = {ticket.account for completed in self.waiting for ticket in completed.open.values()}
            await anyio.sleep(CHECK_PAUSE if accounts <= own else WATCH_PAUSE)
            try:
                await self.query([*{key for completed in self.waiting for key in completed.open}])
            except AnyQPUError as error:
                for account in set[str]() if error.retryable else accounts:
                    self.fail(account, error)


class Completed(AsyncIterator[Ticket]):
    """Tickets as they get their outcomes. Not an async generator: one that is left early needs no closing.

    Attributes:
        open: Those without an outcome, by their key.
    """

    def __init__(
        self,
        waits: Waits,
        tickets: Iterable[Ticket] | Awaitable[list[Ticket]],
        timeout: float | None,
        clock: Clock,
        *,
        together: bool = False,
    ) -> None:
        """With `together`, the first is there when all are: for a task that need not wake for each."""
        self._waits = waits
        self._together = together
        self._tickets: Iterable[Ticket] | Awaitable[list[Ticket]] | None = tickets
        self._timeout = timeout
        self._clock = clock
        self._end = float("inf") if timeout is None else clock.now() + timeout
        self._ready: deque[Ticket] = deque()
        self._event = anyio.Event()
        self._error: AnyQPUError | None = None
        self.open: dict[str, Ticket] = {}

    def put(self, ticket: Ticket) -> None:
        """Note that a ticket has an outcome."""
        del self.open[ticket.key]
        self._ready.append(ticket)
        if not (self._together and self.open):
            self._event.set()

    def fail(self, error: AnyQPUError) -> None:
        """End the wait with an error."""
        self._error = error
        self._event.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Ticket:
        if self._tickets is not None:
            await self._begin(self._tickets)
        while not self._ready or (self._together and self.open):
            if not self.open:
                self._waits.waiting.discard(self)
                raise StopAsyncIteration
            if self._error is not None:
                raise self._error
            self._event = anyio.Event()
            try:
                with self._clock.limit(None if self._timeout is None else max(0.0, self._end - self._clock.now())):
                    await self._event.wait()
            except TimeoutError:
                problem = f"{len(self.open)} tickets have no outcome after {self._timeout:g} s"
                raise WaitTimeoutError(problem, hint="They are in the ledger: wait for them again") from None
        if not len(self._ready) % AT_ONCE:
            await anyio.lowlevel.checkpoint()
        return self._ready.popleft()

    async def _begin(self, source: Iterable[Ticket] | Awaitable[list[Ticket]]) -> None:
        self._tickets = None
        tickets = await source if isinstance(source, Awaitable) else source
        wait = (self,)  # one for all tickets
        for number, ticket in enumerate(dict.fromkeys(tickets), 1):
            if ticket.outcome is not None:
                self._ready.append(ticket)
            else:
                self.open[ticket.key] = ticket
                ticket.notify(wait)
                if (worker := self._waits.workers.get(ticket.account)) is not None:
                    self._error = worker.problem or self._error
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        self._waits.waiting.add(self)
        self._waits.begun.set()

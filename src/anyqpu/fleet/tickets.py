"""Tickets: what a fleet returns for each program, to wait for its outcome."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import anyio

from anyqpu.errors import AnyQPUError
from anyqpu.ledger.entry import Entry, Outcome, State
from anyqpu.model.pictured import HtmlRepr, ShortRepr

if TYPE_CHECKING:
    from anyqpu.model.result import Result


class TicketOwner(Protocol):
    """The fleet's methods that a ticket calls."""

    async def wait_for(self, ticket: Ticket, timeout: float | None) -> Outcome:
        """Return the outcome of a ticket, once it has one."""
        ...

    async def result_of(self, ticket: Ticket, timeout: float | None) -> Result:
        """Return the result of a ticket's job."""
        ...

    async def cancel(self, tickets: Iterable[Ticket]) -> None:
        """Request the cancellation of tickets."""
        ...


class Ticket(HtmlRepr, ShortRepr):
    """A job of a fleet: planned, sent, or over.

    Attributes:
        id: Its name within the run: its place, unless you gave another.
        key: The idempotency key of its submit, by which the ledger has it too.
        run: The run that it belongs to.
        account: The account that it is sent with, which has the provider's name.
        device: The identifier of its device.
        state: Its last known state: `planned`, `sending`, `sent`, `unknown` or `over`.
        outcome: How it ended; None while it is open. Of the kind `unknown` where only you can say whether it was sent:
            see `fleet.ledger.resolve`.
    """

    __slots__ = ("__weakref__", "_fleet", "account", "device", "id", "key", "outcome", "place", "run", "state")
    _repr_names = ("id", "state", "outcome", "device", "run", "key")

    def __init__(self, fleet: TicketOwner, entry: Entry) -> None:
        self._fleet = fleet
        self.id, self.key, self.run, self.place = entry.id, entry.key, entry.run, entry.place
        self.account, self.device = entry.account, entry.device
        self.state: State = entry.state
        self.outcome: Outcome | None = None
        self.update(entry.state, entry.outcome)

    def update(self, state: State, outcome: Outcome | None) -> None:
        """Note a new state."""
        self.state = state
        self.outcome = Outcome("unknown") if state == "unknown" else outcome

    async def wait(self, *, timeout: float | None = None) -> Outcome:
        """Return the outcome, once there is one; a failure is an outcome, and not raised.

        Raises:
            WaitTimeoutError: There is none within `timeout` seconds; the job is still in the ledger.
        """
        return await self._fleet.wait_for(self, timeout)

    async def result(self, *, timeout: float | None = None) -> Result:
        """Return the result of the job, once it has ended; raises what `job.result()` raises."""
        return await self._fleet.result_of(self, timeout)

    async def cancel(self) -> None:
        """Request cancellation: a job that was not sent is not sent any more, one that was sent gets one cancel."""
        await self._fleet.cancel([self])


class Tickets:
    """The tickets of a run, as the ledger has them: await it for a list, or iterate over it with `async for`."""

    def __init__(self, pages: AsyncIterator[Sequence[Ticket]]) -> None:
        self._pages = pages

    def __await__(self) -> Generator[Any, None, list[Ticket]]:
        return self._all().__await__()

    async def _all(self) -> list[Ticket]:
        return [ticket async for ticket in self]

    async def __aiter__(self) -> AsyncIterator[Ticket]:
        async for page in self._pages:
            for ticket in page:
                yield ticket


class Waiter:
    """One wait for some tickets: those that have an outcome, in the order in which they got it."""

    __slots__ = ("_error", "_event", "ready")

    def __init__(self) -> None:
        self.ready: deque[Ticket] = deque()
        self._event = anyio.Event()
        self._error: AnyQPUError | None = None

    def put(self, ticket: Ticket) -> None:
        """Add a ticket that has an outcome."""
        self.ready.append(ticket)
        self._event.set()

    def fail(self, error: AnyQPUError) -> None:
        """End the wait with an error."""
        self._error = error
        self._event.set()

    async def wait(self) -> None:
        """Wait until a ticket is ready; raise the error that ended the wait."""
        while not self.ready:
            if self._error is not None:
                raise self._error
            self._event = anyio.Event()
            await self._event.wait()

"""Tickets: what a fleet returns for each program, to wait for its outcome."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine, Generator, Iterable
from typing import TYPE_CHECKING, Any, Protocol, Self

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

    __slots__ = (
        *("__weakref__", "_fleet", "account", "device", "id", "key", "outcome", "place", "run", "state", "waiting"),
    )
    _repr_names = ("id", "state", "outcome", "device", "run", "key")

    def __init__(self, fleet: TicketOwner, entry: Entry) -> None:
        self._fleet = fleet
        self.id, self.key, self.run, self.place = entry.id, entry.key, entry.run, entry.place
        self.account, self.device = entry.account, entry.device
        self.state: State = entry.state
        self.outcome: Outcome | None = None
        self.waiting: list[Any] = []
        self.update(entry.state, entry.outcome)

    def update(self, state: State, outcome: Outcome | None) -> None:
        """Note a new state."""
        self.state = state
        self.outcome = Outcome("unknown") if state == "unknown" else outcome

    async def wait(self, *, timeout: float | None = None) -> Outcome:
        """Return the outcome, once it has one; a failure is an outcome, and not raised.

        Raises:
            WaitTimeoutError: It has no outcome within `timeout` seconds; the job is still in the ledger.
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

    def __init__(self, load: Callable[[], Coroutine[Any, Any, list[Ticket]]]) -> None:
        self._load = load
        self._left: deque[Ticket] | None = None

    def __await__(self) -> Generator[Any, None, list[Ticket]]:
        return self._load().__await__()

    # Not an async generator, which would have to be closed by hand when it is left early on trio.

    def __aiter__(self) -> Self:
        self._left = None
        return self

    async def __anext__(self) -> Ticket:
        if self._left is None:
            self._left = deque(await self)
        if not self._left:
            raise StopAsyncIteration
        return self._left.popleft()

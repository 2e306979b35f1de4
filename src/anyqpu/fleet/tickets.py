"""Tickets: what a fleet returns for each program, to wait for its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu.ledger.entry import Change, Entry, Outcome, State
from anyqpu.model.pictured import ShortRepr, pictures

if TYPE_CHECKING:
    from anyqpu.fleet.fleet import Fleet
    from anyqpu.fleet.waits import Completed
    from anyqpu.model.result import Result


class Ticket(ShortRepr):
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

    _names = ("id", "key", "run", "account", "device", "state", "outcome")
    __slots__ = ("__weakref__", "_fleet", "_waiting", *_names)
    _repr_names = ("id", "state", "outcome", "device", "run", "key")

    def __init__(self, fleet: Fleet, entry: Entry) -> None:
        self._fleet = fleet
        self._waiting: tuple[Completed, ...] = ()
        self.id, self.key, self.run = entry.id, entry.key, entry.run
        self.account, self.device = entry.account, entry.device
        self.state: State = entry.state
        self.outcome: Outcome | None = None
        self.update(entry)

    def update(self, entry: Entry | Change) -> None:
        """Note a new state, and wake the tasks that wait for the outcome."""
        self.state, self.outcome = entry.state, Outcome("unknown") if entry.state == "unknown" else entry.outcome
        if self.outcome is not None:
            waiting, self._waiting = self._waiting, ()
            for completed in waiting:
                completed.put(self)

    def notify(self, waits: tuple[Completed, ...]) -> None:
        """Notify waits of the outcome."""
        self._waiting += waits

    async def wait(self, *, timeout: float | None = None) -> Outcome:
        """Return the outcome, once it has one; a failure is an outcome, and not raised.

        Raises:
            WaitTimeoutError: It has no outcome within `timeout` seconds; the job is still in the ledger.
        """
        return (await self._fleet.gather([self], timeout=timeout))[0]

    async def result(self, *, timeout: float | None = None) -> Result:
        """Return the result of the job, once it has ended; raises what `job.result()` raises."""
        return await self._fleet.result_of(self, timeout)

    async def cancel(self) -> None:
        """Request cancellation: a job that was not sent is not sent any more, one that was sent gets one cancel."""
        await self._fleet.cancel([self])

    def _repr_html_(self) -> str:
        kind = None if self.outcome is None else self.outcome.kind
        facts = {"run": self.run, "device": f"{self.account}:{self.device}", "key": self.key}
        html: str = pictures().html_card("ticket", self.id, kind or self.state, facts)
        return html

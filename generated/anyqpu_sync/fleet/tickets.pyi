"""Types of the blocking classes of `anyqpu.fleet.tickets`. Written by scripts/sync."""

from anyqpu_sync.fleet.waits import Completed

from anyqpu.ledger.entry import Change, Entry, Outcome, State
from anyqpu.model.pictured import ShortRepr
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
    def update(self, entry: Entry | Change) -> None:
        """Note a new state, and wake the tasks that wait for the outcome."""
        ...
    def notify(self, waits: tuple[Completed, ...]) -> None:
        """Notify waits of the outcome."""
        ...
    def wait(self, *, timeout: float | None = None) -> Outcome:
        """Return the outcome, once it has one; a failure is an outcome, and not raised.

        Raises:
            WaitTimeoutError: It has no outcome within `timeout` seconds; the job is still in the ledger.
        """
        ...
    def result(self, *, timeout: float | None = None) -> Result:
        """Return the result of the job, once it has ended; raises what `job.result()` raises."""
        ...
    def cancel(self) -> None:
        """Request cancellation: a job that was not sent is not sent any more, one that was sent gets one cancel."""
        ...
    state: State
    outcome: Outcome | None

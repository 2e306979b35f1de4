"""Types of the blocking classes of `anyqpu.fleet.waits`. Written by scripts/sync."""

from collections.abc import AsyncIterator
from typing import Self

from anyqpu_sync.fleet.tickets import Ticket

from anyqpu.errors import AnyQPUError

class Completed(AsyncIterator[Ticket]):
    """Tickets as they get their outcomes. Not an async generator: one that is left early needs no closing.

    Attributes:
        open: Those without an outcome, by their key.
    """
    def put(self, ticket: Ticket) -> None:
        """Note that a ticket has an outcome."""
        ...
    def fail(self, error: AnyQPUError) -> None:
        """End the wait with an error."""
        ...
    def __iter__(self) -> Self: ...
    def __next__(self) -> Ticket: ...
    open: dict[str, Ticket]

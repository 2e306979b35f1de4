"""The work for one account: its lease, and what its parts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyqpu.core.client import Client
from anyqpu.errors import (
    AnyQPUError,
    AuthenticationError,
    ClientStateError,
    ConfigError,
    PaymentRequiredError,
)
from anyqpu.fleet.waits import Waits
from anyqpu.ledger.entry import Change, Lease, LeaseLostError
from anyqpu.ledger.ledger import Ledger

# Errors of the account rather than of one job: its entries stay planned until the cause is removed.
HALTING = (AuthenticationError, ClientStateError, ConfigError, PaymentRequiredError)


@dataclass(eq=False, slots=True, kw_only=True)
class AccountWork:
    """What the parts of the work for one account share.

    Attributes:
        name: The account's name in the ledger.
        client: The client that sends its jobs.
        ledger: Where its entries are.
        limits: The most jobs in flight of each device; `""` for any other.
        settle: Seconds after which a key that cannot be found counts as never sent.
        waits: The tasks that wait for entries.
        wake: Called when there may be more to do.
        lease: The right to send; None while this worker does not have it.
        problem: The error that stopped the work; None while it works.
    """

    name: str
    client: Client
    ledger: Ledger
    limits: Mapping[str, int]
    settle: float
    waits: Waits
    wake: Callable[[], None] = lambda: None
    lease: Lease | None = None
    problem: AnyQPUError | None = None

    def now(self) -> float:
        """Return the client's time, in seconds."""
        return self.client.context.clock.now()

    def current_lease(self) -> Lease:
        """Return the lease; raise `LeaseLostError` without one."""
        if self.lease is None:
            raise LeaseLostError(f"the lease of the account {self.name} was lost")
        return self.lease

    async def record(self, change: Change, lease: Lease | None = None) -> None:
        """Write a change of an entry to the ledger, by a lease that it began with or else the present one."""
        entry = await self.ledger.record(lease or self.current_lease(), change)
        self.waits.update(entry.key, entry.state, entry.outcome)

    def halt(self, error: AnyQPUError) -> None:
        """Stop the work, because of an error that every job of the account would have."""
        self.problem = error
        self.waits.fail(self.name, error)

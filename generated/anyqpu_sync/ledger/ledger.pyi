"""Types of the blocking classes of `anyqpu.ledger.ledger`. Written by scripts/sync."""

from collections.abc import Collection, Mapping, Sequence
from os import PathLike
from typing import Literal, Self

from anyqpu.ledger.database import Database
from anyqpu.ledger.entry import Account, Change, Count, Entry, Lease, Planned, State
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.program import Program

class Ledger:
    """The jobs of a fleet: what is to be sent, what was sent, and how it ended.

    It is kept in memory, in a file of SQLite, or by a PostgreSQL server. All methods are safe to call at the same time;
    writes that arrive together are committed together, on a thread of the ledger's own.
    """
    @classmethod
    def open(cls, where: str | PathLike[str] | None = None, *, work: bool = True) -> Ledger:
        """Open a ledger, or create it.

        Args:
            where: The path of a file, or the URL of a PostgreSQL database, `postgresql://...`; None keeps the ledger in
                memory.
            work: Whether this process is to send the jobs. One process at a time may have a file for it.

        Raises:
            ConflictError: Another process has the file; the message has its number.
            LedgerError: The file or database cannot be used, is not a ledger, or is of a later version.
            ConfigError: The URL is not valid, or the extra `fleet` is missing.
        """
        ...
    def close(self) -> None:
        """Finish the writes that have begun, and close the ledger."""
        ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def entries(self, *, state: State | None = None, run: str | None = None) -> list[Entry]:
        """Return all entries, or those in a state or of a run; by run, in the order of their places."""
        ...
    def entry(self, key: str) -> Entry:
        """Return an entry; raises `NotFoundError` for an unknown key."""
        ...
    def resolve(self, key: str, how: Literal["resend", "abandon"] | JobHandle | str) -> Entry:
        """Decide about an entry of which it is unknown whether it was sent.

        Args:
            key: The key of the entry.
            how: `"resend"` sends it (again), with the same key; `"abandon"` ends it with the outcome `unknown`; a job's
                handle says that it was sent as this job.

        Raises:
            NotFoundError: The ledger does not have the key.
            ConflictError: The entry is in another state than `unknown`.
            ValidationError: The handle is not valid, or of another provider.
        """
        ...
    def summary(self, *, run: str | None = None) -> list[Count]:
        """Return the number of entries, and the money held and spent, by run, device, state, outcome and currency."""
        ...
    def enrol(self, database: Database, account: Account) -> None:
        """Add an account; raises `ConfigError` if the ledger has another one by this name."""
        ...
    def accounts(self) -> list[Account]:
        """Return the accounts of the ledger, by name."""
        ...
    def plan(self, run: str, jobs: Sequence[Planned], *, budget: Money | None = None) -> list[Entry]:
        """Write jobs that are to be sent, and return their entries, in order.

        A job that the run has already, by its id and with the same content, is that entry. The jobs of a run with a
        budget are written in one transaction, together with the reservation of their prices.

        Raises:
            ConflictError: The run has one of the ids with other content, or the ledger one of the keys.
            BudgetExceededError: The prices are above what is left of the budget, or unknown; nothing was written.
            ValidationError: The budget or a price is in another currency, or a job cannot be kept in the ledger.
        """
        ...
    def ended(self, keys: Sequence[str]) -> list[Entry]:
        """Return those of the entries with these keys that are `over` or `unknown`."""
        ...
    def by_ids(self, run: str, ids: Sequence[str]) -> list[Entry]:
        """Return the entries of a run with these identifiers."""
        ...
    def program(self, sha: str) -> Program:
        """Return the program with a digest; raises `NotFoundError` for an unknown one."""
        ...
    def ask_cancel(self, database: Database, keys: Sequence[str]) -> None:
        """Cancel entries: those that were not sent end at once, and `cancels` has the others."""
        ...
    def cancels(self, account: str) -> list[str]:
        """Return the keys of the entries that were sent, whose cancellation was requested, and not sent yet."""
        ...
    def cancel_sent(self, database: Database, lease: Lease, keys: Sequence[str]) -> None:
        """Note that the provider was asked to cancel entries, so that `cancels` does not have them again."""
        ...
    def open_entries(self, account: str, state: State, *, after: Entry | None = None, most: int = 500) -> list[Entry]:
        """Return a page of an account's entries in a state, in the order of their places, after an entry."""
        ...
    def take(self, database: Database, account: str, owner: str, seconds: float) -> Lease | None:
        """Return the lease of an account, or None while another worker has it.

        It is free once it was released, its process has ended on this machine, or its holder has not renewed it for its
        length, as seen by this process: clocks of different machines are never compared.
        """
        ...
    def watch(self, database: Database, account: str) -> None:
        """Note that the lease of another worker was renewed: the time until `take` returns it begins again."""
        ...
    def renew(self, database: Database, lease: Lease, seconds: float) -> Lease:
        """Return the lease with a later end; raises `LeaseLostError` if another worker has the account."""
        ...
    def release(self, database: Database, lease: Lease) -> None:
        """Give the account back; without effect if another worker has it."""
        ...
    def begin(self, lease: Lease, limits: Mapping[str, int], most: int, *, busy: Collection[str] = ()) -> list[Entry]:
        """Return planned entries that can be sent now, at most so many, in the order of their places.

        A device's limit is for those that are being sent, were sent, or are in `busy`: keys that an earlier call
        returned, and that are not being sent yet. `""` is the limit of devices without one.
        """
        ...
    def sending(self, lease: Lease, key: str) -> None:
        """Note that an entry is about to be sent: it is durable when this returns.

        Raises:
            LeaseLostError: Another worker has the account, or the lease has ended; the entry must not be sent.
            ConflictError: The entry is not planned, or its cancellation was requested; it must not be sent.
        """
        ...
    def record(self, database: Database, lease: Lease, change: Change) -> Change:
        """Change the state of an entry; return the change that was made, with the handle in its outcome.

        An entry that was being sent, becomes planned again, and was to be cancelled, is over instead.

        Raises:
            LeaseLostError: Another worker has the account; nothing was written.
            ConflictError: The state of the entry does not allow it.
        """
        ...

"""The ledger of a fleet."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, Self, TypeVar

from anyqpu.errors import ClientStateError, ConfigError, ConflictError, Hint, NotFoundError, ValidationError
from anyqpu.ledger.database import Database, Worker
from anyqpu.ledger.entry import FREE, Account, Change, Count, Entry, Lease, Outcome, Planned, State, boottime
from anyqpu.ledger.planning import AT_ONCE, Intent, intent_of, plan
from anyqpu.ledger.processes import has_ended, this_process
from anyqpu.ledger.rows import CANCEL_SENT, COLUMNS, advance, amount, check_fence, entry, entry_of, move
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.program import Program, ProgramFormat

T = TypeVar("T")
P = ParamSpec("P")
# Entries that are read at once.
PAGE = 2000
# The devices on which an account has open entries: each is one step in the index.
_DEVICES = """
WITH RECURSIVE d(device) AS (
    SELECT (SELECT min(device) FROM entry WHERE account = ? AND state <> 'over')
    UNION ALL
    SELECT (SELECT min(device) FROM entry WHERE account = ? AND state <> 'over' AND device > d.device)
    FROM d WHERE d.device IS NOT NULL
) SELECT device FROM d WHERE device IS NOT NULL
"""
_IS_OPEN = "account = ? AND device = ? AND state IN ('sending', 'sent') AND state <> 'over'"
_IS_DUE = "account = ? AND device = ? AND state = 'planned' AND state <> 'over' AND coalesce(not_before, 0) <= ?"


def _transaction(
    method: Callable[Concatenate[Ledger, Database, P], T],
) -> Callable[Concatenate[Ledger, P], Coroutine[Any, Any, T]]:
    """Run a method in a transaction, on the ledger's thread; it may run more than once."""

    @wraps(method)
    def call(self: Ledger, /, *arguments: P.args, **options: P.kwargs) -> Coroutine[Any, Any, T]:
        return self.call(lambda database: method(self, database, *arguments, **options))

    return call


class Ledger:
    """The jobs of a fleet: what is to be sent, what was sent, and how it ended.

    It is kept in memory, in a file of SQLite, or by a PostgreSQL server. All methods are safe to call at the same time;
    writes that arrive together are committed together, on a thread of the ledger's own.
    """

    def __init__(self, worker: Worker, *, work: bool) -> None:
        """Use `Ledger.open`."""
        self._worker = worker
        self.call = worker.call
        self._work = work
        # The fence and end of the leases that others have, and when this process first saw them so.
        self._leases: dict[str, tuple[int, float, float]] = {}

    @classmethod
    async def open(cls, where: str | os.PathLike[str] | None = None, *, work: bool = True) -> Ledger:
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
        # A URL may have a password, which the frames of an error would show.
        places, where = [None if where is None else os.fspath(where)], None
        ledger = cls(_worker(places, work), work=work)
        await ledger._worker.start()
        return ledger

    async def aclose(self) -> None:
        """Finish the writes that have begun, and close the ledger."""
        await self._worker.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return await self.call(lambda database: database.rows(sql, values), write=False)

    async def _entries(self, where: str, *values: Any) -> list[Entry]:
        sql = f"SELECT {COLUMNS} FROM entry WHERE {where}"  # noqa: S608
        return await self.call(lambda database: [entry_of(row) for row in database.rows(sql, values)], write=False)

    async def entries(self, *, state: State | None = None, run: str | None = None) -> list[Entry]:
        """Return all entries, or those in a state or of a run; by run, in the order of their places."""
        conditions = {"state = ?": state, "run = ?": run}
        wheres = [sql for sql, value in conditions.items() if value is not None]
        values = [value for value in conditions.values() if value is not None]
        # Pages in the order of an index, which is not that of their places.
        column = "key" if run is None else "id"
        where = " AND ".join([*wheres, f"{column} > ?"]) + f" ORDER BY {column} LIMIT {PAGE}"
        entries = page = await self._entries(where, *values, "")
        while len(page) == PAGE:
            page = await self._entries(where, *values, getattr(page[-1], column))
            entries = entries + page
        return sorted(entries, key=lambda entry: (entry.run, entry.place, entry.key))

    async def entry(self, key: str) -> Entry:
        """Return an entry; raises `NotFoundError` for an unknown key."""
        return await self.call(lambda database: entry(database, key), write=False)

    async def resolve(self, key: str, how: Literal["resend", "abandon"] | JobHandle | str) -> Entry:
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
        handle = how if isinstance(how, JobHandle) else None
        if handle is None and how not in {"resend", "abandon"}:
            handle = JobHandle.parse(str(how))
        decisions = {"resend": Change(key, "planned"), "abandon": Change(key, "over", outcome=Outcome("unknown"))}
        change = Change(key, "sent", handle=str(handle)) if handle else decisions[str(how)]

        def act(database: Database) -> Entry:
            old = entry(database, key, lock=True)
            [(provider,)] = database.rows("SELECT provider FROM account WHERE name = ?", (old.account,))
            if handle is not None and handle.provider != provider:
                problem = f"the handle is of {handle.provider}, and the entry {key} of {provider}"
                raise ValidationError(problem, fields=("handle",))
            if old.state not in {"unknown", change.state}:
                hint = "Only entries in the state unknown need to be resolved"
                raise ConflictError(f"the entry {key} is {old.state}", hint=hint)
            return move(database, old, change)

        return await self.call(act)

    async def summary(self, *, run: str | None = None) -> list[Count]:
        """Return the number of entries, and the money held and spent, by run, device, state, outcome and currency."""
        where, values = ("", ()) if run is None else (" WHERE run = ?", (run,))
        columns = "run, account, device, state, outcome, currency"
        sql = f"SELECT {columns}, count(*), sum(price), min(changed_at) FROM entry{where} GROUP BY {columns}"  # noqa: S608
        counts: list[Count] = []
        for name, account, device, state, kind, currency, entries, price, oldest in await self._rows(sql, *values):
            money = None if price is None else amount(int(price), currency)
            held, spent = (None, None if kind in FREE else money) if state == "over" else (money, None)
            counts.append(Count(name, account, device, state, kind, entries, held, spent, oldest))
        return sorted(counts, key=lambda count: (count.run, count.account, count.device, count.state, str(count)))

    # What follows is for the fleet.

    @_transaction
    def enrol(self, database: Database, account: Account) -> None:
        """Add an account; raises `ConfigError` if the ledger has another one by this name."""
        identity = json.dumps(dict(account.identity), sort_keys=True)
        new = (account.name, account.provider, account.base_url, identity)
        columns = "name, provider, base_url, identity"
        sql = f"INSERT INTO account ({columns}, fence, until) VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (name) DO NOTHING"  # noqa: S608
        database.change(sql, new)
        [old] = database.rows(f"SELECT {columns} FROM account WHERE name = ?", (account.name,))  # noqa: S608
        if old != new:
            [before, now] = next([a, b] for a, b in zip(old, new, strict=True) if a != b)
            raise ConfigError(
                f"the ledger has the account {account.name} with {before}, not {now}",
                hint="Use the credentials and the address that it was begun with, or another ledger",
            )

    async def accounts(self) -> list[Account]:
        """Return the accounts of the ledger, by name."""
        rows = await self._rows("SELECT name, provider, base_url, identity FROM account ORDER BY name")
        return [Account(name, provider, url, json.loads(identity)) for name, provider, url, identity in rows]

    async def plan(self, run: str, jobs: Sequence[Planned], *, budget: Money | None = None) -> list[Entry]:
        """Write jobs that are to be sent, and return their entries, in order.

        A job that the run has already, by its id and with the same content, is that entry. The jobs of a run with a
        budget are written in one transaction, together with the reservation of their prices.

        Raises:
            ConflictError: The run has one of the ids with other content, or the ledger one of the keys.
            BudgetExceededError: The prices are above what is left of the budget, or unknown; nothing was written.
            ValidationError: The budget or a price is in another currency, or a job cannot be kept in the ledger.
        """
        intents = await self.call(lambda _: [intent_of(job) for job in jobs], write=False)
        is_whole = budget or await self._rows("SELECT 1 FROM run WHERE name = ? AND most IS NOT NULL", run)
        size = max(1, len(intents)) if is_whole else AT_ONCE
        entries: list[Entry] = []
        for start in range(0, len(intents), size):
            entries += await self._plan(run, intents[start : start + size], budget)
        return entries

    @_transaction
    def _plan(self, database: Database, run: str, intents: Sequence[Intent], budget: Money | None) -> list[Entry]:
        return plan(database, run, intents, budget)

    async def ended(self, keys: Sequence[str]) -> list[Entry]:
        """Return those of the entries with these keys that are `over` or `unknown`."""
        return await self._chosen("key = k.value AND state IN ('over', 'unknown')", keys)

    async def by_ids(self, run: str, ids: Sequence[str]) -> list[Entry]:
        """Return the entries of a run with these identifiers."""
        return await self._chosen("run = ? AND id = k.value", ids, run)

    async def _chosen(self, condition: str, texts: Sequence[str], *values: Any) -> list[Entry]:
        def read(start: int, database: Database) -> list[Entry]:
            page = json.dumps(texts[start : start + PAGE])
            return [entry_of(row) for row in database.chosen_rows(COLUMNS, condition, page, *values)]

        pages = [await self.call(partial(read, start), write=False) for start in range(0, len(texts), PAGE)]
        return [entry for page in pages for entry in page]

    async def program(self, sha: str) -> Program:
        """Return the program with a digest; raises `NotFoundError` for an unknown one."""
        for text, name, bits in await self._rows("SELECT text, format, bits FROM program WHERE sha = ?", sha):
            return Program(text, ProgramFormat(name), bits)
        raise NotFoundError(f"the ledger has no program with the digest {sha!r:.100}")

    @_transaction
    def ask_cancel(self, database: Database, keys: Sequence[str]) -> None:
        """Cancel entries: those that were not sent end at once, and `cancels` has the others."""
        for key in keys:
            old = entry(database, key, lock=True)
            if old.state != "over" and not old.cancel_asked:
                database.change("UPDATE entry SET cancel_asked = 1 WHERE key = ?", (key,))
            if old.state == "planned":
                move(database, old, Change(key, "over", outcome=Outcome("cancelled")))

    async def cancels(self, account: str) -> list[str]:
        """Return the keys of the entries that were sent, whose cancellation was requested, and not sent yet."""
        sql = "SELECT key FROM entry WHERE account = ? AND state = 'sent' AND state <> 'over' AND cancel_asked = 1"
        return [key for (key,) in await self._rows(sql, account)]

    @_transaction
    def cancel_sent(self, database: Database, lease: Lease, keys: Sequence[str]) -> None:
        """Note that the provider was asked to cancel entries, so that `cancels` does not have them again."""
        check_fence(database, lease)
        database.change_many("UPDATE entry SET cancel_asked = ? WHERE key = ?", [(CANCEL_SENT, key) for key in keys])

    async def open_entries(
        self, account: str, state: State, *, after: Entry | None = None, most: int = 500
    ) -> list[Entry]:
        """Return a page of an account's entries in a state, in the order of their places, after an entry."""
        cursor = (-1, "") if after is None else (after.place, after.key)
        where = "account = ? AND state = ? AND state <> 'over' AND (place, key) > (?, ?) ORDER BY place, key LIMIT ?"
        return await self._entries(where, account, state, *cursor, most)

    @_transaction
    def take(self, database: Database, account: str, owner: str, seconds: float) -> Lease | None:
        """Return the lease of an account, or None while another worker has it.

        It is free once it was released, its process has ended on this machine, or its holder has not renewed it for its
        length, as seen by this process: clocks of different machines are never compared.
        """
        if not self._work:
            raise ClientStateError("the ledger was opened without work", hint=Hint("Open it with work=True", ""))
        fence = self._free_fence(database, account, owner)
        return None if fence is None else _written(database, Lease(account, owner, fence + 1, 0.0), seconds)

    @_transaction
    def watch(self, database: Database, account: str) -> None:
        """Note that the lease of another worker was renewed: the time until `take` returns it begins again."""
        self._free_fence(database, account, "")

    def _free_fence(self, database: Database, account: str, owner: str) -> int | None:
        """Return the fence of the last lease of an account; None if it may still be another worker's."""
        sql = f"SELECT owner, fence, until FROM account WHERE name = ?{database.lock}"  # noqa: S608
        rows = database.rows(sql, (account,))
        if not rows:
            raise NotFoundError(f"the ledger has no account {account!r:.100}")
        holder, fence, end = rows[0]
        length, process, other = (holder or f"0 - {owner}").split(" ", 2)
        if other != owner and not has_ended(process):
            seen = self._leases.get(account)
            if seen is None or seen[:2] != (fence, end):
                seen = self._leases[account] = (fence, end, boottime())
            if boottime() - seen[2] < float(length):
                return None
        return int(fence)

    @_transaction
    def renew(self, database: Database, lease: Lease, seconds: float) -> Lease:
        """Return the lease with a later end; raises `LeaseLostError` if another worker has the account."""
        check_fence(database, lease)
        return _written(database, lease, seconds)

    @_transaction
    def release(self, database: Database, lease: Lease) -> None:
        """Give the account back; without effect if another worker has it."""
        sql = "UPDATE account SET owner = NULL WHERE name = ? AND fence = ?"
        database.change(sql, (lease.account, lease.fence))
        database.fences.clear()

    async def begin(
        self, lease: Lease, limits: Mapping[str, int], most: int, *, busy: Collection[str] = ()
    ) -> list[Entry]:
        """Return planned entries that can be sent now, at most so many, in the order of their places.

        A device's limit is for those that are being sent, were sent, or are in `busy`: keys that an earlier call
        returned, and that are not being sent yet. `""` is the limit of devices without one.
        """

        def act(database: Database) -> list[Entry]:
            check_fence(database, lease)
            account, now, keys = lease.account, time.time(), json.dumps([*busy])
            planned = database.chosen_rows("device", "key = k.value AND state = 'planned'", keys)
            started = [device for (device,) in planned]
            entries: list[Entry] = []
            for (device,) in database.rows(_DEVICES, (account, account)):
                free, limit = most, limits.get(device, limits.get(""))
                if limit is not None:
                    sql = f"SELECT count(*) FROM entry WHERE {_IS_OPEN}"  # noqa: S608
                    [(count,)] = database.rows(sql, (account, device))
                    free = min(most, limit - count - started.count(device))
                if free > 0:
                    where = f"{_IS_DUE} AND key NOT IN ({database.listed}) ORDER BY place LIMIT ?"
                    sql = f"SELECT {COLUMNS} FROM entry WHERE {where}"  # noqa: S608
                    entries += map(entry_of, database.rows(sql, (account, device, now, keys, free)))
            return sorted(entries, key=lambda entry: entry.place)[:most]

        return await self.call(act, write=False)

    async def sending(self, lease: Lease, key: str) -> None:
        """Note that an entry is about to be sent: it is durable when this returns.

        Raises:
            LeaseLostError: Another worker has the account, or the lease has ended; the entry must not be sent.
            ConflictError: The entry is not planned, or its cancellation was requested; it must not be sent.
        """
        now = time.time()

        def act(database: Database) -> None:
            check_fence(database, lease)
            advance(database, Change(key, "sending"), now)

        lease.check()
        await self.call(act)

    @_transaction
    def record(self, database: Database, lease: Lease, change: Change) -> Change:
        """Change the state of an entry; return the change that was made, with the handle in its outcome.

        An entry that was being sent, becomes planned again, and was to be cancelled, is over instead.

        Raises:
            LeaseLostError: Another worker has the account; nothing was written.
            ConflictError: The state of the entry does not allow it.
        """
        check_fence(database, lease)
        return advance(database, change)


def _written(database: Database, lease: Lease, seconds: float) -> Lease:
    # Others see it later than this, when it is committed, and count from then.
    lease = replace(lease, until=boottime() + seconds)
    holder = f"{seconds:g} {this_process()} {lease.owner}"
    sql = "UPDATE account SET owner = ?, fence = ?, until = ? WHERE name = ?"
    database.change(sql, (holder, lease.fence, lease.until, lease.account))
    database.fences.clear()
    return lease


def _worker(places: list[str | None], work: bool) -> Worker:
    if str(places[0]).startswith(("postgresql://", "postgres://")):
        from anyqpu.ledger.postgres import connector

        return Worker(connector(places), patience=30)
    from anyqpu.ledger.sqlite import SQLite

    [where] = places
    if where is not None and (not where or "\0" in where):
        raise ConfigError("invalid path of a ledger: expected the path of a file")
    return Worker(partial(SQLite, None if where is None else Path(where), work=work), patience=0)

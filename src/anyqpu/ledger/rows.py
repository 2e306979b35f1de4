"""Entries as rows of the tables, and the one place where an entry changes its state."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from functools import lru_cache
from sys import intern

from anyqpu.errors import ConflictError, NotFoundError, ValidationError
from anyqpu.ledger.database import Database, Row
from anyqpu.ledger.entry import ENDINGS, FREE, TRANSITIONS, Change, Entry, Lease, LeaseLostError, Outcome
from anyqpu.model.money import Money

COLUMNS = (
    "key, run, id, place, account, device, program, options, state, attempts, tried_at, not_before, cancel_asked, "
    "handle, outcome, body, price, currency, changed_at"
)
# `cancel_asked` of an entry whose cancellation the provider was sent.
CANCEL_SENT = 2
# The state before each on the usual way of an entry, and how far its cancellation may be.
_USUAL = {"sending": ("planned", 0), "sent": ("sending", CANCEL_SENT), "over": ("sent", CANCEL_SENT)}
_ADVANCE = (
    "UPDATE entry SET state = ?, attempts = attempts + ?, tried_at = coalesce(?, tried_at), not_before = NULL,"
    " handle = coalesce(?, handle), outcome = ?, body = ?, changed_at = ?"
    " WHERE key = ? AND state = ? AND cancel_asked <= ?"
)
_BILLIONTHS = 10**9
_MOST_BILLIONTHS = 2**63 - 1


def entry_of(row: Row) -> Entry:
    """Return the entry of a row with the columns of `COLUMNS`."""
    key, run, name, place, account, device, program, options, state, attempts, tried_at, not_before, cancel = row[:13]
    handle, kind, body, price, currency, changed_at = row[13:]
    # Many entries have them in common, and many entries may be held.
    run, account, device, program = map(intern, (run, account, device, program))
    is_result = kind == "completed"
    outcome = kind and Outcome(kind, body if is_result else None, None if is_result else body, handle)
    money = None if price is None else amount(price, currency)
    job = (key, run, name, place, account, device, program, parse_options(options), state, attempts)
    return Entry(*job, tried_at, not_before, bool(cancel), handle, outcome, money, changed_at)


# Most entries of a run have the same options and prices: they share them.
parse_options = lru_cache(maxsize=1000)(json.loads)


@lru_cache(maxsize=1000)
def amount(billionths: int, currency: str) -> Money:
    """Return an amount in billionths as money: exact, with two digits after the point or as many as it needs."""
    digits = f"{billionths:010}"
    return Money(f"{digits[:-9]}.{digits[-9:-7]}{digits[-7:].rstrip('0')}", currency)


@lru_cache(maxsize=1000)
def billionths_of(money: Money, *, up: bool = True) -> int:
    """Return money in billionths, rounded up or down; raises `ValidationError` for more than a column can have."""
    exact = Context(prec=200).multiply(money.amount, _BILLIONTHS)
    whole = int(exact.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))
    if not 0 <= whole <= _MOST_BILLIONTHS:
        problem = f"invalid amount {money}: expected at least 0, and at most {_MOST_BILLIONTHS // _BILLIONTHS}"
        raise ValidationError(problem, fields=("price",))
    return whole


def entry(database: Database, key: str, *, lock: bool = False) -> Entry:
    """Return an entry; `lock` keeps other transactions from changing it. Raises `NotFoundError`."""
    rows = database.rows(f"SELECT {COLUMNS} FROM entry WHERE key = ?{database.lock if lock else ''}", (key,))  # noqa: S608
    if not rows:
        raise NotFoundError(f"the ledger has no entry with the key {key!r:.100}")
    return entry_of(rows[0])


def check_fence(database: Database, lease: Lease) -> None:
    """Raise `LeaseLostError` unless the lease is the account's last one, and keep it so until the transaction ends."""
    fence = (lease.account, lease.fence)
    if fence not in database.fences:
        sql = f"SELECT 1 FROM account WHERE name = ? AND fence = ? AND owner IS NOT NULL{database.lock}"  # noqa: S608
        if not database.rows(sql, fence):
            raise LeaseLostError(f"the account {lease.account} has another worker now")
        database.fences.add(fence)


def advance(database: Database, change: Change, tried_at: float | None = None) -> Change:
    """Change the state of an entry as `move` does, with one statement where it goes the usual way.

    Returns the change that was made, with the handle in its outcome. Raises `NotFoundError`, `ConflictError`.
    """
    state, outcome = change.state, change.outcome
    handle = change.handle if outcome is None else outcome.handle
    is_paid = outcome is None or outcome.kind not in FREE
    is_complete = (outcome is not None) == (state == "over") and (handle is not None or state == "sending")
    if state in _USUAL and is_paid and is_complete and change.not_before is None:
        ending = (None, None) if outcome is None else (outcome.kind, outcome.body or outcome.error)
        values = (state, int(state == "sending"), tried_at, handle, *ending, time.time(), change.key, *_USUAL[state])
        if database.change(_ADVANCE, values):
            return change
    old = entry(database, change.key, lock=True)
    if old.state == "unknown":
        raise ConflictError(f"the entry {change.key} is unknown; only `resolve` can change it")
    new = move(database, old, change, tried_at)
    return Change(new.key, new.state, new.handle, new.outcome, new.not_before)


def move(database: Database, old: Entry, change: Change, tried_at: float | None = None) -> Entry:
    """Change the state of an entry, and the money that is held for it; every transition is made here.

    The same change again has no effect, since a transaction may be repeated.

    Raises:
        ConflictError: The entry's state does not allow it.
    """
    state, outcome, handle = change.state, change.outcome, change.handle or old.handle
    if state == "planned" and old.cancel_asked and old.state in {"sending", "over"}:
        # It was not sent, and is not to be.
        old = replace(old, state="planned") if old.state == "sending" else old
        state, outcome = "over", Outcome("cancelled")
    if outcome is not None:
        handle = outcome.handle or handle
        outcome = outcome if outcome.handle == handle else replace(outcome, handle=handle)
    is_repeated = old.state == state and (state != "sending" or old.tried_at == tried_at)
    if is_repeated and (old.handle, old.outcome, old.not_before) == (handle, outcome, change.not_before):
        return old
    if (
        state not in TRANSITIONS[old.state]
        or (state == "over") != (outcome is not None)
        or (outcome is not None and outcome.kind not in ENDINGS[old.state])
        or (state == "sent" and handle is None)
        or (state == "sending" and old.cancel_asked)
    ):
        cancel = ", and its cancellation was requested" if old.cancel_asked else ""
        kind = f" ({outcome.kind})" if outcome else ""
        raise ConflictError(f"the entry {old.key} is {old.state}{cancel}; it cannot become {state}{kind}")
    new = replace(
        old,
        state=state,
        attempts=old.attempts + (state == "sending"),
        tried_at=tried_at or old.tried_at,
        not_before=change.not_before,
        handle=handle,
        outcome=outcome,
        changed_at=time.time(),
    )
    columns = "state = ?, attempts = ?, tried_at = ?, not_before = ?, handle = ?, outcome = ?, body = ?, changed_at = ?"
    ending = (outcome and outcome.kind, outcome and (outcome.body or outcome.error))
    values = (state, new.attempts, new.tried_at, new.not_before, handle, *ending, new.changed_at, old.key)
    database.change(f"UPDATE entry SET {columns} WHERE key = ?", values)  # noqa: S608
    if outcome is not None and outcome.kind in FREE and old.price is not None:
        sql = "UPDATE run SET held = held - ? WHERE name = ? AND currency = ?"
        database.change(sql, (billionths_of(old.price), old.run, old.price.currency))
    return new

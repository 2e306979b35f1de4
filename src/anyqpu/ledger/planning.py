"""Planning of entries: each once, within the budget of its run."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import NamedTuple

from anyqpu.errors import BudgetExceededError, ConflictError, Hint, ValidationError
from anyqpu.ledger.database import Database, Row
from anyqpu.ledger.entry import Entry, Planned, digest
from anyqpu.ledger.rows import COLUMNS, amount, billionths_of, entry_of, parse_options
from anyqpu.model.money import Money
from anyqpu.model.program import MOST_BYTES

# Entries that are written in one transaction. Each one writes most pages of the indexes again.
AT_ONCE = 5000
_options_text = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False).encode


class Intent(NamedTuple):
    """A job to be planned, with its program's digest, its options as text, and its price in billionths."""

    job: Planned
    sha: str
    options: str
    price: int | None


def intent_of(job: Planned) -> Intent:
    """Return a job as it is written; raises `ValidationError` for what the ledger cannot hold."""
    if not job.id or not job.key:
        raise ValidationError("a job has an empty identifier or key", fields=("id",))
    if (size := len(job.program.text)) > MOST_BYTES:
        problem = f"the program of {job.id} has {size} characters, more than {MOST_BYTES}"
        raise ValidationError(problem, fields=("program",))
    try:
        options = _options_text(job.options)
    except (TypeError, ValueError) as error:
        problem = f"the options of {job.id} cannot be kept in a ledger: {error}"
        raise ValidationError(problem, fields=("options",)) from None
    return Intent(job, digest(job.program), options, None if job.price is None else billionths_of(job.price))


def plan(database: Database, run: str, intents: Sequence[Intent], budget: Money | None) -> list[Entry]:
    """Write the entries that are new, and reserve their prices, in one transaction; return all, in order."""
    database.change("INSERT INTO run (name, held) VALUES (?, 0) ON CONFLICT (name) DO NOTHING", (run,))
    if budget is not None:
        _set_budget(database, run, budget)
    # Other planners of the run wait until this one has finished.
    query = f"SELECT currency, most, held FROM run WHERE name = ?{database.lock}"  # noqa: S608
    [(currency, most, held)] = database.rows(query, (run,))
    names = json.dumps([intent.job.id for intent in intents])
    old = database.chosen_rows(COLUMNS, "run = ? AND id = k.value", names, run)
    entries = {entry.id: entry for entry in map(entry_of, old)}
    new: list[Intent] = []
    rows: list[Row] = []
    now = time.time()
    for intent in intents:
        job = intent.job
        if (entry := entries.get(job.id)) is None:
            row: Row = (
                *(job.key, run, job.id, job.place, job.account, job.device, intent.sha, intent.options, "planned", 0),
                *(None, None, 0, None, None, None, intent.price, job.price and job.price.currency, now),
            )
            new.append(intent)
            rows.append(row)
            entries[job.id] = entry_of(row)
        elif (entry.program, entry.options) != (intent.sha, parse_options(intent.options)) or not (
            job.routed or (entry.account, entry.device) == (job.account, job.device)
        ):
            problem = f"the run {run} has a job {job.id} with another program, device or options"
            raise ConflictError(problem, hint="Give it another id, or plan it in another run")
    if most is not None:
        _reserve(database, run, new, most - held, currency)
    programs = {intent.sha: intent.job.program for intent in new}
    database.change_many(
        "INSERT INTO program (sha, format, text, bits) VALUES (?, ?, ?, ?) ON CONFLICT (sha) DO NOTHING",
        [(sha, str(program.format), program.text, program.bits) for sha, program in sorted(programs.items())],
    )
    database.insert("entry", COLUMNS, rows)
    return [entries[intent.job.id] for intent in intents]


def _set_budget(database: Database, run: str, budget: Money) -> None:
    """Give a run a budget, or a new limit; raises `ValidationError` for another currency than the run has."""
    query = (
        "SELECT currency, sum(price) FROM entry WHERE run = ? AND price IS NOT NULL"
        " AND (outcome IS NULL OR outcome NOT IN ('cancelled', 'refused')) GROUP BY currency"
    )
    [(currency,)] = database.rows(f"SELECT currency FROM run WHERE name = ?{database.lock}", (run,))  # noqa: S608
    sums = {currency: None} if currency else dict(database.rows(query, (run,)))
    if others := sums.keys() - {budget.currency}:
        raise ValidationError(
            f"the budget is in {budget.currency}, and the run {run} in {', '.join(sorted(others))}",
            fields=("budget",),
            hint="Give the budget in the currency of the run, or begin another run",
        )
    most = billionths_of(budget, up=False)
    if currency:
        database.change("UPDATE run SET most = ? WHERE name = ?", (most, run))
    else:
        # What the run planned without a budget counts too.
        held = int(sums.get(budget.currency) or 0)
        sql = "UPDATE run SET currency = ?, most = ?, held = ? WHERE name = ?"
        database.change(sql, (budget.currency, most, held, run))


def _reserve(database: Database, run: str, intents: Sequence[Intent], left: int, currency: str) -> None:
    """Add the prices of new entries to what a run holds; raises `BudgetExceededError` where they are above `left`."""
    needed = 0
    for job, price in ((intent.job, intent.price) for intent in intents):
        if price is None or job.price is None:
            raise BudgetExceededError(
                f"the price of the job {job.id} on {job.device} is unknown, and the run {run} has a budget",
                device=job.device,
                hint=Hint("Give it with prices=", ""),
            )
        if job.price.currency != currency:
            raise ValidationError(
                f"the job {job.id} costs {job.price}, and the budget of the run {run} is in {currency}",
                fields=("price",),
            )
        needed += price
    if needed > left:
        cost, rest = (amount(billionths, currency) for billionths in (needed, left))
        raise BudgetExceededError(
            f"the jobs cost up to {cost}, and the budget of the run {run} has {rest} left", minimum=cost, max_cost=rest
        )
    if needed:
        database.change("UPDATE run SET held = held + ? WHERE name = ?", (needed, run))

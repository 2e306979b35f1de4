"""`anyqpu fleet`: work on a ledger, show it, and decide about entries of which it is unknown whether they were sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import anyio

from anyqpu import Fleet
from anyqpu._json import json_value
from anyqpu.errors import ConfigError
from anyqpu.ledger.ledger import Ledger
from anyqpu_cli.columns import Column
from anyqpu_cli.garbage import quiet_gc
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.times import format_time

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from anyqpu.ledger.entry import Count

# Seconds between two lines of progress, and between two queries for it.
LINE_SECONDS, QUERY_SECONDS = 10.0, 1.0


async def work(setup: Setup, ledger: str, *, settle: float, in_flight: int, until_done: bool) -> None:
    """Send and follow the jobs of a ledger until the command is interrupted, or until all are over."""
    async with _opened(ledger) as book:
        accounts = await book.accounts()
    if not accounts:
        raise ConfigError(
            "the ledger has no account yet", hint="Plan jobs with it first: anyqpu.Fleet(..., ledger=...)"
        )
    setup.interrupt_note = "Stopped; the ledger has what is open. `anyqpu fleet work` continues."
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(setup.connect(account.provider, address=account.base_url))
            for account in accounts
        ]
        fleet = await stack.enter_async_context(Fleet(*clients, ledger=ledger, settle=settle, in_flight=in_flight))
        quiet_gc()
        setup.note(f"Working on {ledger} for {', '.join(fleet.accounts)}. Ctrl-C stops.")
        await _follow(setup, fleet, until_done=until_done)
        if setup.as_json:
            show_json([_record(count) for count in await fleet.ledger.summary()])


async def _follow(setup: Setup, fleet: Fleet, *, until_done: bool) -> None:
    """Print the progress; return when nothing is open, if that is wanted."""
    last, line_at = "", 0.0
    while True:
        for account in fleet.accounts:
            if (problem := fleet.problem(account)) is not None:
                raise problem
        counts = await fleet.ledger.summary()
        text = progress(counts)
        if text != last and (anyio.current_time() >= line_at or not _is_open(counts)):
            setup.note(text)
            last, line_at = text, anyio.current_time() + LINE_SECONDS
        if until_done and not _is_open(counts):
            return
        await anyio.sleep(QUERY_SECONDS)


def progress(counts: Sequence[Count]) -> str:
    """Return a line on the entries of a ledger: how many are in each state, and how those that are over ended."""
    states: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for count in counts:
        states[count.state] += count.entries
        if count.outcome is not None:
            outcomes[count.outcome] += count.entries
    parts = [f"{states[state]} {state}" for state in ("planned", "sending", "sent", "unknown", "over") if states[state]]
    ended = ", ".join(f"{number} {kind}" for kind, number in sorted(outcomes.items()))
    return ", ".join(parts) + (f" ({ended})" if ended else "") or "nothing is planned"


_COLUMNS: Sequence[Column[Count]] = (
    Column(name="RUN", value=lambda count: count.run, least=8),
    Column(name="DEVICE", value=lambda count: f"{count.account}:{count.device}", least=12),
    Column(name="STATE", value=lambda count: count.state),
    Column(name="OUTCOME", value=lambda count: count.outcome),
    Column(name="ENTRIES", value=lambda count: count.entries, right=True),
    Column(name="HELD", value=lambda count: count.held, right=True, rank=1),
    Column(name="SPENT", value=lambda count: count.spent, right=True, rank=2),
    Column(name="OLDEST", value=lambda count: format_time(datetime.fromtimestamp(count.oldest, UTC)), rank=3),
)


async def status(setup: Setup, ledger: str, *, run: str | None) -> None:
    """Print how many entries of a ledger are in which state, with the money held and spent, by run and device."""
    async with _opened(ledger) as book:
        counts = await book.summary(run=run)

    Listing(setup, _COLUMNS, _record).show(counts)
    if any(count.state == "unknown" for count in counts):
        async with _opened(ledger) as book:
            unknown = await book.entries(state="unknown", run=run)
        setup.note("It is unknown whether these were sent; `anyqpu fleet resolve KEY resend|abandon|HANDLE` decides:")
        for entry in unknown[:20]:
            setup.note(f"  {entry.key}  {entry.run} {entry.id}  {entry.account}:{entry.device}")


async def resolve(setup: Setup, ledger: str, key: str, how: str) -> None:
    """Decide about an entry of which it is unknown whether it was sent, and print it."""
    async with _opened(ledger) as book:
        entry = await book.resolve(key, how)
    if setup.as_json:
        show_json(entry.to_dict())
    else:
        show(plain(entry.key if setup.quiet else f"{entry.key}  {entry.state}"))


@asynccontextmanager
async def _opened(ledger: str) -> AsyncGenerator[Ledger]:
    """Open a ledger that exists, to plan and watch."""
    if "://" not in ledger and not await anyio.Path(ledger).exists():
        raise ConfigError(f"no such ledger: {ledger}", hint="Give the path of the file, or the address of the database")
    async with await Ledger.open(ledger, work=False) as book:
        yield book


def _is_open(counts: Sequence[Count]) -> bool:
    return any(count.state not in {"over", "unknown"} for count in counts)


def _record(count: Count) -> dict[str, Any]:
    data: dict[str, Any] = json_value(count)
    return data

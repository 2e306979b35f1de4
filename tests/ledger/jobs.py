"""Jobs for the tests of ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import anyio

from anyqpu import Money, Program, ProgramFormat
from anyqpu.ledger.entry import Account, Change, Entry, Lease, Planned
from anyqpu.ledger.ledger import Ledger

BELL = Program('OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];', ProgramFormat.OPENQASM2)
ACCOUNT = Account("kipu", "kipu", "https://api.example", {"project": "p-1"})
HANDLE = "anyqpu:kipu:job:5904a9f2"


def euros(amount: str | int) -> Money:
    return Money(Decimal(amount), "EUR")


def job(place: int, **changes: Any) -> Planned:
    """A job whose key and identifier are its place."""
    fields: dict[str, Any] = {
        "key": f"key-{place:06}",
        "id": str(place),
        "place": place,
        "account": "kipu",
        "device": "qsim",
        "program": BELL,
        "options": {"shots": 100},
    }
    return Planned(**{**fields, **changes})


def jobs(count: int, **changes: Any) -> list[Planned]:
    return [job(place, **changes) for place in range(count)]


async def opened(where: str | None, planned: Sequence[Planned] = (), **options: Any) -> Ledger:
    """A ledger with an account, and with jobs in the run `sweep`."""
    ledger = await Ledger.open(where)
    await ledger.enrol(ACCOUNT)
    if planned:
        await ledger.plan("sweep", planned, **options)
    return ledger


async def taken(ledger: Ledger, owner: str = "one", seconds: float = 60) -> Lease:
    lease = await ledger.take("kipu", owner, seconds)
    assert lease is not None
    return lease


async def taken_later(ledger: Ledger, owner: str) -> Lease:
    """The lease, once it is free."""
    while True:
        lease = await ledger.take("kipu", owner, 60)
        if lease is not None:
            return lease
        await anyio.sleep(0.02)


async def brought(ledger: Ledger, lease: Lease, key: str, state: str) -> Entry:
    """Bring a planned entry into another state."""
    if state != "planned":
        await ledger.sending(lease, key)
    if state == "sent":
        await ledger.record(lease, Change(key, "sent", handle=HANDLE))
    if state == "unknown":
        await ledger.record(lease, Change(key, "unknown"))
    return await ledger.entry(key)

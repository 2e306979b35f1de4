"""Costs of a fleet's ledger, in SQLite and in PostgreSQL, and how they grow with its entries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio

from anyqpu import Money, Program, ProgramFormat
from anyqpu.ledger.entry import Account, Change, Outcome, Planned
from anyqpu.ledger.ledger import Ledger
from scripts.bench.report import Curve, Row
from scripts.bench.run import Found, Size
from tests.support.postgres import SERVER

STORES = ("sqlite", "postgres")
NAMES = tuple(f"ledger_{cost}_{store}" for cost in ("plan", "begin") for store in STORES)
HEAD = (
    "plan, s",
    "CPU of that, s",
    "plan again, s",
    "gap, ms",
    "begin 32, ms",
    "job, ms",
    "list, s",
    "summary, ms",
    "KB/entry",
)
PRICE = Money("0.01", "EUR")


@contextmanager
def _place(store: str) -> Iterator[str]:
    if store == "postgres":
        with SERVER.schema() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "ledger.sqlite")


def measure(size: Size) -> Found:
    """Measure both stores: goals are for 100,000 entries."""
    curve = Curve("Costs of a ledger by its entries", ("store", "entries", *HEAD), is_drawn=False)
    rows: list[Row] = []
    for store in STORES:
        for count in (100,) if size.tiny else (10_000, 100_000):
            with _place(store) as place:
                costs = anyio.run(_costs, place, count)
            curve.lines.append((store, count, *costs.values()))
        rows += [Row(f"ledger_plan_{store}", costs["plan"], "s"), Row(f"ledger_begin_{store}", costs["begin"], "ms")]
    return Found(rows, [curve])


async def _costs(place: str, count: int) -> dict[str, float]:
    jobs = [
        Planned(f"key-{i:08}", str(i), i, "kipu", f"device-{i % 4}", _program(i), {"shots": 100}, PRICE)
        for i in range(count)
    ]
    costs: dict[str, float] = {}

    @contextmanager
    def timed(name: str, scale: float = 1.0) -> Iterator[None]:
        began = time.perf_counter()
        yield
        costs[name] = min(costs.get(name, 1e9), (time.perf_counter() - began) * scale)

    async with await Ledger.open(place) as ledger:
        await ledger.enrol(Account("kipu", "kipu", "https://api.example", {}))
        gaps = [0.0]
        async with anyio.create_task_group() as group:
            group.start_soon(_measure_gaps, gaps)
            cpu = time.process_time()
            with timed("plan"):
                await ledger.plan("run", jobs)
            costs["cpu"] = time.process_time() - cpu
            group.cancel_scope.cancel()
        with timed("again"):
            await ledger.plan("run", jobs)
        costs["gap"] = max(gaps) * 1e3
        lease = await ledger.take("kipu", "bench", 3600)
        assert lease is not None
        for _ in range(5):
            with timed("begin", 1e3):
                entries = await ledger.begin(lease, {"": 32}, 32)

        async def finish(key: str) -> None:
            await ledger.sending(lease, key)
            await ledger.record(lease, Change(key, "sent", handle="anyqpu:kipu:job:1"))
            await ledger.record(lease, Change(key, "over", outcome=Outcome("completed", "{}")))

        with timed("job", 1e3 / len(entries)):
            async with anyio.create_task_group() as group:
                for entry in entries:
                    group.start_soon(finish, entry.key)
        with timed("list"):
            await ledger.entries(run="run")
        with timed("summary", 1e3):
            await ledger.summary()
        [[size]] = await ledger.call(lambda database: database.rows(_size_query(place)), write=False)
        costs["size"] = float(size) / count / 1e3
    return costs


def _size_query(place: str) -> str:
    tables = ("entry", "program")
    if place.startswith("postgres"):
        return f"SELECT {' + '.join(f'pg_total_relation_size({name!r})' for name in tables)}"
    return "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"


def _program(number: int) -> Program:
    return Program(f'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nrx({number}) q[0];', ProgramFormat.OPENQASM2)


async def _measure_gaps(gaps: list[float]) -> None:
    """Note how late the event loop wakes what sleeps for a millisecond."""
    while True:
        began = time.perf_counter()
        await anyio.sleep(0.001)
        gaps.append(time.perf_counter() - began - 0.001)

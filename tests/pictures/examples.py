"""What the pictures of these tests are of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.counts import Counts
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.status import JobStatus

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)
EVIL = '<script>alert("x")</script> & $a_1$ https://example.org/signed?key=abc \x1b[2J'


def many(keys: int, bits: int) -> Counts:
    """Counts of different sizes, their largest first."""
    return Counts({f"{key:0{bits}b}": 2 * keys - key for key in range(keys)})


def result_of(*items: ResultItem) -> Result:
    return Result(job_id="5904a9f2", provider="kipu", items=items)


def counted(data: dict[str, int]) -> ResultItem:
    return ResultItem(kind=ResultKind.COUNTS, counts=Counts(data))


def job(status: JobStatus, *minutes: float | None, **more: Any) -> Job:
    """A job that was made, began and ended so many minutes after noon."""
    times = [None if minute is None else NOON + timedelta(minutes=minute) for minute in minutes]
    created, started, ended = [*times, None, None, None][:3]
    return Job(
        **{"provider": "kipu", "id": "5904a9f2", "device_id": "ibm.qpu.fez", "raw_status": status.upper(), **more},
        status=status,
        created_at=created,
        started_at=started,
        ended_at=ended,
    )


def ring(count: int, first: int = 0) -> Topology:
    nodes = tuple(range(first, first + count))
    return Topology(nodes=nodes, edges=tuple((node, nodes[(place + 1) % count]) for place, node in enumerate(nodes)))


def square(columns: int, rows: int) -> Topology:
    count = columns * rows
    across = [(node, node + 1) for node in range(count) if (node + 1) % columns]
    down = [(node, node + columns) for node in range(count - columns)]
    return Topology(nodes=tuple(range(count)), edges=tuple(across + down))


def measured(topology: Topology, *sites: tuple[str, str, tuple[int, ...], float]) -> Calibration:
    """A calibration with these values: operation, name, qubits, value."""
    return Calibration(
        provider="rigetti",
        device_id="Aspen-0",
        effective_at=NOON,
        source="device",
        data={},
        sites=tuple(SiteCharacteristic(operation=o, name=n, nodes=q, value=v) for o, n, q, v in sites),
        topology=topology,
    )

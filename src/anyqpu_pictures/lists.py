"""HTML tables of lists, a row for each item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from anyqpu.model.batch import Batch
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu.model.result import Result
from anyqpu.model.session import Session
from anyqpu_pictures.cards import TABLE_STYLE, card, cell, state, title

MOST_ROWS = 50
Row = Sequence[object]
_STATUS = "status"

_COLUMNS: tuple[tuple[type, str, Sequence[str], Callable[[Any], Row]], ...] = (
    (
        Job,
        "jobs",
        ("id", _STATUS, "device", "name", "shots", "submitted"),
        lambda job: (job.id, job.status, job.device_id, job.name, job.shots, job.created_at),
    ),
    (
        Device,
        "devices",
        ("id", _STATUS, "kind", "qubits", "queue", "name"),
        lambda device: (device.id, device.status, device.kind, device.num_qubits, device.queue_depth, device.name),
    ),
    (
        Session,
        "sessions",
        ("id", _STATUS, "device", "opened", "ends", "may still cost"),
        lambda session: (
            *(session.id, session.status, session.device_id, session.created_at),
            session.ends_at or session.expires_at,
            session.may_still_cost,
        ),
    ),
    (
        Reservation,
        "reservations",
        ("id", _STATUS, "device", "from", "to", "price"),
        lambda item: (item.id, item.status, item.device_id, item.start, item.end, item.price),
    ),
    (
        AvailableSlot,
        "free times",
        ("device", "from", "to", "price"),
        lambda slot: (slot.device_id, slot.start, slot.end, slot.price),
    ),
    (
        Batch,
        "batches",
        ("id", _STATUS, "device", "jobs", "submitted"),
        lambda batch: (batch.id, batch.status, batch.device_id, batch.jobs_count, batch.created_at),
    ),
    (
        Result,
        "results",
        ("job", "kind", "circuits", "ran for"),
        lambda result: (result.job_id, result.kind, len(result.items), result.execution_time),
    ),
)


def items(values: Sequence[object]) -> str:
    """Return a table of the first items of a list; items of different or other classes have their `repr`."""
    kinds = {type(value) for value in values}
    for kind, name, columns, row in _COLUMNS:
        if kinds and all(issubclass(other, kind) for other in kinds):
            return _listed(values, name, columns, row)
    return _listed(values, "items", ("item",), lambda value: (repr(value),))


def _listed(values: Sequence[object], name: str, columns: Sequence[str], row: Callable[[Any], Row]) -> str:
    body = table(columns, (row(value) for value in values[:MOST_ROWS])) if values else ""
    if len(values) > MOST_ROWS:
        body += f"<div>and {len(values) - MOST_ROWS} more</div>"
    return card(title("list", f"{len(values)} {name if len(values) != 1 else name.removesuffix('s')}"), (), body)


def table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a table with a row of column names; a column without any value is left out."""
    cells = [list(row) for row in rows]
    used = [place for place in range(len(columns)) if any(row[place] is not None for row in cells)]
    style = "text-align:left;padding:0 14px 0 0"
    head = "".join(f'<th style="{style};font-weight:normal;opacity:.7">{escape(columns[place])}</th>' for place in used)
    lines = "".join(
        "<tr>" + "".join(f'<td style="{style}">{_cell(columns[place], row[place])}</td>' for place in used) + "</tr>"
        for row in cells
    )
    return f'<table style="{TABLE_STYLE}"><tr>{head}</tr>{lines}</table>'


def _cell(column: str, value: object) -> str:
    return "" if value is None else state(value) if column is _STATUS else cell(value)

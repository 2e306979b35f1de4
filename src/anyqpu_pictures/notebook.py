"""HTML tables for notebooks.

They use the colours and fonts of the page, light or dark, have no script and load nothing. Text from a provider is
escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from typing import Any, cast

from anyqpu.model.batch import Batch, BatchResults
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.cost import CostEstimate
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.records import squared_magnitude
from anyqpu.model.reservation import Reservation
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.session import Session
from anyqpu_pictures.bars import largest
from anyqpu_pictures.cards import LENGTH, TABLE_STYLE, Fact, card, text, title
from anyqpu_pictures.characteristics import Measured, measured
from anyqpu_pictures.lists import items, table
from anyqpu_pictures.maps import svg
from anyqpu_pictures.sketches import sketch
from anyqpu_pictures.words import shortened, shown

ROWS, ITEMS, LONGEST_KEY, WIDTH = 16, 8, 40, 100
"""The most bars of a table, circuits of a result, characters of a key, and columns of a sketch."""

# Medium colours, visible on black and on white.
_BAR, _REST = "#4A8FC7", "#888888"
_CUT = f"repeating-linear-gradient(135deg,{_REST} 0 4px,transparent 4px 6px)"
_ORDERS = {
    BitOrder.MSB_LEFT: "bit 0 rightmost",
    BitOrder.LSB_LEFT: "bit 0 leftmost",
    BitOrder.NATIVE_REGISTER: "sites of the register",
    BitOrder.UNKNOWN: "bit order unknown",
}


def html(value: object) -> str:
    """See `anyqpu_pictures.html`."""
    for kind, make in _TABLES:
        if isinstance(value, kind):
            return make(value)
    if isinstance(value, list):
        return items(cast("list[object]", value))
    raise TypeError(f"there is no HTML form of a {type(value).__name__}")


def _bars(values: Mapping[str, float], caption: str) -> str:
    """Return a table with a value and a bar for each key."""
    if not values:
        return f"<div>{escape(caption)}: nothing was measured</div>"
    picked = largest(values, ROWS)
    lines = [(text(key, LONGEST_KEY), value, _BAR) for key, value in picked.bars]
    most = max(value for _, value, _ in lines) or 1
    if picked.folded and picked.rest:
        # Drawn in full, this bar would make all others too short.
        cut = picked.rest > most
        words = f"others ({picked.folded} keys{', cut short' if cut else ''})"
        lines.append((words, picked.rest, _CUT if cut else _REST))
    rows = "".join(
        '<tr><td style="text-align:right;font-family:monospace;padding:0 8px 0 0;white-space:nowrap">'
        f"{key}</td>"
        f'<td style="text-align:right;padding:0 8px 0 0">{value if isinstance(value, int) else f"{value:.4g}"}</td>'
        '<td style="text-align:left;padding:2px 0;width:220px">'
        f'<div style="background:{colour};height:10px;width:{min(max(value, 0) / most, 1):.1%}"></div></td></tr>'
        for key, value, colour in lines
    )
    return f'<div style="opacity:.7">{escape(caption)}</div><table style="{TABLE_STYLE}">{rows}</table>'


def _counts(counts: Counts) -> str:
    return card(title("counts", f"{counts.shots} shots"), (), _counts_bars(counts))


def _counts_bars(counts: Counts) -> str:
    labels = f": {', '.join(map(shown, counts.bit_labels))}" if counts.bit_labels else ""
    return _bars(counts, shortened(f"{_ORDERS[counts.order]}{labels}", LENGTH))


def _device(device: Device) -> str:
    shots = "" if device.shots_max is None else f"{device.shots_min or 1} to {device.shots_max}"
    pricing = device.pricing
    prices = (
        [("hour", pricing.per_hour), ("circuit", pricing.per_circuit), ("shot", pricing.per_shot)] if pricing else []
    )
    known_prices = ", ".join(f"{price} per {unit}" for unit, price in prices if price is not None and price.amount)
    facts: list[Fact] = [
        ("name", device.name if device.name != device.id else None),
        ("provider", device.provider),
        ("maker", device.vendor),
        ("kind", f"{device.kind}, {str(device.technology).replace('_', ' ')}"),
        ("qubits", device.num_qubits),
        ("shots", shots),
        ("queue", None if device.queue_depth is None else f"{device.queue_depth} jobs"),
        ("average wait", device.average_wait),
        ("price", known_prices or (pricing.model if pricing else None)),
        ("formats", ", ".join(device.formats)),
    ]
    return card(title("device", device.id, device.status), facts)


def _device_of(value: Job | Batch | Session | Reservation) -> str:
    return f"{value.provider}:{value.device_id}" if value.device_id else value.provider


def _job(job: Job) -> str:
    failure = job.failure and ("; ".join(job.failure.messages) or job.failure.kind)
    facts: list[Fact] = [
        ("name", job.name),
        ("device", _device_of(job)),
        ("provider's status", job.raw_status if job.raw_status.lower() != job.status else None),
        ("message", job.status_message),
        ("failure", failure),
        ("session", job.session_id),
        ("shots", job.shots),
        ("queue", None if job.queue_position is None else f"{job.queue_position} ahead"),
        ("progress", None if job.progress is None else f"{job.progress:.0%}"),
        ("submitted", job.created_at),
        ("started", job.started_at),
        ("ended", job.ended_at),
        ("ran for", job.execution_time),
        ("tags", ", ".join(job.tags)),
    ]
    return card(title(job.kind, job.id, job.status), facts)


def _batch(batch: Batch) -> str:
    counts = ", ".join(f"{number} {status}" for status, number in batch.counts_per_status.items())
    facts: list[Fact] = [
        ("device", _device_of(batch)),
        ("open", batch.open),
        ("jobs", batch.jobs_count if batch.jobs_count is not None else len(batch.jobs) or None),
        ("of them", counts),
        ("submitted", batch.created_at),
        ("started", batch.started_at),
        ("ended", batch.ended_at),
        ("tags", ", ".join(batch.tags)),
    ]
    return card(title("batch", batch.id, batch.status), facts)


def _batch_results(results: BatchResults) -> str:
    rows: list[tuple[object, ...]] = [
        (id, repr(result.items[0].counts) if len(result.items) == 1 and result.items[0].counts else result.kind, None)
        for id, result in list(results.items())[:ROWS]
    ]
    rows += [(id, None, error.message) for id, error in list(results.failures.items())[:ROWS]]
    facts: list[Fact] = [("results", len(results)), ("failures", len(results.failures) or None)]
    body = table(("job", "result", "failure"), rows) if rows else ""
    return card(title("results of batch", results.batch.id, results.batch.status), facts, body)


def _session(session: Session) -> str:
    facts: list[Fact] = [
        ("device", _device_of(session)),
        ("mode", session.mode),
        ("takes jobs", session.accepts_jobs),
        ("waiting jobs", session.waiting_jobs),
        ("finished jobs", session.finished_jobs),
        ("used", session.usage),
        ("opened", session.created_at),
        ("closed", session.closed_at),
        ("ends", session.ends_at or session.expires_at),
        ("may still cost", session.may_still_cost),
        ("tags", ", ".join(session.tags)),
    ]
    return card(title("session", session.id, session.status), facts)


def _reservation(reservation: Reservation) -> str:
    facts: list[Fact] = [
        ("device", _device_of(reservation)),
        ("from", reservation.start),
        ("to", reservation.end),
        ("length", reservation.duration),
        ("price", reservation.price),
        ("description", reservation.description),
    ]
    return card(title("reservation", reservation.id, reservation.status), facts)


def _calibration(calibration: Calibration) -> str:
    topology = calibration.topology
    facts: list[Fact] = [
        ("provider", calibration.provider),
        ("measured", calibration.effective_at or "at an unknown time"),
        ("qubits", len(topology.nodes) if topology else None),
        ("couplings", len(topology.edges) if topology else None),
    ]
    line = "padding:0 12px 0 0;white-space:nowrap"
    rows = "".join(
        f'<tr><td style="text-align:left;{line}">{text(entry.label)}</td>'
        + "".join(f'<td style="text-align:right;{line}">{cell}</td>' for cell in _numbers(entry))
        + "</tr>"
        for entry in measured(calibration)[:ROWS]
    )
    names = ("measured", "sites", "median", "least", "most", "unit")
    style = "font-weight:normal;opacity:.7;padding:0 12px 0 0"
    head = "".join(
        f'<th style="text-align:{"right" if place else "left"};{style}">{name}</th>' for place, name in enumerate(names)
    )
    table = f'<table style="{TABLE_STYLE}"><tr>{head}</tr>{rows}</table>' if rows else ""
    return card(title("calibration", calibration.device_id or "device"), facts, table)


def _topology(topology: Topology) -> str:
    facts: list[Fact] = [("couplings", len(topology.edges) or None), ("layout", topology.family)]
    style = "font:12px/1.1 monospace;margin:4px 0;overflow:auto;white-space:pre"
    body = svg(topology) or f'<div style="{style}">{escape(sketch(topology, width=WIDTH))}</div>'
    return card(title("topology", f"{len(topology.nodes)} qubits"), facts, body)


def _estimate(estimate: CostEstimate) -> str:
    facts: list[Fact] = [
        ("total", "unknown" if estimate.total is None else f"about {estimate.total}"),
        ("at least", estimate.minimum),
        ("because" if estimate.total is None else "note", estimate.reason_unknown),
    ]
    lines = [
        (line.what, f"{_plain(line.quantity)} × {line.price} per {line.unit}", line.amount) for line in estimate.lines
    ]
    body = table(("part", "price", "amount"), lines) if lines else ""
    return card(title("estimated cost", "before free tiers, discounts and taxes"), facts, body)


def _plain(quantity: Decimal) -> str:
    return f"{round(quantity, 4).normalize():f}"


def _numbers(entry: Measured) -> tuple[str, ...]:
    return str(len(entry.values)), *map(escape, entry.readable)


def _result(result: Result) -> str:
    facts: list[Fact] = [("provider", result.provider), ("ran for", result.execution_time)]
    body = "".join(
        (f'<div style="margin-top:4px">circuit {place}</div>' if len(result.items) > 1 else "") + _item(item)
        for place, item in enumerate(result.items[:ITEMS])
    )
    if len(result.items) > ITEMS:
        body += f"<div>and {len(result.items) - ITEMS} more circuits</div>"
    return card(title("result of", result.job_id), facts, body or "<div>(no results)</div>")


def _item(item: ResultItem) -> str:
    if not item.success:
        return f"<div>failed: {text(item.error or 'the provider gives no reason')}</div>"
    if item.counts is not None:
        return _counts_bars(item.counts)
    if item.registers:
        parts = (f"<div>register {text(name)}</div>{_counts_bars(counts)}" for name, counts in item.registers.items())
        return "".join(parts)
    if item.probabilities is not None:
        return _bars(item.probabilities, "probabilities, bit 0 rightmost")
    if item.fock is not None:
        return _bars(item.fock, "photons in each mode, mode 0 first")
    if item.samples is not None:
        return _bars(Counter(item.samples), "samples")
    if item.expectation is not None:
        spread = "deviation unknown" if item.deviation is None else f"± {item.deviation:.4g}"
        return f"<div>expectation value {item.expectation:.6g} ({spread})</div>"
    amplitudes = item.amplitudes
    if item.statevector is not None:
        width = max(1, (len(item.statevector) - 1).bit_length())
        amplitudes = {f"{place:0{width}b}": amplitude for place, amplitude in enumerate(item.statevector) if amplitude}
    if amplitudes is not None:
        return _bars(
            {key: squared_magnitude(amplitude) for key, amplitude in amplitudes.items()},
            "|amplitude|², bit 0 rightmost",
        )
    kind = "a form that anyqpu does not decode" if item.kind is ResultKind.RAW else item.kind
    return f"<div>{escape(kind)}: see result.raw</div>"


_TABLES: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Counts, _counts),
    (Result, _result),
    (Device, _device),
    (Job, _job),
    (Batch, _batch),
    (BatchResults, _batch_results),
    (Session, _session),
    (Reservation, _reservation),
    (Calibration, _calibration),
    (Topology, _topology),
    (CostEstimate, _estimate),
)

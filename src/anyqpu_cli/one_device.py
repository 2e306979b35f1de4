"""`anyqpu device`: everything that is known of one device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from anyqpu.errors import AnyQPUError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.device import Device
from anyqpu.model.reservation import AvailabilityWindow, BookingRules
from anyqpu.model.status import Technology
from anyqpu_cli.columns import Column, fit
from anyqpu_cli.devices import format_price
from anyqpu_cli.output import escaped, show, show_json
from anyqpu_cli.prefixes import find_device
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain, table
from anyqpu_cli.target import split_device
from anyqpu_cli.times import format_duration, format_time
from anyqpu_cli.widths import terminal_width, text_columns, wrapped, wrapped_to
from anyqpu_cli.words import error_text
from anyqpu_pictures import sketch
from anyqpu_pictures.characteristics import measured
from anyqpu_pictures.lattices import is_full

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# Columns of a picture at most.
WIDEST = 160


async def show_device(setup: Setup, text: str) -> None:
    """Print a device with its qubits, couplings and calibration; a note says which of these cannot be read."""
    provider, id = split_device(text)
    async with setup.connect(provider) as client:
        device = await find_device(setup, client, id)
        calibration = await _calibration(setup, client, device)
        topology = calibration.topology if calibration is not None else device.topology
        if topology is None:
            topology = await _topology(setup, client, device)
    if setup.as_json:
        details = {"topology": topology and topology.to_dict(), "calibration": calibration and calibration.to_dict()}
        if calibration is not None and calibration.sites:
            # Its content is in the sites, and it is large.
            details["calibration"] = calibration.to_dict() | {"data": None}
        show_json(device.to_dict() | details)
        return
    parts = [escaped("\n".join([plain(device.target), *device_facts(device)]))]
    if topology is not None:
        parts.append(escaped("\n".join(_drawing(topology))))
    if calibration is not None:
        parts.append("\n".join(_measurements(calibration)))
    show("\n\n".join(parts), coloured=True)


async def _calibration(setup: Setup, client: Client, device: Device) -> Calibration | None:
    if not client.capabilities.calibration or device.has_calibration is False:
        return None
    try:
        return await client.calibration(device)
    except AnyQPUError as error:
        setup.note(f"anyqpu: no calibration: {error_text(error)}")
        return None


async def _topology(setup: Setup, client: Client, device: Device) -> Topology | None:
    try:
        return await client.topology(device)
    except AnyQPUError as error:
        setup.note(f"anyqpu: no topology: {error_text(error)}")
        return None


def device_facts(device: Device) -> list[str]:
    """Return lines with what is known of a device."""
    wait = f", {format_duration(device.average_wait)} average wait" if device.average_wait else ""
    unlisted = [name for name in device.input_formats if name.lower() not in device.formats]
    native_formats = f" ({', '.join(unlisted)})" if unlisted else ""
    facts: dict[str, object] = {
        "name": device.name if device.name != device.id else None,
        "id": device.id if device.target != f"{device.provider}:{device.id}" else None,
        "status": _with_detail(device.status, device.raw_status),
        "takes jobs": _yes_or_no(device.accepting_jobs),
        "kind": _with_detail(device.kind, _technology(device)),
        "maker": device.vendor,
        "location": device.location,
        "qubits": device.num_qubits,
        "gates": ", ".join(device.native_gates or ()),
        "shots": _range(device.shots_min, device.shots_max),
        "circuits": device.max_circuits and f"at most {device.max_circuits} in a job",
        "queue": None if device.queue_depth is None else f"{device.queue_depth} waiting{wait}",
        "price": format_price(device.pricing),
        "formats": (", ".join(device.formats) or "none that anyqpu knows") + native_formats,
        "sessions": _yes_or_no(device.supports_sessions),
        "bookable": _yes_or_no(device.is_bookable),
        "a booking": device.booking_rules and _rules(device.booking_rules),
        "is up": "; ".join(map(_window, device.availability)),
        "about": device.description,
        "more": device.documentation_url,
    }
    lines = [f"  {name:<10}  {plain(fact)}" for name, fact in facts.items() if fact not in (None, "")]
    return [part for line in lines for part in wrapped_to(line, 14).split("\n")]


def _technology(device: Device) -> str | None:
    return None if device.technology is Technology.UNKNOWN else str(device.technology).replace("_", " ")


def _with_detail(value: object, detail: str | None) -> str:
    """Return a value, with a detail in parentheses where it differs."""
    return f"{value} ({detail})" if detail and detail.lower() != str(value) else str(value)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _range(least: int | None, most: int | None) -> str | None:
    return f"at least {least}" if most is None and least else None if most is None else f"{least or 1} to {most}"


def _rules(rules: BookingRules) -> str | None:
    durations: dict[str, timedelta | None] = {
        "at least": rules.min_duration,
        "at most": rules.max_duration,
        "not sooner than in": rules.min_notice,
        "not later than in": rules.max_notice,
    }
    numbers = {"a day": rules.max_per_day, "a week": rules.max_per_week}
    parts = [f"{name} {format_duration(value)}" for name, value in durations.items() if value is not None]
    parts += [f"{number} {unit}" for unit, number in numbers.items() if number is not None]
    return ", ".join(parts) or None


def _window(window: AvailabilityWindow) -> str:
    return f"{window.granularity} {window.start} to {window.end}"


def _drawing(topology: Topology) -> list[str]:
    drawing, count = sketch(topology, width=_columns()), len(topology.nodes)
    if topology.positions is not None:
        return [f"{count} places for atoms", "", drawing]
    return [drawing] if is_full(topology) else [f"{count} qubits, {len(topology.edges)} couplings", "", drawing]


def _columns() -> int:
    return min(text_columns(), WIDEST)


def _measurements(calibration: Calibration) -> list[str]:
    at = f"measured {format_time(calibration.effective_at) if calibration.effective_at else 'at an unknown time'}"
    rows = [(entry.label, len(entry.values), *entry.readable) for entry in measured(calibration)]
    if not rows:
        return [f"{at}, in a form that anyqpu does not read: --json prints it"]
    fitted = fit(_CALIBRATION, rows, terminal_width())
    names = [column.name for column in fitted.columns]
    note = fitted.note("--json")
    lines = [at, "", table(names, fitted.rows, right=[column.name for column in fitted.columns if column.right])]
    return [*lines, "", wrapped(note)] if note is not None else lines


def _cell(place: int) -> Callable[[Sequence[object]], object]:
    return lambda row: row[place]


_CALIBRATION: Sequence[Column[Sequence[object]]] = (
    Column(name="MEASURED", value=_cell(0)),
    Column(name="SITES", value=_cell(1), right=True, rank=2),
    Column(name="MEDIAN", value=_cell(2), right=True),
    Column(name="LEAST", value=_cell(3), right=True, rank=1),
    Column(name="MOST", value=_cell(4), right=True, rank=1),
    Column(name="UNIT", value=_cell(5)),
)

"""`anyqpu device`: all that its cloud says of one device."""

from __future__ import annotations

import shutil
import textwrap
from datetime import timedelta
from typing import TYPE_CHECKING

from anyqpu.errors import AnyQPUError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.device import Device
from anyqpu.model.reservation import AvailabilityWindow, BookingRules
from anyqpu.model.status import Technology
from anyqpu_cli import fields
from anyqpu_cli.devices import price_of
from anyqpu_cli.output import escaped, show
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain, table
from anyqpu_cli.target import split_device
from anyqpu_cli.times import spell, when
from anyqpu_pictures import sketch
from anyqpu_pictures.characteristics import measured
from anyqpu_pictures.lattices import is_full

if TYPE_CHECKING:
    from anyqpu_cli.setup import Client

# Columns of a picture: where nobody looks, and at most.
WIDTH, WIDEST = 100, 160


async def show_device(setup: Setup, text: str) -> None:
    """Print a device with its qubits, couplings and calibration.

    A calibration or topology that cannot be read is a note: the device is shown all the same.
    """
    provider, id = split_device(text)
    async with setup.connect(provider) as client:
        device = await client.device(id)
        calibration = await _calibration(setup, client, device)
        topology = calibration.topology if calibration is not None else None
        if topology is None:
            topology = await _topology(setup, client, device)
    if setup.as_json:
        fields.print_json(fields.of_whole_device(device, topology, calibration))
        return
    parts = [escaped("\n".join([plain(fields.target_of(device)), *facts_of(device)]))]
    if topology is not None:
        parts.append(escaped("\n".join(_pictured(topology))))
    if calibration is not None:
        parts.append("\n".join(_measured(calibration)))
    show("\n\n".join(parts), coloured=True)


async def _calibration(setup: Setup, client: Client, device: Device) -> Calibration | None:
    if not client.capabilities.calibration or device.has_calibration is False:
        return None
    try:
        found: Calibration | None = await client.calibration(device)
    except AnyQPUError as error:
        setup.note(f"anyqpu: no calibration: {error}")
        return None
    return found


async def _topology(setup: Setup, client: Client, device: Device) -> Topology | None:
    try:
        return await client.topology(device)
    except AnyQPUError as error:
        setup.note(f"anyqpu: no topology: {error}")
        return None


def facts_of(device: Device) -> list[str]:
    """What is known of it, a line or more for each thing."""
    wait = f", {spell(device.average_wait)} of waiting of late" if device.average_wait else ""
    unlisted = [word for word in device.input_formats if word.lower() not in device.formats]
    cloud = f" ({', '.join(unlisted)})" if unlisted else ""
    facts: dict[str, object] = {
        "name": device.name if device.name != device.id else None,
        "id": device.id if fields.target_of(device) != f"{device.provider}:{device.id}" else None,
        "status": _with(device.status, device.raw_status),
        "takes jobs": _yes(device.accepting_jobs),
        "kind": _with(device.kind, _technology(device)),
        "maker": device.vendor,
        "location": device.location,
        "qubits": device.num_qubits,
        "shots": _range(device.shots_min, device.shots_max),
        "circuits": device.max_circuits and f"at most {device.max_circuits} in a job",
        "queue": None if device.queue_depth is None else f"{device.queue_depth} waiting{wait}",
        "price": price_of(device.pricing),
        "formats": (", ".join(device.formats) or "none that anyqpu knows") + cloud,
        "sessions": _yes(device.supports_sessions),
        "bookable": _yes(device.is_bookable),
        "a booking": device.booking_rules and _rules(device.booking_rules),
        "is up": "; ".join(map(_window, device.availability)),
        "says": device.description,
        "more": device.documentation_url,
    }
    lines = [f"  {name:<10}  {plain(fact)}" for name, fact in facts.items() if fact not in (None, "")]
    wrap = textwrap.TextWrapper(_columns(), subsequent_indent=" " * 14, break_long_words=False, break_on_hyphens=False)
    return [part for line in lines for part in wrap.wrap(line)]


def _technology(device: Device) -> str | None:
    return None if device.technology is Technology.UNKNOWN else str(device.technology).replace("_", " ")


def _with(word: object, more: str | None) -> str:
    """A word of ours, and another where it says something else."""
    return f"{word} ({more})" if more and more.lower() != str(word) else str(word)


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _range(least: int | None, most: int | None) -> str | None:
    return f"at least {least}" if most is None and least else None if most is None else f"{least or 1} to {most}"


def _rules(rules: BookingRules) -> str | None:
    def said(words: str, length: timedelta | None) -> list[str]:
        return [f"{words} {spell(length)}"] if length is not None else []

    parts = [
        *said("at least", rules.min_duration),
        *said("at most", rules.max_duration),
        *said("not sooner than in", rules.min_notice),
        *said("not later than in", rules.max_notice),
        *([f"{rules.max_per_day} a day"] if rules.max_per_day is not None else []),
        *([f"{rules.max_per_week} a week"] if rules.max_per_week is not None else []),
    ]
    return ", ".join(parts) or None


def _window(window: AvailabilityWindow) -> str:
    return f"{window.granularity} {window.start} to {window.end}"


def _pictured(topology: Topology) -> list[str]:
    drawn, count = sketch(topology, width=_columns()), len(topology.nodes)
    if topology.positions is not None:
        return [f"{count} places for atoms", "", drawn]
    return [drawn] if is_full(topology) else [f"{count} qubits, {len(topology.edges)} couplings", "", drawn]


def _columns() -> int:
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDEST)


def _measured(calibration: Calibration) -> list[str]:
    at = f"measured {when(calibration.effective_at) if calibration.effective_at else 'at a time unknown'}"
    rows = [(each.label, len(each.values), *each.readable) for each in measured(calibration)]
    if not rows:
        return [f"{at}, in a form that only the cloud knows: it is in --json"]
    head = ("MEASURED", "SITES", "MEDIAN", "LEAST", "MOST", "UNIT")
    return [at, "", table(head, rows, right=("SITES", "MEDIAN", "LEAST", "MOST"))]

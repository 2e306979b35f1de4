"""`anyqpu reservations`: list, find, book, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anyqpu.errors import ValidationError
from anyqpu.model.money import Money
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu_cli.clouds import list_from_providers
from anyqpu_cli.columns import Column
from anyqpu_cli.costs import confirm_reservation
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.prefixes import find_device, find_reservation
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import split_device, split_reference
from anyqpu_cli.times import (
    format_clock,
    format_distance,
    format_duration,
    format_time,
    parse_duration,
    parse_time,
    rfc3339,
)

if TYPE_CHECKING:
    from anyqpu.core.client import Client


COLUMNS: Sequence[Column[Reservation]] = (
    Column(
        name="RESERVATION",
        value=lambda item: f"{item.provider}:{item.id}",
        reference=lambda item: (item.provider, item.id),
    ),
    Column(name="STATUS", value=lambda item: item.status, rank=1),
    Column(name="DEVICE", value=lambda item: item.device_id, rank=3, least=13),
    Column(
        name="START",
        value=lambda item: item.start and format_time(item.start),
        compact=lambda item: item.start and format_clock(item.start),
        rank=2,
    ),
    Column(name="LENGTH", value=lambda item: item.duration and format_duration(item.duration), rank=4),
    Column(name="PRICE", value=lambda item: item.price, right=True, rank=5),
    Column(name="SESSION", value=lambda item: item.session_id, rank=6, is_extra=True),
    Column(name="NOTES", value=lambda item: item.description, rank=6, least=8, is_extra=True),
)
SLOT_COLUMNS: Sequence[Column[AvailableSlot]] = (
    Column(name="DEVICE", value=lambda slot: f"{slot.provider}:{slot.device_id}", rank=4),
    Column(
        name="START",
        value=lambda slot: format_time(slot.start),
        compact=lambda slot: format_distance(slot.start),
        rank=3,
    ),
    Column(name="FOR --start", value=lambda slot: rfc3339(slot.start)),
    Column(name="LENGTH", value=lambda slot: format_duration(slot.duration), rank=2),
    Column(name="PRICE", value=lambda slot: slot.price, right=True, rank=1),
)


async def list_reservations(
    setup: Setup, provider: str | None, *, limit: int, columns: str | None = None, full_ids: bool = False
) -> None:
    """Print the reservations of one provider, or of all."""
    listing = Listing(setup, COLUMNS, Reservation.to_dict, names=columns, full_ids=full_ids)

    async def query(client: Client) -> list[Reservation]:
        return await client.reservations().collect(limit=limit)

    listing.show(await list_from_providers(setup, provider, query, needs="reservations"))


async def find_slots(
    setup: Setup, device: str, *, start: str, duration: str, limit: int, columns: str | None = None
) -> None:
    """Print times that can be reserved."""
    provider, id = split_device(device)
    earliest, length = parse_time(start), parse_duration(duration)
    listing = Listing(setup, SLOT_COLUMNS, AvailableSlot.to_dict, names=columns)
    async with setup.connect(provider) as client:
        if client.capabilities.find_slots:
            id = (await find_device(setup, client, id)).id
        slots = await client.find_slots(id, start=earliest, duration=length).collect(limit=limit)
    listing.show(slots)


async def book(
    setup: Setup,
    device: str,
    *,
    start: str,
    duration: str | None,
    end: str | None,
    yes: bool,
    max_cost: Money | None,
) -> None:
    """Reserve time on a device, and print the reservation; asks first, unless it is free or `max_cost` allows it."""
    provider, id = split_device(device)
    if (duration is None) == (end is None):
        raise ValidationError("a reservation needs one of --duration and --end")
    begins = parse_time(start)
    ends = parse_time(end) if end is not None else begins + parse_duration(duration or "")
    if ends <= begins:
        raise ValidationError(f"the end, {rfc3339(ends)}, is not later than the start, {rfc3339(begins)}")
    async with setup.connect(provider, max_cost=max_cost) as client:
        if client.capabilities.reservations and not yes and max_cost is None:
            # Only here: with --yes, the device is named in full.
            id = (await find_device(setup, client, id)).id
            await confirm_reservation(client, id, begins, ends - begins)
        setup.interrupt_note = f"Stopped while booking: check `anyqpu reservations {provider}`"
        reservation = await client.reserve(id, start=begins, end=ends)
    _print(setup, reservation)


async def cancel(setup: Setup, reference: Sequence[str]) -> None:
    """Cancel a reservation and print it."""
    provider, id = split_reference(reference)
    async with setup.connect(provider) as client:
        if client.capabilities.reservations:
            # The provider's own identifier: a prefix is not sent to an operation that cancels.
            id = (await find_reservation(setup, client, id)).id
        reservation = await client.cancel_reservation(id)
    _print(setup, reservation)


def _print(setup: Setup, item: Reservation) -> None:
    if setup.as_json:
        show_json(item.to_dict())
    elif setup.quiet:
        show(plain(f"{item.provider}:{item.id}"))
    else:
        length = f", {format_duration(item.duration)}" if item.duration else ""
        price = f", {item.price}" if item.price is not None else ""
        show(plain(f"{item.provider}:{item.id}  {item.status}  {format_time(item.start)}{length}{price}"))

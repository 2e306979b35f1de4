"""`anyqpu reservations`: list, find, book, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anyqpu.errors import ValidationError
from anyqpu.model.money import Money
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu_cli.clouds import list_from_providers
from anyqpu_cli.costs import confirm_reservation
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import split_device, split_reference
from anyqpu_cli.times import format_duration, format_time, parse_duration, parse_time, rfc3339

if TYPE_CHECKING:
    from anyqpu.core.client import Client


async def list_reservations(setup: Setup, provider: str | None, *, limit: int) -> None:
    """Print the reservations of one provider, or of all."""

    async def query(client: Client) -> list[Reservation]:
        return await client.reservations().collect(limit=limit)

    head = ("RESERVATION", "STATUS", "DEVICE", "START", "LENGTH", "PRICE")
    listing = Listing(setup, head, Reservation.to_dict, _row, right=("PRICE",))
    listing.show(await list_from_providers(setup, provider, query, needs="reservations"))


def _row(item: Reservation) -> tuple[object, ...]:
    start, length = item.start and format_time(item.start), item.duration and format_duration(item.duration)
    return (f"{item.provider}:{item.id}", item.status, item.device_id, start, length, item.price)


async def find_slots(setup: Setup, device: str, *, start: str, duration: str, limit: int) -> None:
    """Print times that can be reserved."""
    provider, id = split_device(device)
    earliest, length = parse_time(start), parse_duration(duration)
    async with setup.connect(provider) as client:
        slots = await client.find_slots(id, start=earliest, duration=length).collect(limit=limit)
    head = ("DEVICE", "START", "FOR --start", "LENGTH", "PRICE")
    Listing(setup, head, AvailableSlot.to_dict, _slot_row, right=("PRICE",)).show(slots)


def _slot_row(slot: AvailableSlot) -> tuple[object, ...]:
    device = f"{slot.provider}:{slot.device_id}"
    return (device, format_time(slot.start), rfc3339(slot.start), format_duration(slot.duration), slot.price)


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
            await confirm_reservation(client, id, begins, ends - begins)
        setup.interrupt_note = f"Stopped while booking: check `anyqpu reservations {provider}`"
        reservation = await client.reserve(id, start=begins, end=ends)
    _print(setup, reservation)


async def cancel(setup: Setup, reference: Sequence[str]) -> None:
    """Cancel a reservation and print it."""
    provider, id = split_reference(reference)
    async with setup.connect(provider) as client:
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

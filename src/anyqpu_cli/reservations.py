"""`anyqpu reservations`: list, find, book, cancel."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from anyqpu.errors import ValidationError
from anyqpu.model.reservation import AvailableSlot, Reservation
from anyqpu_cli import fields
from anyqpu_cli.clouds import ask_for_lists
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import named, split_device
from anyqpu_cli.times import duration_of, spell, time_of, when

if TYPE_CHECKING:
    from anyqpu_cli.setup import Client


async def list_reservations(setup: Setup, provider: str | None, *, limit: int) -> None:
    """Print the reservations of a cloud, or of all."""

    async def question(client: Client) -> list[Reservation]:
        pager: Any = client.reservations()
        found: list[Reservation] = await pager.collect(limit=limit)
        return found

    head = ("RESERVATION", "STATUS", "DEVICE", "START", "LENGTH", "PRICE")
    listing = Listing(setup, head, fields.of_reservation, _row, right=("PRICE",))
    listing.show(await ask_for_lists(setup, provider, question, needs="reservations"))


def _row(each: Reservation) -> tuple[object, ...]:
    start, length = each.start and when(each.start), each.duration and spell(each.duration)
    return (f"{each.provider}:{each.id}", each.status, each.device_id, start, length, each.price)


async def find_slots(setup: Setup, device: str, *, start: str, duration: str, limit: int) -> None:
    """Print times that can be reserved."""
    provider, id = split_device(device)
    earliest, length = time_of(start), duration_of(duration)
    async with setup.connect(provider) as client:
        pager: Any = client.find_slots(id, start=earliest, duration=length)
        found: list[AvailableSlot] = await pager.collect(limit=limit)
    head = ("DEVICE", "START", "FOR --start", "LENGTH", "PRICE")
    Listing(setup, head, fields.of_slot, _slot_row, right=("PRICE",)).show(found)


def _slot_row(slot: AvailableSlot) -> tuple[object, ...]:
    device = f"{slot.provider}:{slot.device_id}"
    return (device, when(slot.start), fields.moment(slot.start), spell(slot.duration), slot.price)


async def book(setup: Setup, device: str, *, start: str, duration: str | None, end: str | None, yes: bool) -> None:
    """Reserve time on a device, once the user agrees, and print the reservation."""
    provider, id = split_device(device)
    if (duration is None) == (end is None):
        raise ValidationError("say how long: give --duration or --end, and not both")
    begins = time_of(start)
    ends = time_of(end) if end is not None else begins + duration_of(duration or "")
    if ends <= begins:
        raise ValidationError(f"the end, {fields.moment(ends)}, is not later than the start, {fields.moment(begins)}")
    async with setup.connect(provider) as client:
        if client.capabilities.reservations and not (yes or setup.emulated):
            _agree(device, begins, ends - begins)
        setup.left_behind = f"Stopped while booking: look at `anyqpu reservations {provider}`"
        booked: Reservation = await client.reserve(id, start=begins, end=ends)
    _print(setup, booked)


def _agree(device: str, start: datetime, length: timedelta) -> None:
    if not sys.stdin.isatty():
        raise ValidationError("a reservation costs money, and there is nobody to ask", hint="Say --yes if you mean it")
    import typer

    typer.confirm(f"Reserve {device} from {when(start)} for {spell(length)}? It costs money", abort=True, err=True)


async def cancel(setup: Setup, words: Sequence[str]) -> None:
    """Give reserved time back and print the reservation."""
    provider, id = named(words)
    async with setup.connect(provider) as client:
        given_back: Reservation = await client.cancel_reservation(id)
    _print(setup, given_back)


def _print(setup: Setup, each: Reservation) -> None:
    if setup.as_json:
        fields.print_json(fields.of_reservation(each))
    elif setup.quiet:
        show(plain(f"{each.provider}:{each.id}"))
    else:
        length = f", {spell(each.duration)}" if each.duration else ""
        price = f", {each.price}" if each.price is not None else ""
        show(plain(f"{each.provider}:{each.id}  {each.status}  {when(each.start)}{length}{price}"))

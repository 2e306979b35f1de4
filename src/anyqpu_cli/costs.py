"""What a submit or a reservation costs, in words, and the questions before them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from anyqpu.errors import AnyQPUError
from anyqpu.model.cost import HOUR, CostEstimate
from anyqpu.model.device import Device
from anyqpu.model.money import Money, Pricing
from anyqpu.model.status import DeviceKind
from anyqpu_cli.consent import confirm
from anyqpu_cli.tables import plain
from anyqpu_cli.times import format_duration, format_time

if TYPE_CHECKING:
    from anyqpu.core.client import Client

UNITS = {"per_hour": "an hour", "per_circuit": "a circuit", "per_shot": "a shot"}
LIMIT_HINT = "Confirm it with --yes, or set a limit with --max-cost"
UNKNOWN_HINT = "Confirm it with --yes; --max-cost does not allow unknown prices"


async def confirm_submit(device: Device, cost: CostEstimate, *, in_session: bool) -> None:
    """Ask before a submit that costs, or may cost; raises what `confirm` raises."""
    facts = submit_facts(device, cost, in_session=in_session)
    if facts is not None:
        hint = UNKNOWN_HINT if cost.minimum is None else LIMIT_HINT
        await confirm(facts, "Submit", hint=hint, otherwise="Nothing was submitted.")


def submit_facts(device: Device, cost: CostEstimate, *, in_session: bool) -> str | None:
    """Return what a job costs, with its minimum; None where it is free, or on a simulator without a price."""
    name = plain(device.target.partition(":")[2])
    prices = device.pricing.prices if device.pricing is not None else {}
    if not prices:
        if device.kind is DeviceKind.SIMULATOR:
            return None
        return f"price unknown for {name}" + (", which is hardware" if device.kind is DeviceKind.QPU else "")
    charged = {unit: price for unit, price in prices.items() if price.amount}
    if not charged:
        return None
    facts = f"{name} costs {' and '.join(f'{price} {UNITS[unit]}' for unit, price in charged.items())}"
    if in_session and set(charged) == {"per_hour"}:
        return f"{facts}, as long as the session is open"
    return f"{facts}; {minimum_in_words(device.pricing, cost)}"


def minimum_in_words(pricing: Pricing | None, cost: CostEstimate) -> str:
    """Return the lowest possible cost of a job, with the length of the session in it."""
    if cost.minimum is None:
        return "the minimum for this job is unknown"
    length = session_length(pricing, cost)
    return f"at least {cost.minimum} for this job" + (f" ({length} of session)" if length else "")


def session_length(pricing: Pricing | None, cost: CostEstimate) -> str | None:
    """Return the length of the session that is part of the lowest possible cost; None without one."""
    hour = pricing.per_hour if pricing is not None else None
    if hour is None or not hour.amount or cost.minimum is None:
        return None
    job = Money.sum((line.amount for line in cost.lines if line.unit != "hour"), hour.currency)
    seconds = (cost.minimum - job).amount / hour.amount * Decimal(HOUR.total_seconds())
    return f"{round(seconds, 3).normalize():f} s" if seconds > 0 else None


async def confirm_reservation(client: Client, device: str, start: datetime, length: timedelta) -> None:
    """Ask before a reservation, unless it is free; raises what `confirm` raises."""
    price = await _reservation_price(client, device, start, length)
    if price is not None and not price.amount:
        return
    when = f"{client.provider}:{plain(device)} from {format_time(start)} for {format_duration(length)}"
    await confirm(
        f"{when} costs {price}" if price is not None else f"price unknown for {when}",
        "Reserve it",
        hint=LIMIT_HINT if price is not None else UNKNOWN_HINT,
        otherwise="Nothing was reserved.",
    )


async def _reservation_price(client: Client, device: str, start: datetime, length: timedelta) -> Money | None:
    """Return the price of a reservation: of the device's time, or else of the free slot; None if it is unknown."""
    try:
        cost = await client.estimate_cost(device, circuits=0, duration=length)
        if cost.total is not None:
            return cost.total
        if client.capabilities.find_slots:
            slot = await client.find_slots(device, start=start, duration=length).first()
            return slot.price if slot is not None and slot.start == start else None
    except AnyQPUError:
        pass  # the reservation itself reports what is wrong
    return None

"""Refuse what may cost more than `max_cost`, before any request that costs.

The client calls these checks between the checks of its arguments and the first upload, session or job. Without a limit
they send nothing; with one they look up the device, which the submit needs in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn, cast

from anyqpu.core.arguments import is_text, shown
from anyqpu.errors import BudgetExceededError, Hint, ValidationError, extended
from anyqpu.model import cost
from anyqpu.model.device import Device
from anyqpu.model.money import Money, Pricing
from anyqpu.model.reservation import AvailableSlot

if TYPE_CHECKING:
    from anyqpu.core.adapter import Adapter, Submission
    from anyqpu.core.context import AnyContext
    from anyqpu.model.cost import CostEstimate

# The command line takes no prices.
WITHOUT_LIMIT = "Leave --max-cost out to confirm it yourself"
PRICES = ("per_hour", "per_circuit", "per_shot")
FORMS = "Pricing({price}=Money('0.01', 'EUR')), or Money(0, 'EUR') for a device that is free"


# Arguments


def checked_limit(max_cost: object, provider: str) -> Money | None:
    """Return `max_cost`; raise `ValidationError` for anything but None or an amount from 0."""
    if max_cost is None:
        return None
    if not isinstance(max_cost, Money):
        problem = f"max_cost is Money, not {shown(max_cost)}"
        hint = Hint("Such as max_cost=Money('5.00', 'EUR')", "Such as --max-cost '5.00 EUR'")
        raise ValidationError(problem, provider=provider, fields=("max_cost",), hint=hint)
    if max_cost.amount < 0:
        problem = f"max_cost cannot be negative: {max_cost}"
        free = "allows only devices that are free"
        hint = Hint(f"Money(0, 'EUR') {free}", f"--max-cost '0 EUR' {free}")
        raise ValidationError(problem, provider=provider, fields=("max_cost",), hint=hint)
    return max_cost


def checked_prices(prices: Mapping[Any, Any], max_cost: Money | None, provider: str) -> dict[str, Pricing]:
    """Return the prices of each device that the user gives; raise `ValidationError` that names the entry."""
    by_device: dict[str, Pricing] = {}
    for device, value in prices.items():
        entry = f"prices[{device!r:.80}]"
        if not is_text(device):
            _refuse(f"invalid {entry}: a device is a text such as 'QPU-GARNET-20PQ'", provider)
        by_device[device] = pricing = _pricing_of(value, entry, provider)
        currencies = sorted({price.currency for price in pricing.prices.values()})
        if len(currencies) > 1:
            _refuse(f"invalid {entry}: the prices are in several currencies: {', '.join(currencies)}", provider)
        is_ours = ":" not in device or device.startswith(f"{provider}:")
        costs = any(price.amount for price in pricing.prices.values())
        if max_cost is not None and is_ours and costs and currencies[0] != max_cost.currency:
            problem = f"{entry} in {currencies[0]} cannot be compared with max_cost in {max_cost.currency}"
            _refuse(problem, provider, "Give both in one currency; amounts are never converted")
    return by_device


def _pricing_of(value: object, entry: str, provider: str) -> Pricing:
    """Return one of the user's prices; `Money` of 0 stands for a device that is free."""
    if isinstance(value, Money):
        if value.amount:
            _refuse(f"invalid {entry}: {value} for what? Give per_hour, per_circuit or per_shot", provider)
        return Pricing(per_hour=value, per_circuit=value, per_shot=value)
    if isinstance(value, Mapping):
        by_name = cast("Mapping[Any, Any]", value)
        if unknown := [name for name in by_name if name not in PRICES]:
            _refuse(f"invalid {entry}: no price is called {shown(unknown[0])}", provider, f"Use {', '.join(PRICES)}")
        pricing: object = Pricing(**by_name)
    else:
        pricing = value
    if not isinstance(pricing, Pricing):
        _refuse(f"invalid {entry}: expected Pricing, a dictionary or Money, not {shown(pricing)}", provider)
    for name in PRICES:
        price: object = getattr(pricing, name)
        if price is not None and not isinstance(price, Money):
            _refuse(f"invalid {entry}: {name} is Money, not {shown(price)}", provider)
        if isinstance(price, Money) and price.amount < 0:
            _refuse(f"invalid {entry}: {name} cannot be negative: {price}", provider)
    if not pricing.prices:
        _refuse(f"invalid {entry}: it has no price", provider)
    return pricing


def _refuse(problem: str, provider: str, hint: str | None = None) -> NoReturn:
    raise ValidationError(
        problem, provider=provider, fields=("prices",), hint=hint or f"Such as {FORMS.format(price='per_shot')}"
    )


# Prices


def pricing_of(context: AnyContext, device: Device) -> Pricing | None:
    """Return the prices of a device: the user's own where there are some, else the published ones, price by price."""
    names = [name for name in (device.id, device.name, device.native_id) if name]
    keys = (*(f"{context.provider}:{name}" for name in names), *names)
    own = next((context.prices[key] for key in keys if key in context.prices), None)
    published = device.pricing
    if own is None or published is None:
        return own or published
    currency = next(iter(own.prices.values())).currency
    # Nothing is nothing in each currency: a published price of 0 stays comparable.
    free = {name: Money(0, currency) for name, price in published.prices.items() if not price.amount}
    changes: dict[str, Any] = {**free, **own.prices}
    return replace(published, **changes)


# Checks


def limit_of(context: AnyContext, max_cost: object = None) -> Money | None:
    """Return the limit of a call: its own, or that of `connect`; raise `ValidationError` for an invalid one."""
    return checked_limit(max_cost, context.provider) or context.max_cost


async def check_submission(adapter: Adapter[Any], submission: Submission) -> None:
    """Raise `BudgetExceededError` for a submit whose lowest possible cost is above the limit, or unknown."""
    program: object = submission.program
    circuits = len(cast("Sequence[object]", program)) if isinstance(program, list | tuple) else 1
    await check_job(
        adapter,
        submission.device,
        max_cost=submission.max_cost,
        # Without a number it is a matter of the program, which takes one at least.
        shots=1 if submission.shots is None else submission.shots,
        circuits=circuits,
        in_session=submission.session is not None,
    )


async def check_job(
    adapter: Adapter[Any],
    device: str | Device,
    *,
    max_cost: object = None,
    shots: int = 0,
    circuits: int = 1,
    all_shots: int | None = None,
    in_session: bool = False,
    name: str = "a job",
) -> None:
    """Raise `BudgetExceededError` for circuits whose lowest possible cost is above the limit, or unknown.

    Args:
        adapter: The provider's operations.
        device: Where they run.
        max_cost: The call's own limit, in place of that of `connect`.
        shots: Shots of each circuit.
        circuits: Number of circuits.
        all_shots: Shots of all circuits, where they differ.
        in_session: Whether they run in a session that is open already.
        name: What the error calls them.
    """
    if (limit := limit_of(adapter.context, max_cost)) is None:
        return
    target = await adapter.target(device)
    estimate = cost.estimate(
        pricing_of(adapter.context, target),
        shots=shots,
        circuits=circuits,
        all_shots=all_shots,
        idle=adapter.idle_limit(target),
        in_session=in_session,
    )
    subject = f"{name} on {_named(target)}"
    check(adapter.context, limit, estimate.minimum, subject=subject, device=target.id, estimate=estimate)


async def check_session(adapter: Adapter[Any], device: str | Device, *, shortest: timedelta | None = None) -> None:
    """Raise `BudgetExceededError` for a session whose lowest possible cost is above the limit, or unknown.

    `shortest` is the shortest time that it lasts; None: that of a session that `submit` opens.
    """
    if (limit := limit_of(adapter.context)) is None:
        return
    target = await adapter.target(device)
    idle = adapter.idle_limit(target) if shortest is None else shortest
    pricing = pricing_of(adapter.context, target)
    estimate = cost.estimate(pricing, circuits=0, idle=idle)
    hint: str = _hint(target.id, "per_hour")
    if pricing is not None and pricing.per_hour is not None:
        zero = f"per_hour=Money(0, {pricing.per_hour.currency!r})"
        python = f"If only its jobs cost, give {zero} to connect: prices={{{target.id!r}: Pricing(...)}}"
        hint = Hint(python, WITHOUT_LIMIT)
    subject = f"a session on {_named(target)}"
    check(adapter.context, limit, estimate.minimum, subject=subject, device=target.id, estimate=estimate, hint=hint)


async def check_window(
    adapter: Adapter[Any], device: str | Device | AvailableSlot, start: datetime, end: datetime
) -> None:
    """Raise `BudgetExceededError` for a reservation whose price is above the limit, or unknown.

    The price is that of the slot, or the price per hour for the length of the window.
    """
    if (limit := limit_of(adapter.context)) is None:
        return
    if isinstance(device, AvailableSlot) and device.price is not None:
        subject = f"a reservation of {device.device_id}"
        check(adapter.context, limit, device.price, subject=subject, device=device.device_id, estimate=None)
        return
    target = await adapter.target(device.device_id if isinstance(device, AvailableSlot) else device)
    pricing = pricing_of(adapter.context, target)
    # Only the time is paid for: other prices say nothing about it.
    hourly = None if pricing is None else replace(pricing, per_circuit=None, per_shot=None)
    estimate = cost.estimate(hourly, circuits=0, duration=end - start)
    hint: str = _hint(target.id, "per_hour")
    if adapter.context.capabilities.find_slots:
        hint = extended(hint, "Or reserve a slot that find_slots returned with its price")
    subject = f"a reservation of {_named(target)}"
    check(adapter.context, limit, estimate.total, subject=subject, device=target.id, estimate=estimate, hint=hint)


def check_unlisted(context: AnyContext, backend: str, name: str) -> None:
    """Raise `BudgetExceededError` for work on something that is not among the devices, such as a backend's name."""
    if (limit := limit_of(context)) is None:
        return
    estimate = cost.estimate(
        pricing_of(context, Device(id=backend, provider=context.provider, name=backend)), circuits=1
    )
    check(context, limit, estimate.minimum, subject=f"{name} on {backend}", device=backend, estimate=estimate)


def check(
    context: AnyContext,
    limit: Money,
    minimum: Money | None,
    *,
    subject: str,
    device: str,
    estimate: CostEstimate | None,
    hint: str | None = None,
) -> None:
    """Raise `BudgetExceededError` if the lowest possible cost is above the limit, or unknown.

    `hint` is that of an unknown price; None: to give a price per shot.
    """
    if minimum is None:
        reason = (estimate and estimate.reason_unknown) or "the provider publishes no price of a session"
        problem = f"the cost of {subject} is unknown, and max_cost is {limit}: {reason}"
        hint = hint or _hint(device, "per_shot")
    elif not minimum.amount:
        # Free, in whichever currency.
        return
    elif minimum.currency != limit.currency:
        problem = f"{subject} costs at least {minimum}, which cannot be compared with max_cost of {limit}"
        rest = f"in {minimum.currency}; amounts are never converted"
        hint = Hint(f"Give max_cost {rest}", f"Give --max-cost {rest}")
    elif minimum <= limit:
        return
    else:
        problem = f"{subject} costs at least {minimum}, more than max_cost of {limit}"
        hint = Hint(
            "Raise max_cost, take a device that costs less, or give the prices of your contract to connect as prices=",
            "Raise --max-cost, or take a device that costs less",
        )
    raise BudgetExceededError(
        problem,
        provider=context.provider,
        hint=hint,
        device=device,
        minimum=minimum,
        max_cost=limit,
        estimate=estimate,
    )


def _hint(device: str, price: str) -> Hint:
    return Hint(
        f"Give its prices to connect: prices={{{device!r}: ...}} with {FORMS.format(price=price)}",
        WITHOUT_LIMIT,
    )


def _named(device: Device) -> str:
    return device.target.partition(":")[2]

"""Prices of whole jobs, and a budget that they are reserved in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from anyqpu.core.arguments import shown
from anyqpu.core.base import context_of
from anyqpu.errors import BudgetExceededError, ConfigError
from anyqpu.model.cost import estimate
from anyqpu.model.money import Money, Pricing

if TYPE_CHECKING:
    from anyqpu.core.client import Client

JobPrice = Money | Pricing | Mapping[str, Money]
"""A price of a device, for `Fleet(prices=...)`: `Money` for each job, or prices as `connect(prices=...)` takes them."""


def checked_budget(budget: object) -> Money | None:
    """Return the budget of a fleet; raise `ConfigError` for anything but an amount from 0."""
    if budget is None or (isinstance(budget, Money) and budget.amount >= 0):
        return budget
    raise ConfigError(
        f"invalid budget: expected an amount from 0, not {shown(budget)}", hint="Such as Money('50', 'EUR')"
    )


def checked_prices(prices: object) -> dict[str, Pricing | Money]:
    """Return the prices of a fleet, by `provider:device` or device; raise `ConfigError` for invalid ones."""
    if not isinstance(prices, Mapping):
        raise ConfigError(f"invalid prices: expected a dictionary by device, not {shown(prices)}")
    checked: dict[str, Pricing | Money] = {}
    for device, value in cast("Mapping[str, Any]", prices).items():
        price: Any = Pricing(**cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else value
        amounts = [price] if isinstance(price, Money) else price.prices.values() if isinstance(price, Pricing) else ()
        if not amounts or any(amount.amount < 0 for amount in amounts):
            hint = "Money('1.20', 'EUR') is the price of a job; Pricing(per_shot=...) has prices of its parts"
            raise ConfigError(f"invalid prices[{device!r:.80}]: {shown(price)}", hint=hint)
        checked[device] = price
    return checked


async def price_of(
    client: Client, device: str, options: Mapping[str, Any], prices: Mapping[str, Pricing | Money]
) -> Money | None:
    """Return what a job costs at least, by the fleet's prices or else by those of the cloud; None if it is unknown."""
    own = prices.get(f"{client.provider}:{device}", prices.get(device))
    shots = options.get("shots", 1)
    if isinstance(own, Money):
        return own
    if own is not None:
        return estimate(own, shots=shots, in_session=True).minimum
    if not client.capabilities.prices and not context_of(client).prices:
        # Without a request, which could not return a price.
        return None
    in_session: Any = options.get("session")
    return (await client.estimate_cost(device, shots=shots, session=in_session)).minimum


def check_price(price: Money | None, budget: Money, device: str) -> Money:
    """Return a price that can be held in a budget; raise `BudgetExceededError` for another one."""
    if price is None:
        raise BudgetExceededError(
            f"the cost of a job on {device} is unknown, and the budget is {budget}",
            device=device,
            max_cost=budget,
            hint=f"Give its price: Fleet(prices={{{device!r}: Money(...)}})",
        )
    if price.amount and price.currency != budget.currency:
        raise BudgetExceededError(
            f"a job on {device} costs {price}, which cannot be compared with the budget of {budget}",
            device=device,
            minimum=price,
            max_cost=budget,
            hint=f"Give the budget in {price.currency}; amounts are never converted",
        )
    return price if price.amount else Money(Decimal(0), budget.currency)

"""Check what is to be planned, and put it into the form of the ledger. Nothing is sent here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from inspect import signature
from typing import TYPE_CHECKING, Any, cast

import anyio.lowlevel

from anyqpu.core.arguments import is_text, shown, unknown_keywords
from anyqpu.core.checks import checked_shots
from anyqpu.errors import BudgetExceededError, ConfigError, ValidationError
from anyqpu.model.cost import estimate
from anyqpu.model.device import Device
from anyqpu.model.money import Money, Pricing
from anyqpu.model.program import MOST_BYTES, Program, ProgramSource, load_programs

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# Programs that are read without a pause for other tasks.
AT_ONCE = 25
# Arguments of `submit` that the fleet gives itself.
OWN = frozenset({"self", "program", "device", "shots", "key", "before_send"})
JobPrice = Money | Pricing | Mapping[str, Money]
"""A price of a device, for `Fleet(prices=...)`: `Money` for each job, or prices as `connect(prices=...)` takes them."""


async def programs_of(sources: Iterable[ProgramSource]) -> list[Program]:
    """Read programs; the same object is read once. Raises `ValidationError` that names the place of a wrong one."""
    programs: list[Program] = []
    read: dict[int, tuple[object, Program]] = {}
    for place, source in enumerate(sources):
        if id(source) not in read:
            try:
                loaded = await load_programs(source)
                if len(loaded) != 1:
                    raise ValidationError("an entry is one program, not a list", fields=("program",))
                if len(loaded[0].text) > MOST_BYTES:
                    raise ValidationError(f"the program has more than {MOST_BYTES} characters", fields=("program",))
            except ValidationError as error:
                error.message = f"programs[{place}]: {error.message}"
                raise
            # The source is kept, so that its identity is not that of another one.
            read[id(source)] = source, loaded[0]
        programs.append(read[id(source)][1])
        if not place % AT_ONCE:
            await anyio.lowlevel.checkpoint()
    return programs


def split_device(device: object, clients: Mapping[str, Client]) -> tuple[str, str]:
    """Return the provider and the identifier of a device, `"provider:device"` or a `Device`."""
    if isinstance(device, Device):
        provider, name = device.provider, device.id
    elif is_text(device):
        provider, _, name = cast("str", device).partition(":")
        if provider not in clients and len(clients) == 1:
            provider, name = next(iter(clients)), cast("str", device)
    else:
        raise ValidationError(f"device is a text such as 'kipu:kipu.sim.qsim', not {shown(device)}", fields=("device",))
    if provider not in clients or not name:
        raise ValidationError(
            f"no cloud of this fleet has the device {shown(device)}",
            fields=("device",),
            hint=f"Give it as PROVIDER:DEVICE; the fleet has {', '.join(clients)}",
        )
    return provider, name


@lru_cache(maxsize=32)
def _keywords(kind: type[Any]) -> tuple[str, ...]:
    return tuple(name for name in signature(kind.submit).parameters if name not in OWN)


def submit_options(client: Client, shots: object, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a submit in JSON types; raise `ValidationError` or `TypeError` for invalid ones."""
    valid = _keywords(type(client))
    if unknown := [name for name in options if name not in valid]:
        raise unknown_keywords(unknown, valid, f"submit of {client.provider}")
    given = {name: value for name, value in options.items() if value is not None}
    if shots is not None:
        given["shots"] = checked_shots(shots, client.provider)
    if isinstance(limit := given.get("max_cost"), Money):
        given["max_cost"] = limit.to_dict()
    if (session := given.get("session")) is not None:
        given["session"] = getattr(session, "id", session)
    try:
        return cast("dict[str, Any]", json.loads(json.dumps(given, allow_nan=False)))
    except (TypeError, ValueError, RecursionError) as error:
        wrong = next((name for name, value in given.items() if not _is_json(value)), "options")
        raise ValidationError(
            f"{wrong} cannot be kept in the ledger: {shown(given.get(wrong))}",
            provider=client.provider,
            fields=(wrong,),
            hint="Give numbers, texts, lists and dictionaries",
        ) from error


def submit_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a submit, from what `submit_options` returned."""
    arguments = dict(options)
    if (limit := arguments.get("max_cost")) is not None:
        arguments["max_cost"] = Money.from_dict(limit)
    return arguments


def _is_json(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


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
    if not client.capabilities.prices and not client.context.prices:
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


def checked_ids(ids: Sequence[str] | None, places: range) -> list[str]:
    """Return the names of entries within their run; raise `ValidationError` for invalid ones."""
    if ids is None:
        return [str(place) for place in places]
    names: list[str] = list(ids) if not isinstance(ids, str) else [ids]
    if len(names) != len(places):
        raise ValidationError(f"there are {len(places)} programs and {len(names)} ids", fields=("ids",))
    if wrong := next((name for name in names if not is_text(name)), None):
        raise ValidationError(f"an id is a text, not {shown(wrong)}", fields=("ids",))
    if len(set(names)) != len(names):
        repeated = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValidationError(f"the id {shown(repeated)} is there twice", fields=("ids",))
    return names

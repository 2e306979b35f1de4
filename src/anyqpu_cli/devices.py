"""`anyqpu devices` and `anyqpu providers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio

from anyqpu import config
from anyqpu.connecting import PROVIDERS
from anyqpu.core.registry import provider_spec
from anyqpu.errors import AnyQPUError
from anyqpu.model.device import Device
from anyqpu.model.money import Pricing
from anyqpu_cli import fields
from anyqpu_cli.clouds import ask_for_lists
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import table

if TYPE_CHECKING:
    from anyqpu_cli.setup import Client

# Scaleway's list has all there is to say; the others say more of one device than in their lists.
WHOLE_LISTS = {"scaleway"}
AT_A_TIME = 8


async def list_devices(setup: Setup, provider: str | None, *, fast: bool) -> None:
    """Print the devices of a cloud, or of all."""

    async def question(client: Client) -> list[Device]:
        found = await client.devices().collect()
        return found if fast or client.provider in WHOLE_LISTS else await _in_full(client, found)

    head = ("DEVICE", "STATUS", "KIND", "QUBITS", "QUEUE", "PRICE", "NAME")
    listing = Listing(setup, head, fields.of_device, _row, right=("QUBITS", "QUEUE"))
    listing.show(await ask_for_lists(setup, provider, question))


def _row(device: Device) -> tuple[object, ...]:
    state, price = (device.status, device.kind, device.num_qubits, device.queue_depth), price_of(device.pricing)
    return (fields.target_of(device), *state, price, device.name)


async def _in_full(client: Client, listed: list[Device]) -> list[Device]:
    whole = list(listed)
    few = anyio.CapacityLimiter(AT_A_TIME)

    async def look(place: int, id: str) -> None:
        async with few:
            try:
                whole[place] = await client.device(id)
            except AnyQPUError:
                return  # what the list says of it stands

    async with anyio.create_task_group() as group:
        for place, device in enumerate(listed):
            group.start_soon(look, place, device.id)
    return whole


def price_of(pricing: Pricing | None) -> str | None:
    """Prices in one line; `free` where all that are said are zero. None: the cloud says none."""
    if pricing is None:
        return None
    said = {"h": pricing.per_hour, "circuit": pricing.per_circuit, "shot": pricing.per_shot}
    known = {unit: price for unit, price in said.items() if price is not None}
    if not known:
        return pricing.model
    return ", ".join(f"{price}/{unit}" for unit, price in known.items() if price.amount) or "free"


async def list_providers(setup: Setup) -> None:
    """Print the clouds, where their credentials come from, and what they have."""
    found = [_provider(setup, name) for name in PROVIDERS]
    if setup.as_json:
        fields.print_json(found)
        return
    rows = [(each["provider"], each["credentials"] or "none", ", ".join(each["capabilities"])) for each in found]
    show(table(("CLOUD", "CREDENTIALS", "HAS"), rows), coloured=True)


def _provider(setup: Setup, name: str) -> dict[str, Any]:

    capabilities = provider_spec(name).current_capabilities()
    return {
        "provider": name,
        "credentials": "an emulator" if setup.emulated else credentials_origin(name, setup.profile),
        "capabilities": list(capabilities.names()),
        "instead": dict(capabilities.instead),
    }


def credentials_origin(provider: str, profile: str | None) -> str | None:
    """Where the credentials of a cloud come from; None if there are none."""
    try:
        settings = config.resolve(provider, {}, profile=profile)
    except AnyQPUError as error:
        return f"unusable: {error.message}"
    if not config.has_credentials(settings):
        return None
    secret = ("token", "secret_key", "access_token", "password", "refresh_token", "client_secret")
    return next((origin for name in secret if (origin := settings.origin(name))), None)

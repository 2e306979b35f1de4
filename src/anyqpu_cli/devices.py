"""`anyqpu devices` and `anyqpu providers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio

from anyqpu import config
from anyqpu.core.registry import provider_spec
from anyqpu.errors import AnyQPUError
from anyqpu.model.device import Device
from anyqpu.model.money import Pricing
from anyqpu_cli.clouds import list_from_providers
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import table
from anyqpu_cli.target import provider_names
from anyqpu_cli.words import hint_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client

CONCURRENT_REQUESTS = 8


async def list_devices(setup: Setup, provider: str | None, *, fast: bool) -> None:
    """Print the devices of one provider, or of all."""

    async def query(client: Client) -> list[Device]:
        devices = await client.devices().collect()
        return devices if fast or client.spec.has_complete_device_list else await _with_details(client, devices)

    head = ("DEVICE", "STATUS", "KIND", "QUBITS", "QUEUE", "PRICE", "NAME")
    listing = Listing(setup, head, Device.to_dict, _row, right=("QUBITS", "QUEUE"))
    listing.show(await list_from_providers(setup, provider, query))


def _row(device: Device) -> tuple[object, ...]:
    state, price = (device.status, device.kind, device.num_qubits, device.queue_depth), format_price(device.pricing)
    return (device.target, *state, price, device.name)


async def _with_details(client: Client, listed: list[Device]) -> list[Device]:
    devices = list(listed)
    limiter = anyio.CapacityLimiter(CONCURRENT_REQUESTS)

    async def fetch(place: int, id: str) -> None:
        async with limiter:
            try:
                devices[place] = await client.device(id)
            except AnyQPUError:
                return  # the entry of the list stays

    async with anyio.create_task_group() as group:
        for place, device in enumerate(listed):
            group.start_soon(fetch, place, device.id)
    return devices


def format_price(pricing: Pricing | None) -> str | None:
    """Return prices in one line; `free` where all are zero, None where the provider publishes none."""
    if pricing is None:
        return None
    prices = {"h": pricing.per_hour, "circuit": pricing.per_circuit, "shot": pricing.per_shot}
    published = {unit: price for unit, price in prices.items() if price is not None}
    if not published:
        return pricing.model
    return ", ".join(f"{price}/{unit}" for unit, price in published.items() if price.amount) or "free"


async def list_providers(setup: Setup) -> None:
    """Print the providers, where their credentials come from, and their capabilities."""
    providers = [describe_provider(setup, name) for name in provider_names()]
    if setup.as_json:
        show_json(providers)
        return
    rows = [
        (entry["provider"], entry["credentials"] or "none", ", ".join(entry["capabilities"])) for entry in providers
    ]
    show(table(("PROVIDER", "CREDENTIALS", "CAPABILITIES"), rows), coloured=True)


def describe_provider(setup: Setup, name: str) -> dict[str, Any]:
    """Return what `anyqpu providers --json` prints for a provider."""
    capabilities = provider_spec(name).current_capabilities()
    return {
        "provider": name,
        "credentials": "an emulator" if setup.emulated else credentials_origin(name, setup.profile),
        "capabilities": list(capabilities.names()),
        "instead": {name: hint_text(hint) for name, hint in capabilities.instead.items()},
    }


def credentials_origin(provider: str, profile: str | None) -> str | None:
    """Return where a provider's credentials come from; None without any."""
    try:
        settings = config.resolve(provider, {}, profile=profile)
    except AnyQPUError as error:
        return f"unusable: {error.message}"
    if not config.has_credentials(settings):
        return None
    secret = ("token", "secret_key", "access_token", "password", "refresh_token", "client_secret")
    return next((origin for name in secret if (origin := settings.origin(name))), None)

"""`anyqpu devices` and `anyqpu providers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import anyio

from anyqpu import config
from anyqpu.core.registry import provider_spec
from anyqpu.errors import AnyQPUError
from anyqpu.model.device import Device
from anyqpu.model.money import Pricing
from anyqpu_cli.clouds import list_from_providers
from anyqpu_cli.columns import Column
from anyqpu_cli.listing import Listing
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import provider_names
from anyqpu_cli.words import hint_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client

CONCURRENT_REQUESTS = 8


COLUMNS: Sequence[Column[Device]] = (
    Column(name="DEVICE", value=lambda device: device.target),
    Column(name="STATUS", value=lambda device: device.status, rank=1),
    Column(name="KIND", value=lambda device: device.kind, rank=5),
    Column(name="QUBITS", value=lambda device: device.num_qubits, right=True, rank=3),
    Column(name="QUEUE", value=lambda device: device.queue_depth, right=True, rank=4),
    Column(name="PRICE", value=lambda device: format_price(device.pricing), rank=2),
    Column(name="NAME", value=lambda device: device.name, rank=6, least=10),
    Column(name="VENDOR", value=lambda device: device.vendor, rank=7, is_extra=True),
    Column(name="TECHNOLOGY", value=lambda device: device.technology, rank=7, is_extra=True),
    Column(name="SHOTS", value=lambda device: device.shots_max, right=True, rank=7, is_extra=True),
    Column(name="FORMATS", value=lambda device: ", ".join(device.formats), rank=7, least=12, is_extra=True),
    Column(name="ID", value=lambda device: device.id, rank=7, is_extra=True),
)


async def list_devices(setup: Setup, provider: str | None, *, fast: bool, columns: str | None = None) -> None:
    """Print the devices of one provider, or of all."""

    async def query(client: Client) -> list[Device]:
        devices = await client.devices().collect()
        return devices if fast or client.spec.has_complete_device_list else await _with_details(client, devices)

    listing = Listing(setup, COLUMNS, Device.to_dict, names=columns)
    listing.show(await list_from_providers(setup, provider, query))


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


PROVIDER_COLUMNS: Sequence[Column[dict[str, Any]]] = (
    Column(name="PROVIDER", value=lambda entry: entry["provider"]),
    Column(name="CREDENTIALS", value=lambda entry: entry["credentials"] or "none", rank=1, least=16),
    Column(name="CAPABILITIES", value=lambda entry: ", ".join(entry["capabilities"]), rank=2, least=16),
)


async def list_providers(setup: Setup, *, columns: str | None = None) -> None:
    """Print the providers, where their credentials come from, and their capabilities."""
    listing = Listing(setup, PROVIDER_COLUMNS, dict[str, Any], names=columns)
    listing.show([describe_provider(setup, name) for name in provider_names()])


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

"""The parts behind a client, for the few tests that are about them: the only place that knows where they are."""

from __future__ import annotations

from typing import Any

from anyqpu import Client
from anyqpu.core.context import AnyContext
from anyqpu.transport.client import Transport


def context_of(client: Client) -> AnyContext:
    """Return what the parts of a client share."""
    return client._context


def adapter_of(client: Client) -> Any:
    """Return the operations of the provider behind the common verbs."""
    return client._adapter


def transport_of(client: Client) -> Transport:
    """Return what sends a client's requests."""
    return client._context.transport


def config_of(client: Client) -> Any:
    """Return what a client's transport was made with."""
    return transport_of(client)._config

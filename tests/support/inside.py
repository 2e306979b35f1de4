"""Private parts of clients and the emulator, for the few tests about them: the only module that reads private names."""

from __future__ import annotations

from typing import Any

from anyqpu import Client
from anyqpu.core.context import AnyContext
from anyqpu.transport.client import Transport
from anyqpu_emulator import Emulator, page
from anyqpu_emulator.engines import qpy


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


def token_of(auth: Any) -> Any:
    """Return the token that an authentication by OAuth holds."""
    return auth._tokens._token


def flights_of(cache: Any) -> Any:
    """Return the requests of a cache that are under way."""
    return cache._flights


def executions_of(emulator: Emulator) -> Any:
    """Return the executions of the emulated Rigetti."""
    cloud: Any = next(cloud for cloud in emulator.clouds if cloud.name == "rigetti")
    return cloud._executions


def connection_of(emulator: Emulator) -> Any:
    """Return the connection to the SQLite file of an emulator's state."""
    persistence: Any = emulator._persistence
    return persistence._file._connection


def forget_page() -> None:
    """Make the emulator read its page again."""
    page._content.cache_clear()


def most_qpy_bytes() -> int:
    """Return the size of the largest circuit in QPY that the emulator reads."""
    return qpy._MOST_BYTES

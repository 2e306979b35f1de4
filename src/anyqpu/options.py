"""The options of `connect`, typed per cloud."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from anyqpu.core.submit import Search
    from anyqpu.model.money import DevicePrices, Money
    from anyqpu.model.polling import PollPolicy
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import Limits, TransportChoice
    from anyqpu.transport.retry import RetryPolicy
    from anyqpu.transport.timeouts import Timeouts

TokenProvider = Callable[[], Awaitable[str]]


class Options(TypedDict, total=False):
    """Options of every cloud's client. Their meaning is in the docstring of `connect`."""

    profile: str | None
    base_url: str | None
    emulator: bool | str | None
    retry: RetryPolicy
    limits: Limits
    timeout: float | Timeouts
    transport: TransportChoice
    verify: str | Path | SSLContext | None
    proxy: str | None
    http2: bool
    hooks: Hooks
    poll: PollPolicy
    search: Search
    max_cost: Money | None
    prices: Mapping[str, DevicePrices] | None
    token_cache: bool | str | Path
    auth_url: str


class ScalewayOptions(Options, total=False):
    """Credentials for Scaleway."""

    secret_key: str
    project_id: str
    access_key: str
    organization_id: str


class KipuOptions(Options, total=False):
    """Credentials for Kipu: a personal access token, or a user; and the organization to act for."""

    token: str
    organization_id: str
    username: str
    password: str
    client_id: str


class PasqalOptions(Options, total=False):
    """Credentials for Pasqal: a user, a token, or a function that returns one."""

    username: str
    password: str
    token: str | TokenProvider
    project_id: str
    region: Literal["fr", "sa"]


class RigettiOptions(Options, total=False):
    """Credentials for Rigetti: tokens, or those of a client application; and the account to act for."""

    access_token: str
    refresh_token: str
    client_id: str
    client_secret: str
    account_id: str
    account_type: Literal["user", "group"]
    grpc_api_url: str

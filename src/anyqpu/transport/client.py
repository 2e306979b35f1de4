"""From a generated request to its parsed response: base URL, credentials, errors."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import anyio.lowlevel
from anyqpu_raw._core import Operation, Request, Response, ResponseError

from anyqpu._version import __version__
from anyqpu.errors import AnyQPUError, ClientStateError, ConfigError, UnexpectedResponseError
from anyqpu.transport.auth import Auth
from anyqpu.transport.failures import error_of, read_body
from anyqpu.transport.http import Http

T = TypeVar("T")

USER_AGENT = f"anyqpu/{__version__}"
DEFAULT_TIMEOUT = 30.0


class Transport:
    """Sends the requests of one client of one cloud."""

    def __init__(
        self,
        provider: str,
        base_url: str,
        *,
        auth: Auth | None,
        http: Http,
        other_bases: Mapping[str, str] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        if not timeout > 0:
            raise ConfigError(f"timeout is in seconds and more than 0, not {timeout!r}")
        self._provider = provider
        self._bases = {None: _checked(base_url)} | {name: _checked(url) for name, url in (other_bases or {}).items()}
        self._auth = auth
        self._http = http
        self._timeout = timeout
        self._loop: object = None
        self._closed = False

    async def call(self, operation: Operation, request: Request, parse: Callable[[Response], T], /) -> T:
        """The parsed response of a success; raises an `AnyQPUError` for everything else."""
        self._guard()
        headers = {"Accept": "application/json", "User-Agent": USER_AGENT}
        if self._auth is not None and operation.auth:
            headers |= await self._auth.headers()
        # Last: a call may name another organization or account than the client does.
        headers |= request.headers
        try:
            response = await self._http.send(
                request.method,
                self._url(operation, request),
                headers=headers,
                content=request.content,
                timeout=self._timeout,
            )
        except AnyQPUError as error:
            error.provider, error.operation = self._provider, operation.id
            raise
        if response.status_code >= 300:
            raise error_of(response, provider=self._provider, operation=operation.id)
        try:
            return parse(response)
        except ResponseError as error:
            raise UnexpectedResponseError(
                error.reason,
                provider=self._provider,
                operation=operation.id,
                status_code=response.status_code,
                body=read_body(response.content),
                hint="The cloud's API may have changed: report it with the version of anyqpu",
            ) from error

    async def aclose(self) -> None:
        """Close the connections; may be called again."""
        if not self._closed:
            self._closed = True
            await self._http.aclose()

    def _url(self, operation: Operation, request: Request) -> str:
        query = f"?{urlencode(request.query)}" if request.query else ""
        return f"{self._bases[operation.base]}{request.path}{query}"

    def _guard(self) -> None:
        if self._closed:
            raise ClientStateError(
                "the client is closed", provider=self._provider, hint="Use it inside its `async with`"
            )
        loop = anyio.lowlevel.current_token()
        if self._loop is None:
            self._loop = loop
        elif self._loop != loop:
            raise ClientStateError(
                "the client belongs to another event loop", provider=self._provider, hint="Make one client per loop"
            )


def _checked(base_url: str) -> str:
    """A base URL without its last slash; raises `ConfigError` for one that would show credentials on the wire."""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"base URL {base_url!r} is no address", hint="It looks like https://api.example.com")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("a base URL holds no credentials, query or fragment")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigError(
            f"base URL {base_url!r} is not encrypted", hint="Use https; http is for this machine only (127.0.0.1)"
        )
    return base_url.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

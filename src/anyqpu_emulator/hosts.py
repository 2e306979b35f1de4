"""Checks of Host and Origin headers, so that web pages of other sites cannot reach an emulator.

A page at `evil.example` can let its own name resolve to 127.0.0.1 (DNS rebinding). Its requests then reach a server on
this machine, and the browser lets the page read the responses. Their Host header still has the page's name, which is
refused.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HEALTH = "/_control/health"
"""Served under any host name: orchestrators probe it by other addresses, and it reveals nothing."""


def host_name(value: str) -> str:
    """The name or address of a Host header, without port and brackets, in lower case. Takes a bare `::1` too."""
    name = value.strip().lower()
    if name.count(":") > 1 and not name.startswith("["):
        return name
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


def is_loopback(name: str) -> bool:
    """Whether a name or address can only mean this machine: `localhost`, below it, 127.0.0.0/8 or `::1`."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_allowed(name: str, allowed: Collection[str]) -> bool:
    """Whether a name or address is loopback or among those allowed: a name, `*.name` for those below it, or `*`."""
    if is_loopback(name) or name in allowed or "*" in allowed:
        return True
    return any(pattern.startswith("*.") and name.endswith(pattern[1:]) for pattern in allowed)


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an Origin header names the server that a Host header does."""
    try:
        parts = urlsplit(origin.strip().lower())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == host.strip().lower()


class HostGuard:
    """Refuse requests under names of other machines.

    It stands before the application in a server, not in it: only a socket can be reached by a web page. A client in the
    same process calls the application itself, under any base URL that a test chooses.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        """`allowed` are the accepted names and addresses besides loopback; it may change."""
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it with a 421."""
        if scope["type"] == "http" and scope["path"] != HEALTH:
            host = Headers(scope=scope).get("host", "")
            if not is_allowed(host_name(host), self._allowed):
                await _refusal(host)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(host: str) -> PlainTextResponse:
    name = host_name(host)[:200]
    start = f"start it with --allow-host {name}, or " if name else ""
    text = (f"the emulator refuses the host {host[:200]!r}: {start}send requests to 127.0.0.1 or localhost\n").encode(
        "ascii", "backslashreplace"
    )
    headers = {"connection": "close", "cache-control": "no-store", "x-content-type-options": "nosniff"}
    return PlainTextResponse(text, 421, headers)

"""Asking a token endpoint, over the client's own connections. Never tried again: a password may be counted."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from anyqpu.transport.http import HiddenBytes, HiddenHeaders, Http, HttpResponse
from anyqpu.transport.secret import Secret
from anyqpu.transport.timeouts import Timeouts

TIMEOUTS = Timeouts()


class FormPoster:
    """Posts a form."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def __call__(
        self, url: str, fields: Mapping[str, str], *, basic: tuple[str, Secret] | None = None
    ) -> HttpResponse:
        """Return the response, whatever its status; raises a `TransportError` without one."""
        headers = HiddenHeaders({"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"})
        if basic is not None:
            headers["Authorization"] = _basic(*basic)
        content = HiddenBytes(urlencode(fields).encode())
        return await self._http.send("POST", url, headers=headers, content=content, timeouts=TIMEOUTS)


class JsonGetter:
    """Gets a public document."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def __call__(self, url: str) -> HttpResponse:
        """Return the response, whatever its status; raises a `TransportError` without one."""
        headers = HiddenHeaders({"Accept": "application/json"})
        return await self._http.send("GET", url, headers=headers, content=None, timeouts=TIMEOUTS)


def _basic(user: str, secret: Secret) -> str:
    # RFC 6749, section 2.3.1: both are form-encoded before they are put together.
    pair = f"{quote(user, safe='')}:{quote(secret.reveal(), safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"

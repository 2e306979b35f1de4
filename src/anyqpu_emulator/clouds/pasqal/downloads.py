"""Results behind links that carry their own permission, as an object store signs them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.house import House

LINK_SECONDS = 3600
PATH = "/_downloads"
Source = Callable[[str], bytes | None]


class Downloads:
    """Makes links and serves what is behind them."""

    def __init__(self, house: House, prefix: str) -> None:
        """`prefix` is the cloud's path; links lead below it."""
        self._house = house
        self._prefix = prefix
        self._key = secrets.token_bytes(32)
        self._sources: dict[str, bytes] = {}

    def link(self, request: Request, name: str, content: bytes) -> str:
        """A link to a result, valid for an hour, on the host that the request was sent to."""
        self._sources[name] = content
        expires = int(self._house.clock.wall()) + LINK_SECONDS
        query = urlencode({"X-Amz-Expires": expires, "X-Amz-Signature": self._sign(name, str(expires))})
        base = str(request.base_url).rstrip("/")
        return f"{base}{self._prefix}{PATH}/{name}?{query}"

    def routes(self) -> list[BaseRoute]:
        """One route, outside the API."""
        return [Route(f"{PATH}/{{name}}", self._serve, methods=["GET"])]

    async def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        expires = request.query_params.get("X-Amz-Expires", "")
        signature = request.query_params.get("X-Amz-Signature", "")
        if "authorization" in request.headers:
            return _refuse(400, "InvalidArgument", "Only one auth mechanism allowed; send no Authorization header")
        if not hmac.compare_digest(signature.encode(), self._sign(name, expires).encode()):
            return _refuse(403, "SignatureDoesNotMatch", "The signature of the link is not right")
        if self._house.clock.wall() >= int(expires):
            return _refuse(403, "AccessDenied", "Request has expired")
        return Response(self._sources[name], media_type="application/json")

    def _sign(self, name: str, expires: str) -> str:
        return hmac.new(self._key, f"{name}\n{expires}".encode(), hashlib.sha256).hexdigest()


def _refuse(status: int, code: str, message: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return Response(body, status, media_type="application/xml")

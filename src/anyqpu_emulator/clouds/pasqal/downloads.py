"""Results behind links that carry their own permission, as an object store signs them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.context import AppContext

LINK_SECONDS = 3600
PATH = "/_downloads"
Source = Callable[[str], bytes | None]


class Downloads:
    """Make signed links to results, and serve the results."""

    def __init__(self, context: AppContext, prefix: str) -> None:
        """`prefix` is the cloud's path; links lead below it."""
        self._context = context
        self._prefix = prefix
        self._key = context.persistence.value("pasqal.links", lambda: secrets.token_bytes(32))
        self._sources: list[Source] = []

    def source(self, find: Source) -> None:
        """Add a function that finds results by the names in links."""
        self._sources.append(find)

    def link(self, request: Request, name: str) -> str:
        """A link to a result, valid for an hour, on the host that the request was sent to."""
        expires = int(self._context.clock.wall()) + LINK_SECONDS
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
            return refuse(400, "InvalidArgument", "Only one auth mechanism allowed; send no Authorization header")
        if not hmac.compare_digest(signature.encode(), self._sign(name, expires).encode()):
            return refuse(403, "SignatureDoesNotMatch", "The signature of the link is not right")
        if self._context.clock.wall() >= int(expires):
            return refuse(403, "AccessDenied", "Request has expired")
        for find in self._sources:
            content = find(name)
            if content is not None:
                return Response(content, media_type="application/json")
        return refuse(404, "NoSuchKey", "The specified key does not exist")

    def _sign(self, name: str, expires: str) -> str:
        return hmac.new(self._key, f"{name}\n{expires}".encode(), hashlib.sha256).hexdigest()


def refuse(status: int, code: str, message: str) -> Response:
    """An error of an object store."""
    error = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{error}'
    return Response(body, status, media_type="application/xml")

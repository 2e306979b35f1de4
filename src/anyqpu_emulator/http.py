"""HTTP for all clouds: request ids, limits, JSON, and problem details (RFC 7807)."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NoReturn, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from anyqpu_emulator.shapes import is_list, is_object

from .bodies import MAX_BODY, Bodies, BodyError

__all__ = [
    "MAX_BODY",
    "MAX_HEADERS",
    "MAX_TARGET",
    "ConnectionDroppedError",
    "Frame",
    "ProblemError",
    "json_response",
    "read_object",
    "strict_json",
]

_log = logging.getLogger("anyqpu_emulator")
Refuse: TypeAlias = Callable[[Scope, int, str, Mapping[str, str]], Response]

MAX_TARGET = 16 * 1024
"""Bytes of a request's path and query."""
MAX_HEADERS = 32 * 1024
"""Bytes of a request's headers, names and values."""
MAX_DEPTH = 200
"""Levels of lists and objects in JSON. State files are written by functions that call themselves for each."""
MAX_CONTAINERS = 1_000_000
"""Lists and objects in JSON: each takes many times its two characters."""
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class ProblemError(Exception):
    """An error response, in the form of RFC 7807."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        """`detail` is what is wrong, where, and what is expected."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self, path: str) -> Response:
        """Return the response; `path` becomes its `instance`."""
        body = {
            "type": "about:blank",
            "title": phrase_of(self.status),
            "status": self.status,
            "detail": self.detail,
            "instance": path,
        }
        return json_response(body, self.status, media_type="application/problem+json", headers=self.headers)


def phrase_of(status: int) -> str:
    """The name of a status; "Unknown Status" for a number that has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown Status"


class ConnectionDroppedError(ConnectionResetError):
    """The connection must be closed now. In-process, the caller gets this error."""


def json_response(
    body: Any,
    status: int = 200,
    *,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """JSON in pure ASCII: a lone surrogate that a client sent must not break a response that echoes it."""
    return Response(json.dumps(body, separators=(",", ":")), status, headers, media_type)


async def read_object(request: Request) -> dict[str, Any]:
    """Return the request's body, a JSON object. Raises a 400 for anything else."""
    text = await request.body()
    if not text:
        raise ProblemError(400, "the request has no body; send a JSON object")
    try:
        body = strict_json(text)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, f"the body is not JSON: {error}") from None
    if not is_object(body):
        raise ProblemError(400, f"the body should be a JSON object, not {type(body).__name__}")
    return body


def strict_json(text: bytes) -> Any:
    """Parse JSON. Raises ValueError or RecursionError for invalid JSON, and above the limits of its structure."""
    brackets = text.count(b"[") + text.count(b"{")
    # Programs have brackets too: only those outside of strings count.
    if brackets > MAX_CONTAINERS:
        outside = _STRING.sub(b"", text)
        if outside.count(b"[") + outside.count(b"{") > MAX_CONTAINERS:
            raise ValueError(f"there are more than {MAX_CONTAINERS} lists and objects")
    value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    if brackets > MAX_DEPTH:
        _check_depth(value)
    return value


def _check_depth(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        inner = (
            container.values() if is_object(container) else container
            for container in level
            if is_object(container) or is_list(container)
        )
        level = [item for items in inner for item in items if is_object(item) or is_list(item)]
        if not level:
            return
    raise ValueError(f"lists and objects are nested more than {MAX_DEPTH} levels deep")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large for a number")
    return value


class Frame:
    """The outermost layer: nothing that happens inside reaches the server as an exception.

    Gives every response an `x-request-id` (the client's own if it sent one), bounds requests, unpacks gzip and deflate
    bodies, and turns errors into responses.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse | None = None) -> None:
        """Wrap an application. `refuse` makes error responses, from scope, status, message and headers."""
        self._app = app
        self._refuse = refuse or _problem
        self._bodies = Bodies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sent_id = headers.get("x-request-id", "")
        request_id = sent_id if _SANE_REQUEST_ID.fullmatch(sent_id) else str(uuid.uuid4())
        started = False

        async def labelled(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            _check_head(scope)
            async with self._bodies.read(scope, headers, receive) as whole:
                await self._app(scope, whole, labelled)
        except ClientDisconnect:
            return
        except ConnectionDroppedError:
            raise
        except (ProblemError, BodyError) as problem:
            refused = self._refuse(scope, problem.status, problem.detail, problem.headers)
            await refused(scope, receive, labelled)
        except Exception:
            _log.exception("unexpected error in %s %s", scope["method"], scope["path"])
            if started:
                raise
            failure = ProblemError(500, "the emulator failed; its log has the traceback")
            await failure.response(scope["path"])(scope, receive, labelled)


def _check_head(scope: Scope) -> None:
    size = len(scope.get("raw_path") or scope["path"]) + len(scope.get("query_string", b""))
    if size > MAX_TARGET:
        raise ProblemError(414, f"path and query are longer than {MAX_TARGET} bytes")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
        raise ProblemError(431, f"the headers are longer than {MAX_HEADERS} bytes")


def _problem(scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
    return ProblemError(status, message, headers=headers).response(scope["path"][:MAX_TARGET])

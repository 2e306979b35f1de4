"""What all clouds share of HTTP: request ids, compressed bodies, JSON in and out, problems (RFC 7807)."""

from __future__ import annotations

import json
import logging
import re
import uuid
import zlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from anyqpu_emulator.shapes import is_object

_log = logging.getLogger("anyqpu_emulator")

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a request's body after decompression."""
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class ProblemError(Exception):
    """An answer that is an error, in the form of RFC 7807."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        """`detail` says what is wrong, where, and what would be right."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self, path: str) -> Response:
        """The answer itself; `path` becomes its `instance`."""
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
    """The connection is to be closed here, whatever was sent so far. In-process it reaches the caller as it is."""


def json_response(
    body: Any,
    status: int = 200,
    *,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """JSON in pure ASCII: a lone surrogate that a client sent must not break the answer that echoes it."""
    return Response(json.dumps(body, separators=(",", ":")), status, headers, media_type)


async def read_object(request: Request) -> dict[str, Any]:
    """The request's body, a JSON object; anything else is a 400 that says why."""
    text = await request.body()
    if not text:
        raise ProblemError(400, "the request has no body; a JSON object is wanted")
    try:
        body = strict_json(text)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, f"the body is not JSON: {error}") from None
    if not is_object(body):
        raise ProblemError(400, f"the body should be a JSON object, not {type(body).__name__}")
    return body


def strict_json(text: bytes) -> Any:
    """What a text says; a `ValueError` or `RecursionError` where it is not JSON, or has numbers that are none."""
    return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large for a number")
    return value


class Frame:
    """The outermost layer: nothing that happens inside reaches the server as an exception.

    Gives every response an `x-request-id` (the client's own if it sent one), unpacks gzip and deflate bodies,
    and turns errors into problems.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _SANE_REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        started = False

        async def labelled(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            encoding = headers.get("content-encoding", "identity").strip().lower()
            if encoding != "identity":
                receive = await _unpacked(encoding, receive)
            await self._app(scope, receive, labelled)
        except ClientDisconnect:
            return
        except ConnectionDroppedError:
            raise
        except ProblemError as problem:
            await problem.response(scope["path"])(scope, receive, labelled)
        except Exception:
            _log.exception("unexpected error in %s %s", scope["method"], scope["path"])
            if started:
                raise
            failure = ProblemError(500, "the emulator failed; its log has the traceback")
            await failure.response(scope["path"])(scope, receive, labelled)


async def _unpacked(encoding: str, receive: Receive) -> Receive:
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ProblemError(415, f"content-encoding {encoding!r} is not supported; gzip and deflate are")
    # 32 added: zlib and gzip headers are told apart by zlib itself.
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    body = bytearray()
    problem: ProblemError | None = None
    more = True
    # Read to the end whatever happens: who sends in-process wants its stream exhausted.
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        more = message.get("more_body", False)
        if problem is not None:
            continue
        try:
            body += unpack.decompress(message.get("body", b""), MAX_BODY + 1 - len(body))
        except zlib.error as error:
            problem = ProblemError(400, f"the body is not {encoding}: {error}")
        if len(body) > MAX_BODY:
            problem = ProblemError(413, f"the body is longer than {MAX_BODY} bytes")
    if problem is None and body and not unpack.eof:
        problem = ProblemError(400, f"the {encoding} body is cut off")
    if problem is not None:
        raise problem
    whole: Message = {"type": "http.request", "body": bytes(body), "more_body": False}
    waiting = [whole]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay

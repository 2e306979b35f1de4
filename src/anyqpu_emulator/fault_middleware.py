"""Applies faults to requests: between the server and the clouds, for all of them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping

import anyio
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import operations
from .clock import VirtualClock
from .error_responses import ErrorFormat
from .faults import Fault
from .grpc_wire import GrpcError, code_of
from .http import ConnectionDroppedError, json_response
from .injection import Faults, Postponed, Target
from .oauth import oauth_error
from .request_log import Entry, RequestLog
from .rewriting import BODILESS, HeldResponse, rewrite


class FaultMiddleware:
    """Record each request to a cloud in the request_log, and apply the faults that hit it."""

    def __init__(
        self,
        app: ASGIApp,
        faults: Faults,
        clock: VirtualClock,
        request_log: RequestLog,
        cloud: Callable[[str], ErrorFormat],
    ) -> None:
        """`cloud` finds one by its name."""
        self._app = app
        self._faults = faults
        self._clock = clock
        self._request_log = request_log
        self._cloud = cloud

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            await self._handle_postponed()
        cloud = operations.cloud_of(scope["path"]) if scope["type"] == "http" else None
        if cloud is None:
            await self._app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        target = Target(cloud, method, path, operations.find(method, path))
        number, at, begun, status = self._request_log.next_number(), self._clock.wall(), time.perf_counter(), None
        grpc_status: str | None = None

        async def noted(message: Message) -> None:
            nonlocal status, grpc_status
            if message["type"] == "http.response.start":
                status = message["status"]
                grpc_status = code_of(message.get("headers", ()))
            await send(message)

        try:
            with self._faults.during(target):
                await self._serve(target, scope, receive, noted)
        finally:
            name = target.operation.name if target.operation else None
            took = (time.perf_counter() - begun) * 1000
            marks = tuple(target.marks)
            self._request_log.add(Entry(number, at, cloud, method, path, name, status, took, marks, grpc_status))

    async def _serve(self, target: Target, scope: Scope, receive: Receive, send: Send) -> None:
        limits: dict[str, str] = {}
        for rate in self._faults.rates(target):
            limits = {
                "x-ratelimit-limit": str(rate.limit),
                "x-ratelimit-remaining": str(rate.left),
                "x-ratelimit-reset": str(math.ceil(rate.reset)),
            }
            if rate.exceeded:
                # At least a second: clients take 0 for "at once".
                headers = {**limits, "retry-after": str(max(1, math.ceil(rate.reset)))}
                message = f"more than {rate.limit} requests; try again later"
                await self._refusal(target, scope, 429, message, headers)(scope, receive, send)
                return
        hits = self._faults.hits(target)
        if limits:
            send = _with_headers(send, limits)
        if not hits:
            await self._app(scope, receive, send)
        else:
            await self._spoil(hits, target, scope, receive, send)

    async def _spoil(self, hits: list[Fault], target: Target, scope: Scope, receive: Receive, send: Send) -> None:
        for fault in hits:
            self._clock.advance(fault.clock)
        await anyio.sleep(sum(fault.delay for fault in hits if fault.when == "before"))
        if any(fault.drop == "before" for fault in hits):
            raise ConnectionDroppedError("the connection was closed before the request was handled")
        lateness = max(fault.handled_late for fault in hits)
        if lateness:
            self._faults.postpone(Postponed(self._clock.monotonic() + lateness, target, scope, await _body_of(receive)))
            raise ConnectionDroppedError("the connection was closed, and the request is handled later")
        response = HeldResponse()
        forced = next((fault for fault in hits if fault.status is not None or fault.grpc_status is not None), None)
        if forced is None or forced.when == "after":
            # A client that disconnects does not undo the request, in-process as over a socket.
            with anyio.CancelScope(shield=scope["method"] not in ("GET", "HEAD")):
                await self._app(scope, receive, response.take)
        if any(fault.drop == "after" for fault in hits):
            raise ConnectionDroppedError("the connection was closed before the response was sent")
        if forced is not None:
            status = forced.status or 500
            if forced.when == "after" and status < 300 and response.status < 300:
                # A success by another name: the response is the real one.
                response.status = status
            else:
                response = HeldResponse()
                await self._forced(forced, status, target, scope)(scope, receive, response.take)
        if response.headers is None:
            return
        for fault in hits:
            # Of several faults with a status the first decides, and the text of the others goes with their status.
            if fault is forced or (fault.status is None and fault.grpc_status is None):
                rewrite(response, fault)
        await anyio.sleep(sum(fault.delay for fault in hits if fault.when == "after"))
        await _send(response, send, truncated=any(fault.body == "truncated" for fault in hits))

    async def _handle_postponed(self) -> None:
        """Handle the postponed requests that are due."""
        for request in self._faults.due():
            with anyio.CancelScope(shield=True), self._faults.during(request.target):
                await self._app(request.scope, _replay(request.body), _discard)

    def _forced(self, fault: Fault, status: int, target: Target, scope: Scope) -> Response:
        headers = {} if fault.retry_after is None else {"retry-after": f"{fault.retry_after:g}"}
        if fault.grpc_status is not None:
            return GrpcError(fault.grpc_status, fault.message or "failed through the control API").response(headers)
        if status in BODILESS:
            return Response(status_code=status, headers=headers)
        if status < 400:
            return json_response({}, status, headers=headers)
        message = fault.message or "failed through the control API"
        if target.operation is not None and target.operation.is_grpc:
            # A proxy does not know gRPC.
            return PlainTextResponse(message, status, headers)
        return self._refusal(target, scope, status, message, headers)

    def _refusal(self, target: Target, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        if target.operation is not None and target.operation.name == "token":
            error = "invalid_grant" if status < 429 else "temporarily_unavailable"
            return oauth_error(status, error, message, headers)
        return self._cloud(target.cloud).error_response(scope, status, message, headers)


async def _body_of(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    return body


def _replay(body: bytes) -> Receive:
    """Return a `receive` for a body that was read before, and a disconnect after it."""
    messages: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": body, "more_body": False},
    ]

    async def receive() -> Message:
        return messages.pop() if len(messages) > 1 else messages[0]

    return receive


async def _discard(message: Message) -> None:
    """Send nothing: the client is gone."""


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def labelled(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return labelled


async def _send(response: HeldResponse, send: Send, *, truncated: bool) -> None:
    start = {"type": "http.response.start", "status": response.status, "headers": response.headers}
    if not truncated:
        await send(start)
        await send({"type": "http.response.body", "body": response.body})
        return
    if response.body:
        await send(start)
        await send({"type": "http.response.body", "body": response.body[: len(response.body) // 2], "more_body": True})
    raise ConnectionDroppedError("the connection was closed in the middle of the response")

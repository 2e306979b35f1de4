"""Where faults happen: between the server and the clouds, for all of them."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import anyio
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import operations
from .clock import VirtualClock
from .faults import UNKNOWN_STATUS, Fault
from .http import ConnectionDroppedError, json_response
from .injection import Faults, Target
from .journal import Entry, Journal
from .shapes import is_list, is_object

_GARBAGE = b'\x00\xff\xfe{"status": \x80 this is no JSON]'
_BODILESS = (204, 205, 304)


class Refuses(Protocol):
    """A cloud, as far as it words errors."""

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """An error as this cloud words it."""
        ...


@dataclass(slots=True)
class _Answer:
    """What an application sent, held back."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] | None = None
    body: bytes = b""

    async def take(self, message: Message) -> None:
        """Stand in for the server's `send`."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


class Gate:
    """Notes each request to a cloud, and spoils those that faults hit."""

    def __init__(
        self,
        app: ASGIApp,
        faults: Faults,
        clock: VirtualClock,
        journal: Journal,
        cloud: Callable[[str], Refuses],
    ) -> None:
        """`cloud` finds one by its name."""
        self._app = app
        self._faults = faults
        self._clock = clock
        self._journal = journal
        self._cloud = cloud

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        cloud = operations.cloud_of(scope["path"]) if scope["type"] == "http" else None
        if cloud is None:
            await self._app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        target = Target(cloud, method, path, operations.find(method, path))
        number, at, begun, status = self._journal.next_number(), self._clock.wall(), time.perf_counter(), None

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with self._faults.during(target):
                await self._serve(target, scope, receive, noted)
        finally:
            name = target.operation.name if target.operation else None
            took = (time.perf_counter() - begun) * 1000
            marks = tuple(target.marks)
            self._journal.entries.append(Entry(number, at, cloud, method, path, name, status, took, marks))

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
        answer = _Answer()
        refused = next((fault for fault in hits if fault.status is not None), None)
        if refused is None or refused.when == "after":
            await self._app(scope, receive, answer.take)
        if any(fault.drop == "after" for fault in hits):
            raise ConnectionDroppedError("the connection was closed before the answer was sent")
        if refused is not None:
            answer = _Answer()
            await self._answer_of(refused, target, scope)(scope, receive, answer.take)
        if answer.headers is None:
            return
        for fault in hits:
            _rewrite(answer, fault)
        await anyio.sleep(sum(fault.delay for fault in hits if fault.when == "after"))
        await _send(answer, send, truncated=any(fault.body == "truncated" for fault in hits))

    def _answer_of(self, fault: Fault, target: Target, scope: Scope) -> Response:
        status = fault.status or 500
        headers = {} if fault.retry_after is None else {"retry-after": f"{fault.retry_after:g}"}
        if status in _BODILESS:
            return Response(status_code=status, headers=headers)
        if status < 400:
            return json_response({}, status, headers=headers)
        message = fault.message or "the emulator was told to answer so"
        return self._refusal(target, scope, status, message, headers)

    def _refusal(self, target: Target, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        if target.operation is not None and target.operation.name == "token":
            error = "invalid_grant" if status < 429 else "temporarily_unavailable"
            return json_response({"error": error, "error_description": message}, status, headers=headers)
        return self._cloud(target.cloud).refusal(scope, status, message, headers)


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def labelled(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return labelled


def _rewrite(answer: _Answer, fault: Fault) -> None:
    kind: bytes | None = None
    if fault.unknown_status and answer.status < 400:
        word = UNKNOWN_STATUS if fault.unknown_status is True else fault.unknown_status
        answer.body = _with_status(answer.body, word)
    if fault.text is not None:
        answer.body = fault.text.encode("utf-8", "replace")
    elif fault.body == "html":
        title = f"{answer.status} {'Bad Gateway' if answer.status == 502 else 'Gateway'}"
        answer.body, kind = _page(title), b"text/html; charset=utf-8"
    elif fault.body == "empty":
        answer.body = b""
    elif fault.body == "garbage":
        answer.body = _GARBAGE
    headers = [(name, value) for name, value in answer.headers or [] if name != b"content-length"]
    if kind is not None:
        headers = [(name, value) for name, value in headers if name != b"content-type"] + [(b"content-type", kind)]
    if answer.status not in _BODILESS:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    else:
        answer.body = b""
    answer.headers = headers


async def _send(answer: _Answer, send: Send, *, truncated: bool) -> None:
    start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
    if not truncated:
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})
        return
    if answer.body:
        await send(start)
        await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
    raise ConnectionDroppedError("the connection was closed in the middle of the answer")


def _page(title: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><hr>proxy</body></html>\n".encode()


def _with_status(body: bytes, word: str) -> bytes:
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if is_object(content) and "data" in content and content.get("status") == "success":
        # The envelope of JSend has a status of its own.
        changed: Any = {**content, "data": _replaced(content["data"], word)}
    else:
        changed = _replaced(content, word)
    return json.dumps(changed, separators=(",", ":")).encode()


def _replaced(value: Any, word: str) -> Any:
    if is_object(value):
        return {
            name: word if name == "status" and isinstance(item, str) else _replaced(item, word)
            for name, item in value.items()
        }
    return [_replaced(item, word) for item in value] if is_list(value) else value

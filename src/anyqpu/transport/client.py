"""From a generated request to its parsed response: address, credentials, retries, errors."""

from __future__ import annotations

import dataclasses
import gzip
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import anyio
import anyio.lowlevel
import anyio.to_thread
from anyqpu_raw._core import Operation, Request, Response, ResponseError

from anyqpu import drift
from anyqpu._version import __version__
from anyqpu.errors import (
    AnyQPUError,
    ClientStateError,
    ConnectError,
    ReadTimeoutError,
    TransportError,
    UnexpectedResponseError,
)
from anyqpu.transport.addresses import HiddenUrl, checked_base, is_redirect, link_allowed, redirect_target
from anyqpu.transport.auth import Auth
from anyqpu.transport.failures import FailureReader, error_of, read_body, request_id_of
from anyqpu.transport.hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
from anyqpu.transport.http import HiddenBytes, HiddenHeaders, Http, HttpResponse
from anyqpu.transport.logs import log_response, logger
from anyqpu.transport.retry import RetryBudget, RetryPolicy
from anyqpu.transport.timeouts import Timeouts

T = TypeVar("T")
Write = Callable[[bytes], Awaitable[object]]

USER_AGENT = f"anyqpu/{__version__}"
# A smaller body is not worth the work.
GZIP_FROM = 1024
# Compressing more than this takes longer than an event loop should be held.
GZIP_IN_THREAD_FROM = 256 * 1024


# JSON if there is a choice; downloads come as they are.
ACCEPT = "application/json, */*;q=0.5"
MAX_REDIRECTS = 5
SECRET_HEADERS = frozenset({"authorization", "x-auth-token"})
# A link that the cloud gave us is no operation of its document.
LINK = Operation(
    id="download", name="download", tag="", method="GET", path="<link>", success=(200,), auth=(), idempotent=True
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Everything that a transport is made of; all but the first three have defaults that fit most."""

    provider: str
    base_url: str
    http: Http
    auth: Auth | None = None
    other_bases: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    timeouts: Timeouts = dataclasses.field(default_factory=Timeouts)
    retry: RetryPolicy = dataclasses.field(default_factory=RetryPolicy)
    hooks: Hooks = dataclasses.field(default_factory=Hooks)
    read_failure: FailureReader | None = None
    gzip_operations: frozenset[str] = frozenset()
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep


@dataclasses.dataclass(frozen=True, slots=True)
class _Task:
    """What is to be done, in as many attempts as it takes. `total`: seconds for them all."""

    operation: Operation
    url: str = dataclasses.field(repr=False)
    headers: HiddenHeaders
    send: Callable[[str, HiddenHeaders], Awaitable[HttpResponse]]
    may_repeat: Callable[[], bool]
    total: float | None


class Transport:
    """Sends the requests of one client of one cloud."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._bases = {None: checked_base(wire.base_url)} | {
            name: checked_base(url) for name, url in wire.other_bases.items()
        }
        self._budget = RetryBudget(wire.retry.budget)
        self._loop: object = None
        self._closed = False

    @property
    def hooks(self) -> Hooks:
        """Whoever wants to be told."""
        return self._wire.hooks

    async def call(
        self,
        operation: Operation,
        request: Request,
        parse: Callable[[Response], T],
        /,
        *,
        idempotent: bool | None = None,
    ) -> T:
        """The parsed response of a success; raises an `AnyQPUError` for everything else.

        Args:
            idempotent: Whether this very call may be sent twice, where that depends on its parameters.
        """
        wire = self._wire
        content = None if request.content is None else HiddenBytes(request.content)
        headers = HiddenHeaders(request.headers)
        if content is not None and operation.name in wire.gzip_operations and len(content) >= GZIP_FROM:
            content = HiddenBytes(await _compressed(content))
            headers["Content-Encoding"] = "gzip"

        async def send(url: str, headers: HiddenHeaders) -> HttpResponse:
            return await wire.http.send(request.method, url, headers=headers, content=content, timeouts=wire.timeouts)

        may_repeat = operation.idempotent if idempotent is None else idempotent
        task = _Task(operation, self._url(operation, request), headers, send, lambda: may_repeat, wire.timeouts.total)
        response = await self._run(task)
        try:
            return parse(response)
        except ResponseError as error:
            reason = error.reason
        # A body may hold anything, also in the words of what went wrong with it.
        drift.note(wire.provider, "missing", operation.id, reason if "lacks" in reason else "a body that does not fit")
        raise UnexpectedResponseError(
            reason,
            provider=wire.provider,
            operation=operation.id,
            status_code=response.status_code,
            request_id=request_id_of(response.headers),
            body=read_body(response.content),
            hint="The cloud's API may have changed: report it with the version of anyqpu",
        )

    async def download(self, operation: Operation, request: Request, /, *, write: Write, limit: int) -> None:
        """Pass the body of a success to `write` piece by piece, up to `limit` bytes; no limit of time as a whole."""
        headers = HiddenHeaders(request.headers)
        await self._download(operation, self._url(operation, request), headers, write, limit)

    async def download_link(self, link: str, /, *, write: Write, limit: int) -> None:
        """As `download`, from a link that is a credential itself: none of ours goes with it."""
        link = HiddenUrl(link)
        if not link_allowed(link, self._bases[None]):
            raise UnexpectedResponseError("the download link is not encrypted", provider=self._wire.provider)
        await self._download(LINK, link, HiddenHeaders(), write, limit)

    async def _download(self, operation: Operation, url: str, headers: HiddenHeaders, write: Write, limit: int) -> None:
        wire = self._wire
        started = False

        async def write_on(chunk: bytes) -> None:
            nonlocal started
            started = True
            await write(chunk)

        async def send(url: str, headers: HiddenHeaders) -> HttpResponse:
            return await wire.http.download(url, headers=headers, write=write_on, limit=limit, timeouts=wire.timeouts)

        # What is written cannot be taken back, so there is no second try after the first piece.
        await self._run(_Task(operation, url, headers, send, lambda: not started, None))

    async def _run(self, task: _Task) -> HttpResponse:
        """One answer that is a success, after as many attempts as the policy allows."""
        self._guard()
        wire, operation = self._wire, task.operation
        deadline = None if task.total is None else anyio.current_time() + task.total
        attempt, renewed = 0, False
        with wire.hooks.operation(wire.provider, operation.id):
            while True:
                attempt += 1
                credentials = await self._credentials(operation)
                outcome = await self._attempt(task, credentials, attempt, deadline)
                if isinstance(outcome, HttpResponse) and outcome.status_code < 300:
                    self._budget.earn()
                    return outcome
                rejected = isinstance(outcome, HttpResponse) and outcome.status_code == 401
                if rejected and not renewed and credentials and wire.auth is not None:
                    # The cloud looked at nothing but the credentials: the next request is the first that it handles.
                    renewed = True
                    if await wire.auth.renew(credentials):
                        attempt -= 1
                        continue
                error = self._error(operation, outcome, credentials)
                delay = wire.retry.delay(error, attempt=attempt, idempotent=task.may_repeat())
                late = delay is not None and deadline is not None and anyio.current_time() + delay > deadline
                if delay is None or late or not self._budget.spend():
                    raise error
                wire.hooks.on_retry(
                    RetryEvent(
                        provider=wire.provider, operation=operation.id, attempt=attempt, delay=delay, error=str(error)
                    )
                )
                logger.info("%s %s: attempt %d failed, next in %.1f s", wire.provider, operation.id, attempt, delay)
                await wire.sleep(delay)
                if deadline is not None and anyio.current_time() >= deadline:
                    # It slept a little longer than it was to; what failed says more than that time is up.
                    raise error

    async def _attempt(
        self, task: _Task, credentials: HiddenHeaders, attempt: int, deadline: float | None
    ) -> HttpResponse | TransportError:
        """One request and its redirects: the answer, or why there is none."""
        wire, operation = self._wire, task.operation
        what: dict[str, Any] = {
            "provider": wire.provider,
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "attempt": attempt,
        }
        began, turn_came = time.perf_counter(), False
        outcome: HttpResponse | TransportError
        try:
            with anyio.fail_after(None if deadline is None else max(0.0, deadline - anyio.current_time())):
                async with wire.http.turn(task.url):
                    began, turn_came = time.perf_counter(), True
                    wire.hooks.on_request(RequestEvent(**what))
                    headers = HiddenHeaders({"Accept": ACCEPT, "User-Agent": USER_AGENT} | credentials)
                    # Last: a call may name another organization or account than the client does.
                    headers.update(task.headers)
                    outcome = await self._following_redirects(task, headers)
        except TransportError as error:
            outcome = error
        except TimeoutError:
            late = f"within the {task.total:g} s for the whole call"
            # What never had its turn was certainly not sent, which matters to those who submit.
            outcome = ReadTimeoutError(f"no answer {late}") if turn_came else ConnectError(f"no free connection {late}")
        seconds = time.perf_counter() - began
        answered = outcome if isinstance(outcome, HttpResponse) else None
        event = ResponseEvent(
            **what,
            seconds=seconds,
            status_code=answered.status_code if answered else None,
            request_id=request_id_of(answered.headers) if answered else None,
            error=None if answered else type(outcome).__name__,
        )
        wire.hooks.on_response(event)
        log_response(event)
        return outcome

    async def _following_redirects(self, task: _Task, headers: HiddenHeaders) -> HttpResponse:
        url = task.url
        response = await task.send(url, headers)
        for _ in range(MAX_REDIRECTS):
            target = redirect_target(url, response) if is_redirect(task.operation.method, response) else None
            if target is None:
                break
            if not target.same_origin:
                # Another host gets none of our headers but those that say what we want.
                headers = HiddenHeaders({"Accept": headers["Accept"], "User-Agent": USER_AGENT})
            url = target.url
            response = await task.send(url, headers)
        return response

    async def _credentials(self, operation: Operation) -> HiddenHeaders:
        if self._wire.auth is None or not operation.auth:
            return HiddenHeaders()
        return HiddenHeaders(await self._wire.auth.headers())

    def _error(
        self, operation: Operation, outcome: HttpResponse | TransportError, credentials: HiddenHeaders
    ) -> AnyQPUError:
        if isinstance(outcome, HttpResponse):
            if operation.errors and outcome.status_code not in operation.errors:
                drift.note(self._wire.provider, "status", operation.id, str(outcome.status_code))
            return error_of(
                outcome,
                provider=self._wire.provider,
                operation=operation.id,
                read=self._wire.read_failure,
                # Some clouds repeat what they refuse.
                secrets=[
                    value.removeprefix("Bearer ")
                    for name, value in credentials.items()
                    if name.lower() in SECRET_HEADERS
                ],
            )
        outcome.provider, outcome.operation = self._wire.provider, operation.id
        return outcome

    async def aclose(self) -> None:
        """Close the connections; may be called again."""
        if not self._closed:
            self._closed = True
            await self._wire.http.aclose()

    def _url(self, operation: Operation, request: Request) -> str:
        query = f"?{urlencode(request.query)}" if request.query else ""
        return f"{self._bases[operation.base]}{request.path}{query}"

    def _guard(self) -> None:
        if self._closed:
            raise ClientStateError(
                "the client is closed", provider=self._wire.provider, hint="Use it inside its `async with`"
            )
        loop = anyio.lowlevel.current_token()
        if self._loop is None:
            self._loop = loop
        elif self._loop != loop:
            raise ClientStateError(
                "the client belongs to another event loop",
                provider=self._wire.provider,
                hint="Make one client per loop",
            )


async def _compressed(content: bytes) -> bytes:
    if len(content) < GZIP_IN_THREAD_FROM:
        return gzip.compress(content, mtime=0)
    return await anyio.to_thread.run_sync(lambda: gzip.compress(content, mtime=0))

"""From a generated request to its parsed response: address, credentials, retries, errors."""

from __future__ import annotations

import dataclasses
import logging
import time
from asyncio import _get_running_loop  # pyright: ignore[reportPrivateUsage]
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import anyio
import anyio.to_thread
from anyqpu_raw._core import Operation, Request, Response, ResponseError

from anyqpu import drift
from anyqpu._version import __version__
from anyqpu.errors import (
    AnyQPUError,
    AuthenticationError,
    ClientStateError,
    ConnectError,
    PermissionDeniedError,
    ReadTimeoutError,
    UnexpectedResponseError,
    extended,
)
from anyqpu.transport import exchange, hooks
from anyqpu.transport.addresses import HiddenUrl, checked_base, is_redirect, link_allowed, redirect_target
from anyqpu.transport.auth import Auth
from anyqpu.transport.failures import (
    ErrorParser,
    error_of,
    is_uncertain,
    may_have_been_handled,
    read_body,
    request_id_of,
)
from anyqpu.transport.hooks import Hooks, is_default
from anyqpu.transport.http import HiddenBytes, HiddenHeaders, Http, HttpResponse, Sink
from anyqpu.transport.login import Login
from anyqpu.transport.logs import log_response, logger
from anyqpu.transport.redact import hide, redact_text, shown
from anyqpu.transport.retry import RetryBudget, RetryPolicy
from anyqpu.transport.time_limits import TimeLimit, clock_here, loop_here, time_limit_here
from anyqpu.transport.timeouts import Timeouts

if TYPE_CHECKING:
    from anyqpu.transport.grpc import Grpc

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
NO_HEADERS = HiddenHeaders()
# The statuses of a deleted resource.
GONE = frozenset({404, 410})
# A link from a response, which is not an operation of the document.
LINK = Operation(
    id="download", name="download", tag="", method="GET", path="<link>", success=(200,), auth=(), idempotent=True
)


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class TransportConfig:
    """Everything that a transport is made of; all but the first three have defaults that fit most.

    Attributes:
        origins: A sentence on where the credentials come from, for the errors about them.
    """

    provider: str
    base_url: str
    http: Http
    auth: Auth | None = None
    origins: str | None = None
    other_bases: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    timeouts: Timeouts = dataclasses.field(default_factory=Timeouts)
    retry: RetryPolicy = dataclasses.field(default_factory=RetryPolicy)
    hooks: Hooks = dataclasses.field(default_factory=Hooks)
    read_failure: ErrorParser | None = None
    gzip_operations: frozenset[str] = frozenset()
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep


# Not frozen, which would take a microsecond more to make.
@dataclasses.dataclass(slots=True)
class _Call:
    """A call with all its attempts.

    Attributes:
        total: Seconds for all attempts together.
        secrets: Credentials, which nothing that a server sends may show.
    """

    operation: Operation
    url: str = dataclasses.field(repr=False)
    headers: HiddenHeaders
    method: str
    content: HiddenBytes | None
    idempotent: bool
    total: float
    sink: Sink | None = None
    secrets: list[str] = dataclasses.field(default_factory=list[str], repr=False)

    @property
    def may_repeat(self) -> bool:
        """Whether it may be sent again; what was written to a sink cannot be taken back."""
        return self.idempotent and (self.sink is None or not self.sink.started)

    def shown(self, text: str | None) -> str | None:
        """A text from a server on one short line, without the credentials that were sent."""
        return shown(text, self.secrets)


class Transport:
    """Sends the requests of one client of one cloud."""

    def __init__(self, config: TransportConfig) -> None:
        self._config = config
        self._bases = {None: checked_base(config.base_url)} | {
            name: checked_base(url) for name, url in config.other_bases.items()
        }
        self._budget = RetryBudget(config.retry.budget)
        self._login = Login(config.provider, config.auth)
        self._loop: object = None
        # Those of the event loop, once it is known.
        self._now: Callable[[], float] = anyio.current_time
        self._time_limit: TimeLimit = anyio.fail_after
        # The last credentials, and with them the headers of all requests.
        self._usual: tuple[HiddenHeaders | None, HiddenHeaders] = (None, HiddenHeaders())
        self._closed = False
        self._grpc: Grpc | None = None

    @property
    def hooks(self) -> Hooks:
        """What is called for requests, retries and changes of state."""
        return self._config.hooks

    @property
    def provider(self) -> str:
        """Name of the provider."""
        return self._config.provider

    @property
    def timeouts(self) -> Timeouts:
        """How long a call may take."""
        return self._config.timeouts

    @property
    def grpc(self) -> Grpc:
        """Sends calls of gRPC services, with the credentials, limits and retries of this transport."""
        if self._grpc is None:
            from anyqpu.transport.grpc import Grpc

            self._grpc = Grpc(self, self._config, self._login, self._budget)
        return self._grpc

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
        config = self._config
        content = None if request.content is None else HiddenBytes(request.content)
        headers = HiddenHeaders(request.headers) if request.headers else NO_HEADERS
        if content is not None and operation.name in config.gzip_operations and len(content) >= GZIP_FROM:
            content = HiddenBytes(await _compressed(content))
            headers = HiddenHeaders(headers | {"Content-Encoding": "gzip"})
        repeatable = operation.idempotent if idempotent is None else idempotent
        url = self._url(operation, request)
        task = _Call(operation, url, headers, request.method, content, repeatable, config.timeouts.total)
        response = await self._attempts(task)
        try:
            return parse(response)
        except ResponseError as error:
            reason = error.reason
        except Exception:
            # A body may hold anything, also in the words of what went wrong with it.
            reason = "the body cannot be read"
        lacking = reason if "lacks" in reason else "a body that does not fit"
        drift.note(config.provider, "missing", operation.id, lacking)
        raise UnexpectedResponseError(
            hide(redact_text(reason), task.secrets),
            body=read_body(response.content, task.secrets),
            hint="The cloud's API may have changed: report it with the version of anyqpu",
            **exchange.details(config.provider),
        )

    async def download(
        self, operation: Operation, request: Request, /, *, write: Write, limit: int, total: float | None = None
    ) -> None:
        """Pass the body of a success to `write` piece by piece, up to `limit` bytes.

        `total`: seconds for all of it; without it `Timeouts.total`.
        """
        headers = HiddenHeaders(request.headers)
        await self._download(operation, self._url(operation, request), headers, write=write, limit=limit, total=total)

    async def download_link(self, link: str, /, *, write: Write, limit: int) -> None:
        """As `download`, from a link that is a credential itself: none of ours goes with it."""
        link = HiddenUrl(link)
        if not link_allowed(link, self._bases[None]):
            raise UnexpectedResponseError("the download link is not encrypted", provider=self._config.provider)
        await self._download(LINK, link, HiddenHeaders(), write=write, limit=limit, total=None)

    async def _download(
        self, operation: Operation, url: str, headers: HiddenHeaders, *, write: Write, limit: int, total: float | None
    ) -> None:
        total = self._config.timeouts.total if total is None else total
        await self._attempts(_Call(operation, url, headers, "GET", None, True, total, Sink(write, limit)))

    async def _attempts(self, task: _Call) -> HttpResponse:
        """Return a response that is a success, after as many attempts as the policy allows.

        Errors about credentials say where these come from.
        """
        self.check_usable()
        config, operation = self._config, task.operation
        now = self._now()
        deadline = min(now + task.total, exchange.deadline())
        seconds = max(0.0, deadline - now)
        attempt, renewed, uncertain = 0, False, False
        exchange.mark(may_have_arrived=False)
        try:
            with config.hooks.operation(config.provider, operation.id):
                while True:
                    attempt += 1
                    credentials, outcome = await self._attempt(task, attempt, deadline, seconds)
                    if isinstance(outcome, HttpResponse):
                        if outcome.status_code < 300:
                            self._budget.earn()
                            return outcome
                        if outcome.status_code in GONE and operation.method == "DELETE" and uncertain:
                            # The attempt before this one, whose response was lost, has deleted it.
                            return HttpResponse(204, outcome.headers, b"")
                        if outcome.status_code == 401 and not renewed and credentials and config.auth is not None:
                            # The provider looked at nothing but the credentials: the next request is the first that it
                            # handles.
                            renewed = True
                            if await self._login.renew(credentials, deadline, seconds):
                                attempt -= 1
                                continue
                    error = self._error(task, outcome)
                    uncertain = uncertain or is_uncertain(error)
                    delay = config.retry.delay(error, attempt=attempt, idempotent=task.may_repeat)
                    late = delay is not None and self._now() + delay > deadline
                    if delay is None or late or not self._budget.spend():
                        raise error
                    config.hooks.on_retry(
                        hooks.RetryEvent(
                            provider=config.provider,
                            operation=operation.id,
                            attempt=attempt,
                            delay=delay,
                            error=str(error),
                        )
                    )
                    logger.info(
                        "%s %s: attempt %d failed, next in %.1f s", config.provider, operation.id, attempt, delay
                    )
                    await config.sleep(delay)
                    if self._now() >= deadline:
                        # It slept a little longer than it was to; what failed says more than that time is up.
                        raise error
        except (AuthenticationError, PermissionDeniedError) as error:
            if config.origins is not None and operation.auth:
                error.hint = extended(error.hint, config.origins)
            raise

    async def _attempt(
        self, task: _Call, attempt: int, deadline: float, total: float
    ) -> tuple[HiddenHeaders, HttpResponse | AnyQPUError]:
        """Send one request and follow its redirects; return its credentials, and the response or the error.

        Args:
            task: The call.
            attempt: Counts from 1.
            deadline: When the call must have ended.
            total: Seconds for the whole call, for the error.
        """
        config, operation = self._config, task.operation
        began, turn_came = time.perf_counter(), False
        credentials: HiddenHeaders | None = None
        outcome: HttpResponse | AnyQPUError
        try:
            credentials = self._login.headers_at_hand(task.secrets, operation.auth)
            if credentials is None:
                # A login that has a choice asks for the time that is left.
                with anyio.fail_after(max(0.0, deadline - self._now())):
                    credentials = await self._login.headers(task.secrets, operation.auth)
            with self._time_limit(max(0.0, deadline - self._now())):
                async with config.http.limiter(task.url):
                    # What only reads is not the request that a submit is about.
                    guard = None if operation.method == "GET" else await exchange.begin_sending()
                    began, turn_came = time.perf_counter(), True
                    on_request = config.hooks.on_request
                    if not is_default(on_request):
                        on_request(hooks.RequestEvent(**self._facts(operation, attempt)))
                    headers = self._headers(task, credentials)
                    exchange.mark(may_have_arrived=True)
                    url, target, redirects = task.url, None, 0
                    while True:
                        outcome = await config.http.send(
                            task.method,
                            url,
                            headers=headers,
                            content=task.content,
                            timeouts=config.timeouts,
                            sink=task.sink,
                            guard=guard,
                        )
                        if redirects < MAX_REDIRECTS and is_redirect(operation.method, outcome):
                            target = redirect_target(url, outcome)
                        if target is None:
                            break
                        if not target.same_origin:
                            # Another host gets none of our headers but those that say what we want.
                            headers = HiddenHeaders({"Accept": headers["Accept"], "User-Agent": USER_AGENT})
                        url, target, redirects = target.url, None, redirects + 1
        except AnyQPUError as error:
            if credentials is None:
                self._login.name(error)
                raise
            outcome = error
        except TimeoutError:
            late = f"within the {total:.3g} s for the whole call"
            if credentials is None:
                raise self._login.late(late) from None
            # A request that waited for a connection was certainly not sent, which matters to submits.
            outcome = (
                ReadTimeoutError(f"no response {late}") if turn_came else ConnectError(f"no free connection {late}")
            )
        exchange.mark(may_have_arrived=may_have_been_handled(outcome))
        self._report(task, attempt, outcome, time.perf_counter() - began)
        return credentials, outcome

    def _headers(self, task: _Call, credentials: HiddenHeaders) -> HiddenHeaders:
        """Return the headers of a request; the same object where they are those of the last one."""
        if credentials is not self._usual[0]:
            self._usual = credentials, HiddenHeaders({"Accept": ACCEPT, "User-Agent": USER_AGENT} | credentials)
        # Those of the task last: a call may name another organization or account than the client does.
        return HiddenHeaders(self._usual[1] | task.headers) if task.headers else self._usual[1]

    def _report(self, task: _Call, attempt: int, outcome: HttpResponse | AnyQPUError, seconds: float) -> None:
        """Note the outcome of an attempt, for errors, hooks and the log."""
        config, operation, problem = self._config, task.operation, None
        status: int | None
        if isinstance(outcome, HttpResponse):
            status, request_id = outcome.status_code, request_id_of(outcome.headers, task.secrets)
        else:
            status, request_id = outcome.status_code, task.shown(outcome.request_id)
            problem = type(outcome).__name__
        if status is not None:
            exchange.record(exchange.Exchange(config.provider, operation.id, status, request_id))
        on_response = config.hooks.on_response
        if not is_default(on_response) or logger.isEnabledFor(logging.DEBUG):
            facts = self._facts(operation, attempt)
            event = hooks.ResponseEvent(
                **facts, seconds=seconds, status_code=status, request_id=request_id, error=problem
            )
            on_response(event)
            log_response(event)

    def _facts(self, operation: Operation, attempt: int) -> dict[str, Any]:
        """Return what the events of an attempt have in common."""
        return {
            "provider": self._config.provider,
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "attempt": attempt,
        }

    def _error(self, task: _Call, outcome: HttpResponse | AnyQPUError) -> AnyQPUError:
        operation = task.operation
        if isinstance(outcome, HttpResponse):
            if operation.errors and outcome.status_code not in operation.errors:
                drift.note(self._config.provider, "status", operation.id, str(outcome.status_code))
            return error_of(
                outcome,
                provider=self._config.provider,
                operation=operation.id,
                read=self._config.read_failure,
                # Some clouds repeat what they refuse.
                secrets=task.secrets,
            )
        outcome.provider, outcome.operation = self._config.provider, operation.id
        outcome.request_id = task.shown(outcome.request_id)
        return outcome

    async def aclose(self) -> None:
        """Close the connections; may be called again."""
        if not self._closed:
            self._closed = True
            if self._grpc is not None:
                await self._grpc.aclose()
            await self._config.http.aclose()

    def _url(self, operation: Operation, request: Request) -> str:
        query = f"?{urlencode(request.query)}" if request.query else ""
        return f"{self._bases[operation.base]}{request.path}{query}"

    def check_usable(self) -> None:
        """Raise `ClientStateError` if the client is closed, or belongs to another event loop than this one."""
        if self._closed:
            raise ClientStateError(
                "the client is closed", provider=self._config.provider, hint="Use it inside its `async with`"
            )
        # A tenth of the time of `loop_here`; None without asyncio.
        loop: object = _get_running_loop()
        if loop is not None and loop is self._loop:
            return
        loop = loop_here()
        if self._loop is None:
            self._loop = loop
            self._now, self._time_limit = clock_here(), time_limit_here()
        elif self._loop != loop:
            raise ClientStateError(
                "the client belongs to another event loop",
                provider=self._config.provider,
                hint="Make one client per loop",
            )


async def _compressed(content: bytes) -> bytes:
    import gzip  # for requests of few operations

    if len(content) < GZIP_IN_THREAD_FROM:
        return gzip.compress(content, mtime=0)
    return await anyio.to_thread.run_sync(lambda: gzip.compress(content, mtime=0))

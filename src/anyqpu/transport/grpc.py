"""Calls of gRPC services: one message in, one out (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).

They go over HTTP/2 connections of our own, and not through the package grpcio: its core holds the interpreter for 20 to
40 ms while it copies a message of 20 MB, has certificates, proxies and retries of its own, and works with asyncio only.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import anyio

from anyqpu import drift
from anyqpu._version import __version__
from anyqpu.errors import (
    AnyQPUError,
    AuthenticationError,
    ConfigError,
    ConnectError,
    PermissionDeniedError,
    ReadTimeoutError,
    UnexpectedResponseError,
    ValidationError,
    extended,
)
from anyqpu.transport import exchange
from anyqpu.transport.addresses import authority, checked_base, origin_of
from anyqpu.transport.events import RequestEvent, ResponseEvent, RetryEvent
from anyqpu.transport.grpc_connections import Connections
from anyqpu.transport.grpc_responses import (
    Content,
    Received,
    error_of_reset,
    is_passing,
    may_have_been_handled,
    outcome_of,
)
from anyqpu.transport.http import HiddenHeaders
from anyqpu.transport.http2 import StreamResetError
from anyqpu.transport.logs import QuietLibrary, log_response, logger
from anyqpu.transport.messages import UnreadableMessageError, parse
from anyqpu.transport.redact import shown
from anyqpu.transport.secret import hide_frames
from anyqpu.transport.send_guard import SendGuard

if TYPE_CHECKING:
    from google.protobuf.message import Message

    from anyqpu.transport.client import Transport, TransportConfig
    from anyqpu.transport.login import Login
    from anyqpu.transport.retry import RetryBudget

T = TypeVar("T")
ResponseT_co = TypeVar("ResponseT_co", bound="Message", covariant=True)
Body = Sequence[bytes | memoryview]

USER_AGENT = f"anyqpu/{__version__}"
# Bytes of a request that services accept.
MOST_SENT = 250 * 2**20
# A first part that is shorter goes out with the message's prefix.
SHORT = 65536
# The first three digits of a timeout would do; eight are allowed.
LONGEST_TIMEOUT_MS = 99_999_999


class Method(Protocol[ResponseT_co]):
    """A method of a service, as the generated packages have it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def path(self) -> str:
        """The path of its requests."""
        ...

    @property
    def response(self) -> type[ResponseT_co]:
        """The message that it returns."""
        ...


def checked_address(url: str, source: str, provider: str) -> str:
    """Return the origin of a gRPC address; a path behind it is ignored, as by the cloud's own client.

    Raises:
        ConfigError: It is not an address, or is neither encrypted nor on this machine.
    """
    try:
        base = checked_base(url)
    except ConfigError as error:
        problem, hint = error.message.replace("base URL", "gRPC address"), error.hint
    else:
        scheme, host, port = origin_of(base)
        return f"{scheme}://{authority(scheme, host, port)}"
    raise ConfigError(f"{problem} ({source})", provider=provider, hint=hint)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call with all its attempts. `total` is in seconds; `secrets` are credentials that nothing may show."""

    url: str
    name: str
    path: str
    body: Body = field(repr=False)
    total: float
    request_id: str
    secrets: list[str] = field(default_factory=list[str], repr=False)


class Grpc:
    """Sends the gRPC calls of one client. They may all be sent twice: what they do is done once."""

    def __init__(self, transport: Transport, config: TransportConfig, login: Login, budget: RetryBudget) -> None:
        """Made by `Transport.grpc`, whose settings, credentials and retry budget it shares."""
        self._transport = transport
        self._config = config
        self._login = login
        self._budget = budget
        self._connections = Connections(config.provider, config.http, config.timeouts)

    async def call(self, url: str, method: Method[ResponseT_co], request: Message) -> ResponseT_co:
        """Return the response to a request.

        Args:
            url: Address of the service, as `checked_address` returns it.
            method: The method.
            request: Its message.

        Raises:
            AnyQPUError: As for HTTP; `code` is the name of gRPC's status, and `status_code` the HTTP status that means
                the same.
        """

        async def read(content: Received) -> ResponseT_co:
            return await parse(method.response, content)

        return await self.send(url, method, [request.SerializeToString()], read)

    async def send(self, url: str, method: Method[Any], body: Body, read: Callable[[Received], Awaitable[T]]) -> T:
        """Return what `read` makes of the response; the request is a message in parts. Raises what `call` does."""
        config = self._config
        size = sum(len(part) for part in body)
        if size > MOST_SENT:
            problem = f"the request has {size} bytes; the limit is {MOST_SENT}"
            raise ValidationError(problem, provider=config.provider, operation=method.name)
        prefix = b"\0" + size.to_bytes(4)
        parts = [prefix + bytes(body[0]), *body[1:]] if body and len(body[0]) < SHORT else [prefix, *body]
        # Empty parts would never be sent.
        parts = [part for part in parts if len(part)]
        call = _Call(url, method.name, method.path, parts, config.timeouts.total, str(uuid.uuid4()))
        content = await self._attempts(call)
        try:
            return await read(content)
        except UnreadableMessageError as error:
            reason = str(error)
        drift.note(config.provider, "missing", method.name, "a body that does not fit")
        raise UnexpectedResponseError(
            f"the response cannot be read: {reason}",
            hint="The cloud's API may have changed: report it with the version of anyqpu",
            **exchange.details(config.provider),
        )

    async def _attempts(self, call: _Call) -> Received:
        """Return the message of a success, after as many attempts as the policy allows."""
        self._transport.check_usable()
        config = self._config
        now = anyio.current_time()
        deadline = min(now + call.total, exchange.deadline())
        seconds = max(0.0, deadline - now)
        attempt, renewed = 0, False
        exchange.mark(may_have_arrived=False)
        try:
            with config.hooks.operation(config.provider, call.name):
                while True:
                    attempt += 1
                    credentials, outcome = await self._attempt(call, attempt, deadline, seconds)
                    if not isinstance(outcome, AnyQPUError):
                        self._budget.earn()
                        return outcome
                    if outcome.status_code == 401 and not renewed:
                        renewed = True
                        if await self._login.renew(credentials, deadline, seconds):
                            attempt -= 1
                            continue
                    delay = config.retry.delay(outcome, attempt=attempt, idempotent=True)
                    late = delay is not None and anyio.current_time() + delay > deadline
                    if delay is None or late or not is_passing(outcome) or not self._budget.spend():
                        raise outcome
                    config.hooks.on_retry(
                        RetryEvent(
                            provider=config.provider,
                            operation=call.name,
                            attempt=attempt,
                            delay=delay,
                            error=str(outcome),
                        )
                    )
                    logger.info("%s %s: attempt %d failed, next in %.1f s", config.provider, call.name, attempt, delay)
                    await config.sleep(delay)
                    if anyio.current_time() >= deadline:
                        raise outcome
        except (AuthenticationError, PermissionDeniedError) as error:
            if config.origins is not None:
                error.hint = extended(error.hint, config.origins)
            raise

    async def _attempt(
        self, call: _Call, attempt: int, deadline: float, total: float
    ) -> tuple[HiddenHeaders, Received | AnyQPUError]:
        """Send a request once; return its credentials, and the message or the error."""
        config = self._config
        facts: dict[str, Any] = {
            "provider": config.provider,
            "operation": call.name,
            "method": "POST",
            "path": call.path,
            "attempt": attempt,
        }
        began, turn_came = time.perf_counter(), False
        credentials: HiddenHeaders | None = None
        outcome: Received | AnyQPUError
        guard: SendGuard | None = None
        late = f"within the {total:.3g} s for the whole call"
        try:
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                credentials = await self._login.headers(call.secrets)
                async with config.http.limiter(call.url):
                    guard = await exchange.begin_sending()
                    began, turn_came = time.perf_counter(), True
                    config.hooks.on_request(RequestEvent(**facts))
                    exchange.mark(may_have_arrived=True)
                    with QuietLibrary():
                        outcome = await self._exchange(call, attempt, credentials, deadline, guard)
        except AnyQPUError as error:
            if credentials is None:
                self._login.name(error)
                raise
            outcome = error
            if guard is not None and guard.stopped is not None:
                # The connection failed because of it, for whichever request wrote.
                raise guard.stopped from None
            # The frames below hold the request with its credentials.
            hide_frames(error)
        except TimeoutError:
            if credentials is None:
                raise self._login.late(late) from None
            outcome = ReadTimeoutError(f"no response {late}") if turn_came else ConnectError(f"no free slot {late}")
        status: int | None = 200
        problem: str | None = None
        if isinstance(outcome, AnyQPUError):
            outcome.provider, outcome.operation = config.provider, call.name
            outcome.request_id = shown(outcome.request_id, call.secrets) or (call.request_id if turn_came else None)
            status = outcome.status_code
            problem = outcome.code or type(outcome).__name__
        exchange.mark(may_have_arrived=may_have_been_handled(outcome))
        if status is not None:
            exchange.record(exchange.Exchange(config.provider, call.name, status, call.request_id))
        event = ResponseEvent(
            **facts,
            seconds=time.perf_counter() - began,
            status_code=status,
            request_id=call.request_id,
            error=problem,
        )
        config.hooks.on_response(event)
        log_response(event)
        return credentials, outcome

    async def _exchange(
        self, call: _Call, attempt: int, credentials: HiddenHeaders, deadline: float, guard: SendGuard | None
    ) -> Received | AnyQPUError:
        """Send a request over a connection; return its message, or the error that the response stands for."""
        config = self._config
        content = Content(config.http.body_limit)
        patience = config.timeouts.read
        async with self._connections.take(call.url) as connection:
            left = min(max(1, round((deadline - anyio.current_time()) * 1000)), LONGEST_TIMEOUT_MS)
            headers = _headers(call, attempt, left, credentials)
            with anyio.move_on_after(patience) as scope:

                def progress() -> None:
                    scope.deadline = anyio.current_time() + patience

                try:
                    response = await connection.exchange(headers, call.body, content.receive, progress, guard)
                except StreamResetError as error:
                    return error_of_reset(error)
                return outcome_of(response, content, call.secrets)
        return ReadTimeoutError(f"no response within {patience:g} s")

    async def aclose(self) -> None:
        """Close the connections; calls that still wait raise `ClientStateError`."""
        await self._connections.aclose()


class _Headers(list[tuple[str, str]]):
    """Headers of a request: a traceback that shows local variables shows their names only."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(name for name, _ in self)}>"


def _headers(call: _Call, attempt: int, timeout_ms: int, credentials: Mapping[str, str]) -> _Headers:
    scheme, host, port = origin_of(call.url)
    return _Headers(
        [
            (":method", "POST"),
            (":scheme", scheme),
            (":path", call.path),
            (":authority", authority(scheme, host, port)),
            ("te", "trailers"),
            ("grpc-timeout", f"{timeout_ms}m"),
            ("content-type", "application/grpc"),
            ("grpc-accept-encoding", "identity"),
            ("user-agent", USER_AGENT),
            ("x-request-id", call.request_id),
            ("x-request-retry-index", str(attempt - 1)),
            *((name.lower(), value) for name, value in credentials.items()),
        ]
    )

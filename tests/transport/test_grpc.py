"""gRPC calls, against servers of grpcio and against servers that end what they began."""

from __future__ import annotations

import gc
import logging
import pickle
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import grpc
import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings
import pytest
import trustme
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import models_pb2 as models
from anyqpu_grpc.rigetti import services

import anyqpu
from anyqpu import RetryPolicy, errors
from anyqpu.transport.auth import Auth, HeaderAuth, TokenAuth
from anyqpu.transport.client import Transport, TransportConfig
from anyqpu.transport.grpc import checked_address
from anyqpu.transport.http import Http, HttpOptions, Limits
from anyqpu.transport.secret import Secret
from anyqpu.transport.timeouts import Timeouts
from anyqpu.transport.tokens import Token, TokenCache
from tests.support.grpc_server import GrpcCall, grpc_server
from tests.transport.raw_server import raw_server, tunnel_to
from tests.transport.test_secrets import with_locals
from tests.transport.test_tunnels import listening, socks_proxy

pytestmark = pytest.mark.anyio

TOKEN = "token-of-tests"
CANARY = "canary-1f9a2c"
Make = Callable[..., Transport]
STATUS = services.GET_CONTROLLER_JOB_STATUS
QUICK = RetryPolicy(attempts=4, backoff=0.01)
ONCE = RetryPolicy(attempts=1)
HOST = "grpc.example.test"
Code = grpc.StatusCode


def make_transport(**options: Any) -> Transport:
    http = {name: options.pop(name) for name in ("verify", "proxy") if name in options}
    limits = options.pop("limits", None)
    config: dict[str, Any] = {
        "provider": "rigetti",
        "base_url": "https://api.example.test",
        "http": Http(HttpOptions(**http), limits),
        "auth": HeaderAuth({"Authorization": Secret(TOKEN)}, "Bearer "),
        "retry": QUICK,
    }
    return Transport(TransportConfig(**config | options))


@pytest.fixture
async def transport(anyio_backend: str) -> AsyncIterator[Make]:
    """Make transports, which are closed after the test."""
    made: list[Transport] = []

    def make(**options: Any) -> Transport:
        made.append(make_transport(**options))
        return made[-1]

    yield make
    for one in made:
        await one.aclose()


def running(call: GrpcCall) -> Any:
    return controller.GetControllerJobStatusResponse(status=controller.GetControllerJobStatusResponse.RUNNING)


async def ask(made: Transport, url: str, id: str = "j1") -> Any:
    return await made.grpc.call(url, STATUS, controller.GetControllerJobStatusRequest(job_id=id))


class Events(anyqpu.Hooks):
    """Keeps the events of requests, responses and retries."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def on_request(self, event: Any) -> None:
        self.seen.append(event)

    on_response = on_retry = on_request


async def test_a_call_has_credentials_an_identifier_and_a_deadline(transport: Make) -> None:
    left: list[float] = []

    def handle(call: GrpcCall) -> Any:
        left.append(call.context.time_remaining())
        return running(call)

    hooks = Events()
    made = transport(hooks=hooks, timeouts=Timeouts(total=20))
    with grpc_server(services.CONTROLLER, handle) as server:
        assert (await ask(made, server.url)).status == 2
    (call,) = server.seen
    assert call.request.job_id == "j1"
    assert call.metadata["authorization"] == f"Bearer {TOKEN}"
    assert call.metadata["x-request-retry-index"] == "0"
    assert 15 < left[0] <= 20
    request, response = hooks.seen
    assert (request.operation, request.path) == ("GetControllerJobStatus", STATUS.path)
    assert (response.status_code, response.request_id) == (200, call.metadata["x-request-id"])


@pytest.mark.parametrize(
    ("code", "kind", "status"),
    [
        (Code.INVALID_ARGUMENT, errors.ValidationError, 400),
        (Code.NOT_FOUND, errors.NotFoundError, 404),
        (Code.PERMISSION_DENIED, errors.PermissionDeniedError, 403),
        (Code.UNAUTHENTICATED, errors.AuthenticationError, 401),
        (Code.RESOURCE_EXHAUSTED, errors.RateLimitedError, 429),
        (Code.ABORTED, errors.ConflictError, 409),
        (Code.FAILED_PRECONDITION, errors.ConflictError, 412),
        (Code.INTERNAL, errors.ServerError, 500),
        (Code.UNKNOWN, errors.ServerError, 500),
        (Code.UNIMPLEMENTED, errors.ServerError, 501),
        (Code.CANCELLED, errors.ServerError, 499),
    ],
)
async def test_a_status_is_an_error_of_its_kind_and_is_not_retried(
    transport: Make, code: grpc.StatusCode, kind: type[errors.APIError], status: int
) -> None:
    """The classes are those of the HTTP statuses in google/rpc/code.proto. Text of the server is one line."""
    made = transport()
    with grpc_server(services.CONTROLLER, lambda call: call.refuse(code, "no job é\x1b[2J\nhere")) as server:
        with pytest.raises(kind) as caught:
            await ask(made, server.url)
    error = caught.value
    assert (error.status_code, error.code, error.provider) == (status, code.name, "rigetti")
    assert error.operation == "GetControllerJobStatus"
    assert error.message == "no job é [2J here"
    assert len(server.seen) == 1
    assert error.request_id == server.seen[0].metadata["x-request-id"]


async def test_unavailable_is_tried_again_with_the_same_identifier(transport: Make) -> None:
    def handle(call: GrpcCall) -> Any:
        if call.metadata["x-request-retry-index"] != "2":
            call.refuse(Code.UNAVAILABLE, "busy")
        return running(call)

    hooks = Events()
    made = transport(hooks=hooks)
    with grpc_server(services.CONTROLLER, handle) as server:
        assert (await ask(made, server.url)).status == 2
        with pytest.raises(errors.ServiceUnavailableError, match="busy"):
            await ask(transport(retry=RetryPolicy(attempts=2, backoff=0.01)), server.url)
    assert len({call.metadata["x-request-id"] for call in server.seen[:3]}) == 1
    assert [call.metadata["x-request-retry-index"] for call in server.seen] == ["0", "1", "2", "0", "1"]
    assert [type(event).__name__ for event in hooks.seen].count("RetryEvent") == 2


async def test_retries_have_the_budget_of_the_http_calls(transport: Make) -> None:
    made = transport(retry=RetryPolicy(attempts=4, backoff=0.001, budget=3))
    with grpc_server(services.CONTROLLER, lambda call: call.refuse(Code.UNAVAILABLE)) as server:
        for _ in range(3):
            with pytest.raises(errors.ServiceUnavailableError):
                await ask(made, server.url)
    assert len(server.seen) == 3 + 3


async def test_the_deadline_of_the_caller_counts(transport: Make) -> None:
    over = threading.Event()
    with grpc_server(services.CONTROLLER, lambda call: over.wait(20) and None) as server:
        began = time.monotonic()
        with pytest.raises(errors.ReadTimeoutError, match=r"no response within the 0\.3 s"):
            await ask(transport(timeouts=Timeouts(total=0.3)), server.url)
        with pytest.raises(errors.ReadTimeoutError, match=r"no response within 0\.2 s"):
            await ask(transport(timeouts=Timeouts(read=0.2), retry=ONCE), server.url)
        assert time.monotonic() - began < 10
        over.set()


async def test_a_cancelled_call_is_cancelled_at_the_server_and_leaves_the_others_alone(transport: Make) -> None:
    over, gone = threading.Event(), threading.Event()

    def handle(call: GrpcCall) -> Any:
        if call.request.job_id == "slow":
            call.context.add_callback(gone.set)
            gone.wait(20)
        elif call.request.job_id == "other":
            over.wait(20)
        return running(call)

    made = transport()
    with grpc_server(services.CONTROLLER, handle) as server:
        async with anyio.create_task_group() as group:
            scope = anyio.CancelScope()

            async def slow() -> None:
                with scope:
                    await ask(made, server.url, "slow")

            group.start_soon(slow)
            group.start_soon(ask, made, server.url, "other")
            while len(server.seen) < 2:  # noqa: ASYNC110
                await anyio.sleep(0.01)
            scope.cancel()
            assert await anyio.to_thread.run_sync(gone.wait, 10)
            assert (await ask(made, server.url)).status == 2
            over.set()


async def test_many_calls_share_a_connection_and_start_no_thread(transport: Make) -> None:
    made = transport()
    with grpc_server(services.CONTROLLER, running) as server:
        await ask(made, server.url)
        names = {thread.name for thread in threading.enumerate() if "ThreadPool" not in thread.name}
        async with anyio.create_task_group() as group:
            for number in range(200):
                group.start_soon(ask, made, server.url, str(number))
        now = {thread.name for thread in threading.enumerate() if "ThreadPool" not in thread.name}
        peers = {call.context.peer() for call in server.seen}
    assert len(server.seen) == 201
    assert now <= names
    assert len(peers) == 1


async def test_closing_leaves_no_socket_and_ends_calls(transport: Make) -> None:
    over = threading.Event()
    made = transport()
    with grpc_server(services.CONTROLLER, lambda call: over.wait(20) and running(call)) as server:
        async with anyio.create_task_group() as group:

            async def wait() -> None:
                with pytest.raises(errors.ClientStateError, match="closed"):
                    await ask(made, server.url)

            group.start_soon(wait)
            while not server.seen:  # noqa: ASYNC110
                await anyio.sleep(0.01)
            await made.aclose()
        port = int(server.url.rpartition(":")[2])
        gc.collect()
        sockets = [item for item in gc.get_objects() if isinstance(item, socket.socket) and item.fileno() >= 0]
        assert not [item for item in sockets if _peer_port(item) == port]
        over.set()
        with pytest.raises(errors.ClientStateError, match="closed"):
            await ask(made, server.url)


def _peer_port(item: socket.socket) -> int | None:
    if item.family == socket.AF_INET:
        with suppress(OSError):
            return int(item.getpeername()[1])
    return None


# Credentials


class CountingSource:
    """Gives a new token each time."""

    def __init__(self) -> None:
        self.count = 0

    async def fetch(self, previous: Token | None) -> Token:
        self.count += 1
        await anyio.sleep(0.02)
        return Token(Secret(f"token-{self.count}"))


async def test_refused_credentials_are_renewed_once_for_all_calls(transport: Make) -> None:
    def handle(call: GrpcCall) -> Any:
        if call.metadata["authorization"] != "Bearer token-2":
            call.refuse(Code.UNAUTHENTICATED, "expired")
        return running(call)

    source = CountingSource()
    auth: Auth = TokenAuth(TokenCache(source))
    made = transport(auth=auth)
    with grpc_server(services.CONTROLLER, handle) as server:
        async with anyio.create_task_group() as group:
            for _ in range(8):
                group.start_soon(ask, made, server.url)
    assert source.count == 2
    assert len(server.seen) == 16


async def test_credentials_that_stay_refused_are_an_error(transport: Make) -> None:
    source = CountingSource()
    made = transport(auth=TokenAuth(TokenCache(source)))
    with grpc_server(services.CONTROLLER, lambda call: call.refuse(Code.UNAUTHENTICATED, "no")) as server:
        with pytest.raises(errors.AuthenticationError):
            await ask(made, server.url)
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "handle",
    [
        lambda call: call.refuse(Code.UNAUTHENTICATED, f"{CANARY} is not valid"),
        lambda call: call.refuse(Code.INTERNAL, f"token={CANARY}", x_request_id=CANARY),
        lambda call: b"\xff\xff" + CANARY.encode(),
        lambda call: time.sleep(0.5),
        None,
    ],
    ids=["refused", "repeated", "unreadable", "late", "no server"],
)
async def test_no_failure_shows_the_token(
    transport: Make, handle: Callable[[GrpcCall], Any] | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in errors and tracebacks with local variables, nor in logs, also of the library below."""
    caplog.set_level(logging.DEBUG)
    auth = HeaderAuth({"Authorization": Secret(CANARY)}, "Bearer ")
    made = transport(auth=auth, retry=ONCE, timeouts=Timeouts(read=0.2))
    with grpc_server(services.CONTROLLER, handle or running) as server:
        url = server.url if handle else "http://127.0.0.1:9"
        with pytest.raises(errors.AnyQPUError) as caught:
            await ask(made, url)
    shown = [str(caught.value), repr(caught.value.__dict__), with_locals(caught.value), repr(made.grpc)]
    for text in [*shown, *(record.getMessage() for record in caplog.records)]:
        assert CANARY not in text
    assert CANARY.encode() not in pickle.dumps(caught.value)


# Connections


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


def chain(authority: trustme.CA, *names: str) -> tuple[bytes, bytes]:
    certificate = authority.issue_cert(*names)
    return certificate.private_key_pem.bytes(), b"".join(blob.bytes() for blob in certificate.cert_chain_pems)


async def test_certificates_are_verified_with_the_authority_of_verify(
    transport: Make, authority: trustme.CA, trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with grpc_server(services.CONTROLLER, running, tls=chain(authority, "127.0.0.1")) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(context)
        for verify in (trusted, context):
            made = transport(verify=verify)
            assert (await ask(made, server.url)).status == 2
        with pytest.raises(errors.CertificateError, match="not trusted"):
            await ask(transport(), server.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        made = transport()
        assert (await ask(made, server.url)).status == 2
    assert len(server.seen) == 3


async def test_a_certificate_of_another_host_is_refused(transport: Make, authority: trustme.CA, trusted: Path) -> None:
    with grpc_server(services.CONTROLLER, running, tls=chain(authority, "other.example")) as server:
        with pytest.raises(errors.CertificateError):
            await ask(transport(verify=trusted), server.url)


async def test_proxies_lead_to_other_machines(transport: Make, authority: trustme.CA, trusted: Path) -> None:
    """An HTTP proxy, one that is reached with TLS, and a SOCKS proxy; the name is resolved there."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    url = f"https://{HOST}"
    with grpc_server(services.CONTROLLER, running, tls=chain(authority, HOST)) as server:
        port = int(server.url.rpartition(":")[2])
        for tls in (None, context):
            with raw_server(tunnel_to(port), tls) as proxy:
                made = transport(verify=trusted, proxy=proxy.url.replace("//", "//ada:pw-canary@"))
                assert (await ask(made, url)).status == 2
                assert proxy.lines() == [f"CONNECT {HOST}:443 HTTP/1.1"]
                assert b"Proxy-Authorization: Basic YWRhOnB3LWNhbmFyeQ==" in proxy.heads[0]
        with socks_proxy(port, login=(b"ada", b"pw")) as (place, requested):
            made = transport(verify=trusted, proxy=f"socks5://ada:pw@{place}")
            assert (await ask(made, url)).status == 2
            assert requested == [(HOST, 443)]
        with socks_proxy(port, reply=5) as (place, _), pytest.raises(errors.ProxyError, match="connection refused"):
            await ask(transport(verify=trusted, proxy=f"socks5://{place}", retry=ONCE), url)


async def test_this_machine_is_never_reached_through_a_proxy(transport: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "grpc_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with grpc_server(services.CONTROLLER, running) as server:
        for options in ({}, {"proxy": "http://127.0.0.1:9"}):
            made = transport(**options)
            assert (await ask(made, server.url)).status == 2


async def test_a_dead_address_is_an_error_at_once(transport: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(errors.ConnectError, match="Connection refused"):
        await ask(transport(), url)


async def test_a_server_that_comes_back_is_found(transport: Make) -> None:
    made = transport()
    with grpc_server(services.CONTROLLER, running) as server:
        await ask(made, server.url)
    with grpc_server(services.CONTROLLER, running, port=int(server.url.rpartition(":")[2])) as again:
        assert (await ask(made, again.url)).status == 2


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://grpc.example.com", "gRPC address 'http://grpc.example.com' is not encrypted"),
        ("http://10.0.0.1:50051", "is not encrypted"),
        ("grpc.example.com:443", "invalid gRPC address 'grpc.example.com:443'"),
        ("https://user:pw@grpc.example.com", "must not hold credentials"),
    ],
)
async def test_an_address_that_is_not_encrypted_or_not_an_address_is_refused(
    anyio_backend: str, url: str, problem: str
) -> None:
    with pytest.raises(errors.ConfigError, match=problem) as caught:
        checked_address(url, "accessor of Ankaa-3", "rigetti")
    assert "(accessor of Ankaa-3)" in str(caught.value)
    assert "pw" not in str(caught.value)


async def test_an_address_may_have_a_path(anyio_backend: str) -> None:
    """As with Rigetti's own client, the path of the method replaces it."""
    assert checked_address("https://GRPC.example.com:443/some/path/", "x", "rigetti") == "https://grpc.example.com"
    assert checked_address("http://127.0.0.1:5000/a", "x", "rigetti") == "http://127.0.0.1:5000"


# Sizes


async def test_a_response_above_the_limit_is_not_read(transport: Make) -> None:
    with grpc_server(services.CONTROLLER, lambda call: bytes(200_000)) as server:
        made = transport(limits=Limits(body=100_000))
        with pytest.raises(errors.ResponseTooLargeError, match="200000 bytes; the limit is 100000"):
            await ask(made, server.url)
    assert len(server.seen) == 1


async def test_a_request_above_the_limit_is_not_sent(transport: Make) -> None:
    async def read(content: bytearray) -> None:
        raise AssertionError

    parts = [b"x", *[memoryview(bytes(2**20))] * 250]
    with grpc_server(services.CONTROLLER, running) as server:
        with pytest.raises(errors.ValidationError, match="the limit is 262144000"):
            await transport().grpc.send(server.url, STATUS, parts, read)
    assert not server.seen


async def test_large_messages_go_both_ways(transport: Make) -> None:
    """Larger than the windows that HTTP/2 begins with, 64 KiB."""
    result = controller.GetControllerJobResultsResponse()
    for number in range(20):
        result.result.readout_values[f"q{number}"].integer_values.values.extend([number & 1] * 100_000)

    def handle(call: GrpcCall) -> Any:
        assert len(call.request.job_execution_id) == 1_000_000
        return result

    made = transport()
    with grpc_server(services.CONTROLLER, handle) as server:
        request = controller.GetControllerJobResultsRequest(job_execution_id="j" * 1_000_000)
        received = await made.grpc.call(server.url, services.GET_CONTROLLER_JOB_RESULTS, request)
    assert received == result


async def test_a_large_response_leaves_the_event_loop_free(transport: Make) -> None:
    """The loop's thread works for a few milliseconds at a time; `make bench` has the figures."""
    result = controller.GetControllerJobResultsResponse()
    for number in range(80):
        result.result.readout_values[f"q{number}"].integer_values.values.extend([number & 1] * 100_000)
    content = result.SerializeToString()
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        last = time.thread_time()
        while True:
            await anyio.lowlevel.checkpoint()
            now = time.thread_time()
            longest, last = max(longest, now - last), now

    made = transport()
    with grpc_server(services.CONTROLLER, lambda call: content) as server:
        await ask(transport(), server.url, "warm")
        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            request = controller.GetControllerJobResultsRequest(job_execution_id="j")
            await made.grpc.call(server.url, services.GET_CONTROLLER_JOB_RESULTS, request)
            group.cancel_scope.cancel()
    # To parse it at once takes some 100 ms.
    assert longest < 0.05


# Responses that are not as they should be


class Http2Server:
    """Responds to a request as a test says, in a connection of its own."""

    def __init__(self, respond: Callable[[Http2Server, Any, int], None], streams: int = 100) -> None:
        """`streams`: how many a client may have open."""
        self._respond = respond
        self._settings = {h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: streams}
        self.requests = self.connections = 0

    def talk(self, sock: socket.socket) -> None:
        self.connections += 1
        with suppress(OSError, h2.exceptions.ProtocolError):
            connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
            connection.local_settings = h2.settings.Settings(client=False, initial_values=self._settings)
            connection.initiate_connection()
            sock.sendall(connection.data_to_send())
            while data := sock.recv(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.StreamEnded):
                        self.requests += 1
                        assert event.stream_id is not None
                        self._respond(self, connection, event.stream_id)
                sock.sendall(connection.data_to_send())


GOOD = controller.GetControllerJobStatusResponse(status=1).SerializeToString()
HEAD = [(":status", "200"), ("content-type", "application/grpc+proto")]


def body(content: bytes, *, flag: int = 0, size: int | None = None) -> bytes:
    return bytes([flag]) + (len(content) if size is None else size).to_bytes(4, "big") + content


def respond_well(server: Http2Server, connection: Any, stream: int) -> None:
    connection.send_headers(stream, HEAD)
    connection.send_data(stream, body(GOOD))
    connection.send_headers(stream, [("grpc-status", "0")], end_stream=True)


def with_body(content: bytes, status: str | None = "0") -> Callable[[Http2Server, Any, int], None]:
    def respond(server: Http2Server, connection: Any, stream: int) -> None:
        connection.send_headers(stream, HEAD)
        connection.send_data(stream, content, end_stream=status is None)
        if status is not None:
            connection.send_headers(stream, [("grpc-status", status)], end_stream=True)

    return respond


def html(server: Http2Server, connection: Any, stream: int) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
    connection.send_data(stream, b"<html>portal</html>", end_stream=True)


def reset(server: Http2Server, connection: Any, stream: int) -> None:
    connection.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)


@pytest.mark.parametrize(
    ("respond", "kind", "message", "sent"),
    [
        (with_body(body(GOOD, flag=1)), errors.UnexpectedResponseError, "compressed", 1),
        (with_body(body(GOOD) + body(GOOD)), errors.UnexpectedResponseError, "more than one message", 1),
        (with_body(body(GOOD, size=100)), errors.ProtocolError, "not all of it", 4),
        (with_body(b""), errors.ProtocolError, "no message", 4),
        (with_body(body(GOOD), None), errors.ProtocolError, "without a status", 4),
        (with_body(body(GOOD), "many"), errors.ProtocolError, "without a status", 4),
        (with_body(body(GOOD), "77"), errors.ServerError, "returned UNKNOWN", 1),
        (with_body(body(b"\xff\xff\xff")), errors.UnexpectedResponseError, "cannot be read", 1),
        (html, errors.UnexpectedResponseError, "not gRPC", 1),
        (reset, errors.ProtocolError, "reset", 4),
    ],
)
async def test_odd_responses_are_errors(
    transport: Make,
    respond: Callable[[Http2Server, Any, int], None],
    kind: type[errors.AnyQPUError],
    message: str,
    sent: int,
) -> None:
    server = Http2Server(respond)
    made = transport()
    with listening(server.talk) as place:
        with pytest.raises(kind, match=message) as caught:
            await ask(made, f"http://{place}")
    assert type(caught.value) is kind
    assert server.requests == sent


async def test_503_is_tried_again_only_where_it_says_when(transport: Make) -> None:
    def respond(server: Http2Server, connection: Any, stream: int) -> None:
        if server.requests != 1:
            respond_well(server, connection, stream)
            return
        connection.send_headers(stream, [(":status", "503"), *headers])
        connection.send_data(stream, b"no healthy upstream", end_stream=True)

    headers: list[tuple[str, str]] = [("retry-after", "0")]
    server = Http2Server(respond)
    with listening(server.talk) as place:
        made = transport()
        assert (await ask(made, f"http://{place}")).status == 1
    headers, server = [("content-type", "text/plain")], Http2Server(respond)
    with listening(server.talk) as place:
        made = transport()
        with pytest.raises(errors.ServiceUnavailableError):
            await ask(made, f"http://{place}")
    assert server.requests == 1


def refuse_by_goaway(server: Http2Server, connection: Any, stream: int) -> None:
    if server.requests == 2:
        connection.close_connection(last_stream_id=stream - 2)
    else:
        respond_well(server, connection, stream)


def refuse_stream(server: Http2Server, connection: Any, stream: int) -> None:
    if server.requests == 2:
        connection.reset_stream(stream, h2.errors.ErrorCodes.REFUSED_STREAM)
    else:
        respond_well(server, connection, stream)


def goodbye(server: Http2Server, connection: Any, stream: int) -> None:
    respond_well(server, connection, stream)
    connection.close_connection()


@pytest.mark.parametrize(("respond", "connections"), [(refuse_by_goaway, 2), (refuse_stream, 1), (goodbye, 3)])
async def test_servers_that_end_a_connection_or_refuse_a_stream_are_asked_again(
    transport: Make, respond: Callable[[Http2Server, Any, int], None], connections: int
) -> None:
    server = Http2Server(respond)
    made = transport()
    with listening(server.talk) as place:
        for _ in range(3):
            assert (await ask(made, f"http://{place}")).status == 1
            await anyio.sleep(0.05)
    assert server.connections == connections
    assert server.requests == (3 if respond is goodbye else 4)


async def test_a_server_that_allows_one_stream_gets_one_at_a_time(transport: Make) -> None:
    at_once: list[int] = []

    def respond(server: Http2Server, connection: Any, stream: int) -> None:
        at_once.append(connection.open_inbound_streams)
        respond_well(server, connection, stream)

    server = Http2Server(respond, streams=1)
    with listening(server.talk) as place:
        made = transport()
        await ask(made, f"http://{place}")
        async with anyio.create_task_group() as group:
            for number in range(10):
                group.start_soon(ask, made, f"http://{place}", str(number))
    assert max(at_once) == 1
    assert server.requests == 11


def test_messages_of_the_service_have_their_own_pool() -> None:
    """Another package in the process may have messages of the same names."""
    from google.protobuf import descriptor_pool

    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName("models.controller.Uuid")
    assert models.Uuid(high=1).SerializeToString() == b"\x09" + (1).to_bytes(8, "little")

"""Requests and replies over ZeroMQ with CURVE, on any event loop and without a thread of this library.

The asynchronous sockets of pyzmq work with asyncio only. Here a socket is read until it is empty, and what is awaited
is its file descriptor, which signals once that there may be messages (libzmq's manual calls it edge-triggered; so every
use of the socket is followed by reading it until it is empty). Many calls may wait for replies on one connection: one
of them, the leader, watches the descriptors for all, and another takes over when that one leaves.

A connection exists while calls use it, so that nothing is left behind by a cancelled task.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, AuthenticationError, ClientStateError, ConnectError, ProtocolError
from anyqpu.transport.secret import Secret

if TYPE_CHECKING:
    import zmq

T = TypeVar("T")

# The packages of the extra `rigetti`.
NEEDS = ("zmq", "msgpack")
HANDSHAKE_SECONDS = 10.0
# A larger message ends the connection.
MESSAGE_LIMIT = 256 * 1024 * 1024
# Messages that libzmq keeps for us before it stops reading from the connection.
MOST_KEPT = 1_000
# Messages that are read in one turn of the event loop: a peer that floods the connection must not hold it.
MOST_AT_ONCE = 100
# Seconds of silence after which the system asks whether the other side is still there, and how often until it gives up.
KEEPALIVE = (30, 10, 3)


def load() -> None:
    """Import what is needed; raise `ImportError`. For a worker thread, since it is slow."""
    for package in (*NEEDS, "zmq.utils.monitor"):
        importlib.import_module(package)


@dataclass(frozen=True, slots=True)
class CurveKeys:
    """Keys in Z85: the server's public one and the client's two. The secret one is not shown, and not pickled."""

    server_public: str
    client_public: str
    client_secret: Secret


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a connection failed: the error of every call that uses it."""

    kind: type[AnyQPUError]
    message: str
    hint: str | None = None

    def error(self, provider: str) -> AnyQPUError:
        return self.kind(self.message, provider=provider, hint=self.hint)


class _Slot(Generic[T]):
    """Holds one reply."""

    __slots__ = ("changed", "done", "reply", "waiting")

    def __init__(self) -> None:
        self.reply: T | None = None
        self.done = False
        self.waiting = 0
        self.changed = anyio.Event()

    def fill(self, reply: T) -> None:
        self.reply, self.done = reply, True
        self.changed.set()


class Connection(Generic[T]):
    """A DEALER socket that is connected to one address."""

    def __init__(
        self, provider: str, address: str, keys: CurveKeys, read: Callable[[bytes], tuple[str | None, T]]
    ) -> None:
        """Make the socket; `read` returns the request's identifier and the reply of a message, or raises an error."""
        import zmq

        self.users = 0
        self._provider = provider
        self._address = address
        self._read_message = read
        self._slots: dict[str, _Slot[T]] = {}
        self._opening = _Slot[None]()
        self._leader: _Slot[Any] | None = None
        self._failure: _Failure | None = None
        self._more = False
        self._zmq_error: type[Exception] = zmq.ZMQError
        self._again = zmq.Again
        # One of its own: its thread ends with the connection.
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.linger = 0
        self._socket = self._context.socket(zmq.DEALER)
        connected = False
        try:
            self._set_up(keys)
            self._monitor = self._socket.get_monitor_socket()
            self._socket.connect(address)
            connected = True
        except Exception:  # ZMQError, or what pyzmq raises for odd addresses and keys
            self._context.destroy(0)
        # Not in the handler: the library's frames hold keys, and error trackers show local variables.
        if not connected:
            raise ConnectError(
                f"cannot connect to {address[:100]}: the address or a key is not valid",
                provider=provider,
                hint="The engagement may be wrong: try again, and report it if that does not help",
            )
        self._descriptors = tuple(int(socket.getsockopt(zmq.FD)) for socket in (self._socket, self._monitor))

    def _set_up(self, keys: CurveKeys) -> None:
        import zmq

        socket = self._socket
        options: dict[int, int | bytes] = {
            zmq.LINGER: 0,
            zmq.SNDHWM: 0,
            zmq.RCVHWM: MOST_KEPT,
            zmq.MAXMSGSIZE: MESSAGE_LIMIT,
            # A connection that broke is not made again: what was lost with it would not be known.
            zmq.RECONNECT_IVL: -1,
            zmq.TCP_KEEPALIVE: 1,
            zmq.TCP_KEEPALIVE_IDLE: KEEPALIVE[0],
            zmq.TCP_KEEPALIVE_INTVL: KEEPALIVE[1],
            zmq.TCP_KEEPALIVE_CNT: KEEPALIVE[2],
            zmq.IPV6: 1,
            zmq.CURVE_SERVERKEY: keys.server_public.encode(),
            zmq.CURVE_PUBLICKEY: keys.client_public.encode(),
        }
        for option, value in options.items():
            socket.setsockopt(option, value)
        socket.setsockopt(zmq.CURVE_SECRETKEY, keys.client_secret.reveal().encode())

    @property
    def failed(self) -> bool:
        """Whether it cannot be used any more."""
        return self._failure is not None

    async def open(self) -> None:
        """Wait until both sides have proved their keys. Nothing is sent before.

        Raises:
            AuthenticationError: A key is not the right one.
            ConnectError: There is no server, or it does not respond.
        """
        with anyio.move_on_after(HANDSHAKE_SECONDS):
            await self._reply(self._opening)
            return
        self._fail(
            _Failure(ConnectError, f"{self._address} did not respond within {HANDSHAKE_SECONDS:g} s", "Try again later")
        )
        self._check()

    async def ask(self, id: str, content: bytes) -> T:
        """Return the reply to a request, which is sent once, before anything is waited for.

        Raises:
            ProtocolError: The connection broke; the request may have been handled all the same.
            ClientStateError: The client was closed meanwhile.
        """
        self._check()
        slot = self._slots[id] = _Slot[T]()
        try:
            try:
                self._socket.send(content, self._flags())
            except self._zmq_error:
                # Any number of messages may wait to be sent, so there is no connection to send them over.
                self._fail(_Failure(ConnectError, f"the connection to {self._address} is lost"))
            self._drain()
            reply: T = await self._reply(slot)
            return reply
        finally:
            del self._slots[id]

    def fail(self, kind: type[AnyQPUError], message: str) -> None:
        """Make every call that waits, and every later one, raise this error."""
        self._fail(_Failure(kind, message))

    def close(self) -> None:
        """Close the socket; no call may be waiting."""
        with suppress(Exception):
            self._socket.disable_monitor()
        self._monitor.close(0)
        self._socket.close(0)
        self._context.term()

    # Waiting

    async def _reply(self, slot: _Slot[Any]) -> Any:
        slot.waiting += 1
        try:
            while not slot.done:
                self._check()
                if slot.changed.is_set():
                    slot.changed = anyio.Event()
                if self._leader is None:
                    self._leader = slot
                    try:
                        await self._watch(slot)
                    finally:
                        self._leader = None
                else:
                    await slot.changed.wait()
            return slot.reply
        finally:
            slot.waiting -= 1
            self._promote()

    async def _watch(self, slot: _Slot[Any]) -> None:
        """Read what is there, or wait until there may be something."""
        self._drain()
        if slot.done or self.failed:
            return
        if self._more:
            await anyio.lowlevel.checkpoint()
            return
        async with anyio.create_task_group() as group:

            async def until(wait: Callable[[], Awaitable[object]]) -> None:
                await wait()
                group.cancel_scope.cancel()

            for descriptor in self._descriptors:
                group.start_soon(until, partial(anyio.wait_readable, descriptor))
            # Another call may have read the reply while sending.
            group.start_soon(until, slot.changed.wait)
        self._drain()

    def _promote(self) -> None:
        if self._leader is None:
            heir = next((slot for slot in self._all() if slot.waiting and not slot.done), None)
            if heir is not None:
                heir.changed.set()

    def _all(self) -> list[_Slot[Any]]:
        return [self._opening, *self._slots.values()]

    # Reading

    def _drain(self) -> None:
        """Read all that is there up to a limit, first what happened to the connection."""
        from zmq.utils.monitor import parse_monitor_message

        flags = self._flags()
        try:
            with suppress(self._again):
                while True:
                    event = parse_monitor_message(self._monitor.recv_multipart(flags))
                    self._happened(int(event["event"]), int(event["value"]))
            self._more = False
            with suppress(self._again):
                for _ in range(MOST_AT_ONCE):
                    self.received(self._socket.recv_multipart(flags))
                self._more = True
        except self._zmq_error:
            self._fail(_Failure(ProtocolError, f"the connection to {self._address} broke"))
        if self._more and self._leader is not None:
            # It waits for the descriptors, which do not signal what is there already.
            self._leader.changed.set()

    def _flags(self) -> int:
        import zmq

        return zmq.NOBLOCK

    def received(self, frames: list[bytes]) -> None:
        """Pass the reply of a message to the call that waits for it."""
        try:
            id, reply = self._read_message(frames[-1])
        except AnyQPUError as error:
            # The request is not known. If several calls wait, they can try again on a new connection.
            if len(self._slots) > 1:
                problem = f"the connection to {self._address} cannot be used: {error.message}"
                self._fail(_Failure(ProtocolError, problem))
            else:
                self._fail(_Failure(type(error), error.message, error.hint))
            return
        slot = self._slots.get(id) if id is not None else None
        # A reply to a request that was given up is dropped.
        if slot is not None:
            slot.fill(reply)

    def _happened(self, event: int, value: int) -> None:
        import zmq

        where = self._address
        if event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
            self._opening.fill(None)
        elif event == zmq.EVENT_HANDSHAKE_FAILED_AUTH:
            self._fail(
                _Failure(AuthenticationError, f"{where} does not accept our key ({value})", "It may have expired")
            )
        elif event in {zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL}:
            self._fail(
                _Failure(
                    AuthenticationError,
                    f"{where} broke off the handshake",
                    "It does not have the key that it should have, or does not speak ZeroMQ with CURVE",
                )
            )
        elif event in {zmq.EVENT_CLOSED, zmq.EVENT_CONNECT_RETRIED, zmq.EVENT_DISCONNECTED}:
            if self._opening.done:
                self._fail(_Failure(ProtocolError, f"the connection to {where} broke"))
            else:
                self._fail(_Failure(ConnectError, f"no server at {where}", "Check that it can be reached"))

    def _fail(self, failure: _Failure) -> None:
        if self._failure is None:
            self._failure = failure
            for slot in self._all():
                slot.changed.set()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure.error(self._provider)


class Connections(Generic[T]):
    """The connections of one client: one for each address and key, shared by the calls that use it at the time."""

    def __init__(self, provider: str, read: Callable[[bytes], tuple[str | None, T]]) -> None:
        self._provider = provider
        self._read = read
        self._open: dict[tuple[str, str, str], Connection[T]] = {}
        self._closed = False

    async def acquire(self, address: str, keys: CurveKeys) -> Connection[T]:
        """Return an open connection, to be given to `release`; raise what `Connection.open` does."""
        if self._closed:
            raise ClientStateError("the client is closed", provider=self._provider, hint="Use it in its `async with`")
        place = (address, keys.server_public, keys.client_public)
        connection = self._open.get(place)
        if connection is None or connection.failed:
            connection = self._open[place] = Connection(self._provider, address, keys, self._read)
        connection.users += 1
        try:
            await connection.open()
        except BaseException:
            self.release(connection)
            raise
        return connection

    def release(self, connection: Connection[T]) -> None:
        """End the use of a connection; the last call that used it closes it."""
        connection.users -= 1
        if connection.users and not connection.failed:
            return
        for place in [place for place, kept in self._open.items() if kept is connection]:
            del self._open[place]
        if not connection.users:
            connection.close()

    def close(self) -> None:
        """Make all calls that still wait raise an error; they close their connections as they leave."""
        self._closed = True
        for connection in self._open.values():
            connection.fail(ClientStateError, "the client was closed")

"""The ZeroMQ side: one ROUTER socket under CURVE, in a thread that starts with the first engagement."""

from __future__ import annotations

import importlib
import threading
import time
import weakref
from dataclasses import dataclass, field
from typing import Any

import zmq
from zmq.utils import z85

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.faults import Fault
from anyqpu_emulator.injection import Target
from anyqpu_emulator.operations import Operation
from anyqpu_emulator.persistence import StateError
from anyqpu_emulator.shapes import is_object

from .executions import Executions
from .rpc import Later, Methods, RpcError

# It has no types, and as Any its members need no exceptions in type checks.
_msgpack: Any = importlib.import_module("msgpack")
# Milliseconds between polls while clients wait for runs, and otherwise.
_BRISK, _CALM = 5, 100
_HEARTBEAT = 0.5
_ZAP = "inproc://zeromq.zap.01"
_START_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where to connect and with which keys, in Z85."""

    address: str
    server_public: str
    client_public: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Engaged:
    """The processors that a client's key gives access to, and its end by the emulator's clock."""

    processors: list[str]
    until: float


class ExecutionServer:
    """The execution endpoint of all processors of one emulator."""

    def __init__(self, context: AppContext, executions: Executions) -> None:
        """Nothing listens yet."""
        self.context = context
        self.methods = Methods(executions)
        self._keys: dict[str, Engaged] = {}
        self._lock = threading.Lock()
        self._listening: _Listening | None = None

    def engage(self, processors: list[str], seconds: float) -> Credentials:
        """New keys; blocks until the socket listens. Raises RuntimeError if it does not."""
        with self._lock:
            if self._listening is None:
                self._listening = _listen(self)
            listening = self._listening
            now = self.context.clock.monotonic()
            for old in [key for key, engaged in self._keys.items() if engaged.until <= now]:
                del self._keys[old]
            public, secret = (key.decode() for key in zmq.curve_keypair())
            self._keys[public] = Engaged(list(processors), now + seconds)
            return Credentials(listening.address, listening.public, public, secret)

    def engaged(self, key: str) -> Engaged | None:
        """Return the present engagement of a key, or None."""
        engagement = self._keys.get(key)
        return engagement if engagement is not None and self.context.clock.monotonic() < engagement.until else None


@dataclass(slots=True)
class _Listening:
    public: str
    secret: str
    address: str = ""
    problem: str = ""
    ready: threading.Event = field(default_factory=threading.Event)


def _listen(server: ExecutionServer) -> _Listening:
    public, secret = (key.decode() for key in zmq.curve_keypair())
    listening = _Listening(public, secret)
    # A weak reference, so that the thread does not keep an emulator alive that was not closed.
    arguments = (weakref.ref(server), listening)
    threading.Thread(target=_serve, args=arguments, name="anyqpu-emulator-zmq", daemon=True).start()
    if not listening.ready.wait(_START_SECONDS) or not listening.address:
        raise RuntimeError(f"the execution endpoint does not start: {listening.problem or 'it takes too long'}")
    return listening


def _serve(reference: weakref.ref[ExecutionServer], listening: _Listening) -> None:
    with zmq.Context() as context, context.socket(zmq.REP) as zap, context.socket(zmq.ROUTER) as router:
        try:
            for socket in (zap, router):
                socket.linger = 0
            # Must be bound before the first client connects.
            zap.bind(_ZAP)
            router.curve_server = True
            router.curve_secretkey = listening.secret.encode()
            router.curve_publickey = listening.public.encode()
            router.zap_domain = b"rigetti"
            router.bind("tcp://127.0.0.1:*")
            listening.address = router.getsockopt_string(zmq.LAST_ENDPOINT)
        except zmq.ZMQError as error:
            listening.problem = str(error)
            return
        finally:
            listening.ready.set()
        _Loop(reference, zap, router).run()


class _Loop:
    """Everything that happens on the sockets, in their thread."""

    def __init__(
        self, reference: weakref.ref[ExecutionServer], zap: zmq.Socket[bytes], router: zmq.Socket[bytes]
    ) -> None:
        self._reference = reference
        self._zap = zap
        self._router = router
        self._waiting: list[tuple[list[bytes], Any, Later]] = []
        self._heartbeat = time.monotonic()

    def run(self) -> None:
        poller = zmq.Poller()
        poller.register(self._zap, zmq.POLLIN)
        poller.register(self._router, zmq.POLLIN)
        while True:
            ready = {socket for socket, _ in poller.poll(_BRISK if self._waiting else _CALM)}
            server = self._reference()
            if server is None or not self._emulator_is_open(server):
                return
            if self._zap in ready:
                self._admit(server)
            if self._router in ready:
                self._request(server)
            self._poll_waiting(server)
            # Not kept over the next poll.
            del server

    def _emulator_is_open(self, server: ExecutionServer) -> bool:
        """Return whether the emulator is open: a closed worker pool refuses work."""
        now = time.monotonic()
        if now - self._heartbeat < _HEARTBEAT:
            return True
        self._heartbeat = now
        try:
            server.context.workers.start(lambda _: b"")
        except RuntimeError:
            return False
        return True

    def _admit(self, server: ExecutionServer) -> None:
        """Handle a ZAP request of libzmq (RFC 27): whether a key may connect. The key becomes the user's id."""
        version, number, _domain, _address, _identity, _mechanism, *credentials = self._zap.recv_multipart()
        key = z85.encode(credentials[0]) if credentials and len(credentials[0]) == 32 else b""
        good = server.engaged(key.decode()) is not None
        verdict = (b"200", b"OK") if good else (b"400", b"no engagement has this key")
        self._zap.send_multipart([version, number, *verdict, key if good else b"", b""])

    def _request(self, server: ExecutionServer) -> None:
        frames = self._router.recv_multipart(copy=False)
        *envelope, content = [frame.bytes for frame in frames]
        number: Any = None
        try:
            request = _unpacked(content)
            number = request.get("id")
            user = frames[-1].get("User-Id")
            engaged = server.engaged(user if isinstance(user, str) else "")
            if engaged is None:
                raise RpcError("the engagement has expired; create another")
            faults = _faults(server, request.get("method"))
            if any(fault.drop == "before" for fault in faults):
                return
            for fault in faults:
                if fault.status is not None:
                    raise RpcError(fault.message or f"failed through the control API ({fault.status})")
            result = server.methods.call(request, engaged.processors)
            # Outside HTTP requests, this thread writes the changes.
            server.context.persistence.flush()
        except (RpcError, StateError) as error:
            self._fail(envelope, number, str(error))
            return
        except Exception as error:  # the thread serves other clients too
            self._fail(envelope, number, f"the emulator failed: {error!r}")
            return
        if not any(fault.drop == "after" for fault in faults):
            self._reply(envelope, number, result)

    def _poll_waiting(self, server: ExecutionServer) -> None:
        waiting, self._waiting = self._waiting, []
        for envelope, number, later in waiting:
            try:
                result = server.methods.resume(later)
                server.context.persistence.flush()
            except (RpcError, StateError) as error:
                self._fail(envelope, number, str(error))
            except Exception as error:  # as above
                self._fail(envelope, number, f"the emulator failed: {error!r}")
            else:
                self._reply(envelope, number, result)

    def _reply(self, envelope: list[bytes], number: Any, result: Any) -> None:
        if isinstance(result, Later):
            self._waiting.append((envelope, number, result))
        else:
            self._send(envelope, {"_type": "RPCReply", "result": result}, number)

    def _fail(self, envelope: list[bytes], number: Any, message: str) -> None:
        self._send(envelope, {"_type": "RPCError", "error": message}, number)

    def _send(self, envelope: list[bytes], body: dict[str, Any], number: Any) -> None:
        whole: dict[str, Any] = {**body, "id": number, "jsonrpc": "2.0", "warnings": []}
        packed: bytes = _msgpack.packb(whole, use_bin_type=True)
        # The envelope is the sender's id, and an empty frame if it sent one. A client that is gone receives nothing.
        self._router.send_multipart([*envelope, packed])


def _faults(server: ExecutionServer, method: Any) -> list[Fault]:
    """Return the faults that hit a call; only statuses and drops apply here."""
    if server.context.faults is None or not isinstance(method, str):
        return []
    return server.context.faults.hits(Target("rigetti", "", "", Operation("rigetti", "", "", method)))


def _unpacked(content: bytes) -> dict[str, Any]:
    try:
        request: Any = _msgpack.unpackb(content, raw=False)
    except Exception as error:
        raise RpcError(f"not msgpack: {error}") from None
    if not is_object(request):
        raise RpcError("a request is a map")
    return request

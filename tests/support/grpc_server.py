"""A server of gRPC services, made with grpcio, whose behaviour a test defines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc


@dataclass(frozen=True, slots=True)
class GrpcCall:
    """A request that the server received: its method, message, metadata and the seconds that the client allows."""

    method: str
    request: Any
    metadata: Mapping[str, str] = field(repr=False)
    context: grpc.ServicerContext = field(repr=False)

    def refuse(self, code: grpc.StatusCode, message: str = "", **trailers: str) -> None:
        """Respond with an error."""
        self.context.set_trailing_metadata([(name.replace("_", "-"), value) for name, value in trailers.items()])
        self.context.abort(code, message)


Handler = Callable[[GrpcCall], Any]


@dataclass
class GrpcServer:
    """A running server: its address, and every request that it received."""

    url: str
    seen: list[GrpcCall] = field(default_factory=list)

    def of(self, method: str) -> list[GrpcCall]:
        """Return the requests of one method."""
        return [call for call in self.seen if call.method == method]


@contextmanager
def grpc_server(
    methods: Sequence[Any], handle: Handler, *, tls: tuple[bytes, bytes] | None = None, port: int = 0
) -> Iterator[GrpcServer]:
    """Serve methods as the generated packages have them.

    Args:
        methods: The methods.
        handle: Returns the response to a request, or bytes that are sent as they are.
        tls: Private key and chain of certificates, in PEM.
        port: Port to listen on; 0 is any free one.
    """
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1), ("grpc.so_reuseport", 0)]
    # Many threads: a handler may wait for the end of the test.
    server = grpc.server(ThreadPoolExecutor(max_workers=40), options=options)
    running = GrpcServer("")
    lock = threading.Lock()

    def handler(method: Any) -> grpc.RpcMethodHandler:
        def respond(request: Any, context: grpc.ServicerContext) -> Any:
            metadata = {name: str(value) for name, value in context.invocation_metadata()}
            call = GrpcCall(method.name, request, metadata, context)
            with lock:
                running.seen.append(call)
            return handle(call)

        return grpc.unary_unary_rpc_method_handler(
            respond,
            request_deserializer=method.request.FromString,
            response_serializer=lambda made: made if isinstance(made, bytes) else made.SerializeToString(),
        )

    services: dict[str, dict[str, grpc.RpcMethodHandler]] = {}
    for method in methods:
        services.setdefault(method.service, {})[method.name] = handler(method)
    generic = tuple(grpc.method_handlers_generic_handler(name, handlers) for name, handlers in services.items())
    server.add_generic_rpc_handlers(generic)
    where = f"127.0.0.1:{port}"
    if tls is None:
        number = server.add_insecure_port(where)
    else:
        number = server.add_secure_port(where, grpc.ssl_server_credentials([tls]))
    running.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{number}"
    server.start()
    try:
        yield running
    finally:
        server.stop(0).wait(5)

"""gRPC calls, as requests below the cloud's prefix: authenticated, read, and given to the services."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator import operations
from anyqpu_emulator.grpc_wire import GrpcError, message_response, read_message
from anyqpu_emulator.oauth import bearer_token

from .auth import Auth
from .errors import QcsError
from .executions import Executions
from .sealed import Sealer
from .store import Store

if TYPE_CHECKING:
    from .services import Method

T = TypeVar("T")
# Messages up to this size are read in the event loop, in less than a millisecond.
_SMALL = 100_000


class GrpcHandlers:
    """The routes of all gRPC methods. protobuf is not imported before the first call."""

    def __init__(self, store: Store, auth: Auth, executions: Executions) -> None:
        """All three are the cloud's."""
        self._auth = auth
        self._parts = store, executions, Sealer(store.context)
        self._methods: dict[str, tuple[Any, Method]] = {}
        self._lock = threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """One for each service, relative to the prefix."""
        return [Route(f"/{service}/{{method}}", self._call, methods=["POST"]) for service in operations.GRPC]

    async def _call(self, request: Request) -> Response:
        try:
            if not self._methods:
                await anyio.to_thread.run_sync(self._load)
            return message_response(await self._respond(request))
        except GrpcError as error:
            return error.response()

    async def _respond(self, request: Request) -> bytes:
        self._check_token(bearer_token(request))
        name: str = request.path_params["method"]
        if name not in operations.GRPC[request.url.path.split("/")[-2]]:
            raise GrpcError("UNIMPLEMENTED", f"there is no method {name!r}")
        kind, method = self._methods[name]
        content = read_message(await request.body(), request.headers)
        response = await method(await _in_thread(len(content), _parsed, kind, content), request)
        return await _in_thread(response.ByteSize(), _written, response)

    def _check_token(self, token: str) -> None:
        try:
            self._auth.check_token(token)
        except QcsError as error:
            code = "PERMISSION_DENIED" if "denied" in token else "UNAUTHENTICATED"
            raise GrpcError(code, error.detail) from None

    def _load(self) -> None:
        """In a worker thread, as importing takes a while."""
        try:
            from .messages import message
            from .services import Services
        except ImportError as error:
            text = f"gRPC needs {error.name}: pip install 'anyqpu[emulator]'"
            raise GrpcError("UNIMPLEMENTED", text) from None
        with self._lock:
            methods = Services(*self._parts).methods()
            self._methods = self._methods or {name: (message(f"{name}Request"), methods[name]) for name in methods}


async def _in_thread(size: int, function: Callable[..., T], *arguments: Any) -> T:
    """Call a function that takes the longer the larger a message is: large ones in a worker thread."""
    return function(*arguments) if size <= _SMALL else await anyio.to_thread.run_sync(function, *arguments)


def _parsed(kind: Any, content: bytes) -> Any:
    from google.protobuf.message import DecodeError

    try:
        return kind.FromString(content)
    except DecodeError as error:
        raise GrpcError("INTERNAL", f"the request is not a {kind.DESCRIPTOR.name}: {error}") from None


def _written(response: Any) -> bytes:
    content: bytes = response.SerializeToString()
    return content

"""Groups of a cloud's routes over the same store, with authentication in front of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Generic, Protocol, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


class Gate(Protocol):
    """Who is let in."""

    def check(self, request: Request) -> object:
        """Raise the cloud's own refusal if the request has no acceptable credentials."""
        ...


S = TypeVar("S")
G = TypeVar("G", bound=Gate)


class GuardedRoom(Generic[S, G]):
    """A group of routes over the same store. `prefix` stands before their paths."""

    prefix: ClassVar[str] = ""

    def __init__(self, store: S, gate: G) -> None:
        """Both are shared by all rooms of a cloud."""
        self.store = store
        self.gate = gate

    def guarded(self, method: str, path: str, handler: Handler) -> BaseRoute:
        """A route that only callers with acceptable credentials reach."""

        async def endpoint(request: Request) -> Response:
            self.gate.check(request)
            return await handler(request)

        return self.public(method, path, endpoint)

    def public(self, method: str, path: str, handler: Handler) -> BaseRoute:
        """A route for everybody."""
        return Route(self.prefix + path, handler, methods=[method])

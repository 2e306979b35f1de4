"""Routes of a cloud, from the operations of its document and the methods that handle them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from . import operations
from .http import ProblemError
from .operations import Operation
from .validation import Dialect, InvalidRequestError, check_request

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
M = TypeVar("M", bound=Callable[..., Awaitable[Response]])
_MARK = "_operations"


class Authentication(Protocol):
    """Checks credentials."""

    def check(self, request: Request) -> object:
        """Raise the cloud's own error unless the request has acceptable credentials."""
        ...


class _OptionalAuth:
    """Checks credentials where a request has some."""

    def __init__(self, auth: Authentication) -> None:
        self._auth = auth

    def check(self, request: Request) -> object:
        return self._auth.check(request) if "authorization" in request.headers else None


class Group(Protocol):
    """Handlers by the names of the operations that they handle."""

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers."""
        ...


S = TypeVar("S")
A = TypeVar("A", bound=Authentication)


def handles(*names: str) -> Callable[[M], M]:
    """Mark a method as the handler of operations, by their names in the document."""

    def mark(method: M) -> M:
        setattr(method, _MARK, names)
        return method

    return mark


class Handlers(Generic[S, A]):
    """A group of handlers over the same store."""

    def __init__(self, store: S, auth: A) -> None:
        """Both are shared by all groups of a cloud."""
        self.store = store
        self.auth = auth

    def handlers(self) -> dict[str, Handler]:
        """Return the marked methods by the operations that they handle."""
        methods: list[Any] = [getattr(self, name) for name in dir(type(self))]
        return {name: method for method in methods for name in getattr(method, _MARK, ())}


def routes(
    cloud: str,
    groups: Iterable[Group],
    auth: Authentication,
    dialect: Dialect,
    *,
    public: Iterable[str] = (),
    otherwise: Handler | None = None,
) -> list[BaseRoute]:
    """Return a route for each operation of a cloud, relative to its prefix.

    Requests are authenticated, except for operations that are `public` here or in the document, then checked, then
    handled. Operations that are `anonymous` in the document take requests without credentials too. `otherwise`
    handles operations of the document that no group handles.
    """
    handlers = {name: handler for group in groups for name, handler in group.handlers().items()}
    made: list[BaseRoute] = []
    optional = _OptionalAuth(auth)
    cloud_operations = [operation for operation in operations.table() if operation.cloud == cloud]
    for operation in cloud_operations:
        handler = handlers.get(operation.name)
        secured: Authentication | None = optional if operation.anonymous else auth
        if not operation.secured or operation.name in public:
            secured = None
        if handler is not None:
            made.append(_route(operation, _endpoint(operation, handler, secured, dialect)))
        elif operation.secured and otherwise is not None:
            made.append(_route(operation, guarded(otherwise, auth, dialect)))
    unknown = handlers.keys() - {operation.name for operation in cloud_operations}
    if unknown:
        raise LookupError(f"unknown operations of {cloud}: {', '.join(sorted(unknown))}")
    return made


def guarded(handler: Handler, auth: Authentication | None, dialect: Dialect) -> Handler:
    """Wrap a handler: authenticate first, and respond to errors in the cloud's own form."""

    async def endpoint(request: Request) -> Response:
        try:
            if auth is not None:
                auth.check(request)
            return await handler(request)
        except InvalidRequestError as error:
            problem = dialect.refuse(error)
        except ProblemError as error:
            problem = error
        if dialect.respond is None:
            raise problem
        response: Response = dialect.respond(problem, request)
        return response

    return endpoint


def _endpoint(operation: Operation, handler: Handler, auth: Authentication | None, dialect: Dialect) -> Handler:
    async def checked(request: Request) -> Response:
        request.state.operation = operation.name
        await check_request(operation, request, dialect)
        return await handler(request)

    return guarded(checked, auth, dialect)


def _route(operation: Operation, endpoint: Handler) -> BaseRoute:
    return Route(operation.path.removeprefix(f"/{operation.cloud}"), endpoint, methods=[operation.method])

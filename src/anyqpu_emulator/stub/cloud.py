"""A stub as one cloud of an emulator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as HttpRoute
from starlette.types import Scope

from anyqpu_emulator import operations
from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.documents import resolved
from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.persistence import Schema
from anyqpu_emulator.routes import routes
from anyqpu_emulator.rules import Rules
from anyqpu_emulator.shapes import is_object
from anyqpu_emulator.validation import Dialect, InvalidRequestError

from .auth import TOKEN_PATH, Auth
from .handlers import Call, StubHandlers
from .objects import Objects, labels_in, singular
from .resources import Resources

# Properties of error bodies that hold the reason.
_MESSAGES = ("message", "detail", "error", "title", "description", "reason", "msg")


class StubCloud:
    """The cloud of a document, below `/name`."""

    def __init__(
        self,
        name: str,
        resources: Resources,
        responses: Mapping[str, Callable[[Call], Any]],
        context: AppContext,
    ) -> None:
        """Begin with the first objects of each collection."""
        self.name = name
        self.prefix = f"/{name}"
        self.rules = Rules(())
        self._resources = resources
        self._document, self._values = resources.document, resources.values
        self._raw: dict[str, Mapping[str, Any]] = {"token": {"responses": {}}}
        self._raw |= {route.name: route.raw for route in resources.routes}
        self._objects = Objects(name, resources, context)
        self._handlers = StubHandlers(resources, self._objects, responses)
        self._auth = Auth(resources.document, resources.routes, context, Schema(f"{name}.token"))

    def routes(self) -> list[BaseRoute]:
        """The operations of the document, and a token endpoint at `/_token`."""
        dialect = Dialect(refuse=self._refuse, respond=self._respond)
        api = routes(self.name, [self._handlers], self._auth, dialect)
        return [*api, HttpRoute(TOKEN_PATH, self._auth.token, methods=["POST"])]

    def _refuse(self, error: InvalidRequestError) -> ProblemError:
        return ProblemError(400, str(error))

    def _respond(self, problem: ProblemError, request: Request) -> Response:
        return self.error_response(request.scope, problem.status, problem.detail, problem.headers)

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """Return the error that the document has for the operation, with the message in it; else that of RFC 7807."""
        operation = operations.find(scope["method"], scope["path"])
        responses: dict[str, Any] = self._raw[operation.name]["responses"] if operation else {}
        # A document that refuses bodies with 422 does so here too.
        if status == 400 and "400" not in responses and "422" in responses:
            status = 422
        documented = (str(status), f"{status // 100}XX", "default")
        response = next((responses[name] for name in documented if name in responses), dict[str, Any]())
        content: dict[str, Any] = resolved(self._document, response).get("content") or {}
        kind = next((name for name in content if "json" in name), None)
        body = self._values.of(content[kind].get("schema", {}), bare=True) if kind else None
        properties = self._values.properties(content[kind].get("schema", {})) if kind else {}
        place = next((name for name in _MESSAGES if properties.get(name, {}).get("type") == "string"), None)
        if kind is None or place is None or not is_object(body):
            return ProblemError(status, message, headers=headers).response(scope["path"])
        numbers = {name: status for name in ("status", "code") if properties.get(name, {}).get("type") == "integer"}
        return json_response({**body, **numbers, place: message}, status, media_type=kind, headers=headers)

    # What the control page shows

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs, in order of submission."""
        rows: list[dict[str, Any]] = []
        for entry in self._objects.jobs():
            collection = self._resources.collections[entry.collection]
            view = self._objects.view(collection, entry)
            tags, keys = labels_in(entry.values)
            rows.append(
                {
                    "cloud": self.name,
                    "kind": singular(collection.path),
                    "id": entry.id,
                    "name": view.get("name"),
                    "backend": view.get(collection.behaviour.device or "", ""),
                    "status": view.get(collection.status or "", ""),
                    "shots": entry.program.get("shots"),
                    "created_at": self._stamp(entry.created_at),
                    "tags": tags,
                    "keys": keys,
                }
            )
        return rows

    def program(self, job_id: str) -> Any:
        """Return the text that a job computes, or None."""
        return next((entry.program.get("text") for entry in self._objects.jobs() if entry.id == job_id), None)

    def devices(self) -> list[dict[str, Any]]:
        """The first objects of each collection, which clients did not make."""
        rows: list[dict[str, Any]] = []
        for collection in self._resources.collections.values():
            for item in collection.behaviour.items:
                status = item.get(collection.status or "", "")
                rows.append({"id": item.get(collection.key or "", ""), "status": status})
        return rows

    def sessions(self) -> list[dict[str, Any]]:
        """Nothing: what is not a job is a resource."""
        return []

    def resources(self) -> list[dict[str, Any]]:
        """What clients created besides jobs."""
        rows: list[dict[str, Any]] = []
        for entry in self._objects.created():
            tags, keys = labels_in(entry.values)
            rows.append({"kind": singular(entry.collection), "id": entry.id, "tags": tags, "keys": keys})
        return rows

    def _stamp(self, monotonic: float) -> str:
        return utc(self._objects.context.scheduler.wall(monotonic)).isoformat()

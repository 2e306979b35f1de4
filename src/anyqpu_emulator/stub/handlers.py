"""What a stub responds to each operation."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.documents import resolved
from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.shapes import is_list, is_object

from .lists import FieldPath, page_of
from .objects import JobRecord, ObjectRecord, Objects, singular
from .resources import Collection, Resources, Route

CANCELS = ("cancel", "stop", "abort", "terminate")
_VERBS = ("activate", "archive", "close", "complete", "disable", "drain", "enable", "end", "open", "pause", "start")


@dataclass(frozen=True, slots=True)
class Call:
    """A request to an operation, as the functions of `Stub(responses=...)` get it.

    Attributes:
        operation: The operationId.
        path: Path parameters by name.
        query: Query parameters by name, with the types of the document; those that were sent or have a default.
        body: The checked body; None without one.
        resource: The object in the path as the API shows it; None where the path has none.
        counts: How often each bit string was seen, where a program was computed and the job has completed.
    """

    operation: str
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any
    resource: Mapping[str, Any] | None
    counts: Mapping[str, int] | None


class StubHandlers:
    """The handlers of one stub."""

    def __init__(
        self,
        resources: Resources,
        objects: Objects,
        responses: Mapping[str, Callable[[Call], Any]],
    ) -> None:
        """`responses` are functions of the author's, by operationId, that return a body."""
        self._resources = resources
        self._document, self._values = resources.document, resources.values
        self._objects = objects
        self._responses = responses
        cancelling = [route.collection for route in resources.routes if route.role == "act" and _verb(route) in CANCELS]
        # Where a document has no other way to cancel a job, its deletion does.
        self._cancelled_by_delete = [
            one for one in resources.collections.values() if one.words.cancelled and one not in cancelling
        ]
        # Where the counts of computed programs go, by operation.
        self._counts: dict[str, tuple[Collection, FieldPath]] = {}
        for collection in resources.collections.values():
            if collection.behaviour.counts:
                name, _, place = collection.behaviour.counts.partition(":")
                self._counts[name] = collection, tuple(place.split(".")) if place else ()

    def handlers(self) -> dict[str, Callable[[Request], Awaitable[Response]]]:
        """Return the handler of each operation."""
        return {route.name: partial(self._handle, route) for route in self._resources.routes}

    async def _handle(self, route: Route, request: Request) -> Response:
        collection, entry = route.collection, None
        above = {name: str(value) for name, value in request.path_params.items()}
        if collection is not None and route.role in ("read", "update", "delete", "act", "part"):
            # Operations on one collection may have different names for the same parameter.
            names = re.findall(r"\{([^{}]+)\}", route.path)
            entry = self._objects.find(collection, above[names[collection.path.count("{")]], above)
            if isinstance(entry, JobRecord):
                await self._objects.context.poll(entry.job)
        body = getattr(request.state, "body", None)
        if route.name in self._responses:
            made = self._responses[route.name](self._call(route, request, entry, body))
            return self._response(route, made)
        match route.role:
            case "list" if collection is not None:
                return self._response(route, self._list(route, collection, above, request.state.query))
            case "create" if collection is not None:
                entry = self._objects.create(collection, above, body, self._defaults(route))
            case "update" if collection is not None and entry is not None:
                self._objects.update(collection, entry, body)
            case "delete" if collection is not None and entry is not None:
                view = self._enveloped(route, collection, entry)
                if collection in self._cancelled_by_delete and self._objects.is_running(entry):
                    self._objects.put(collection, entry, str(collection.words.cancelled))
                else:
                    self._objects.delete(collection, entry)
                return self._response(route, view)
            case "act" if collection is not None and entry is not None:
                self._act(route, collection, entry)
            case "read":
                pass
            case _:
                return self._response(route, self._part(route, collection, entry))
        assert collection is not None and entry is not None  # noqa: S101, PT018 - for the type checker
        return self._response(route, self._enveloped(route, collection, entry))

    def _call(self, route: Route, request: Request, entry: ObjectRecord | JobRecord | None, body: Any) -> Call:
        view = self._objects.view(route.collection, entry) if route.collection and entry else None
        counts = _counts_of(entry) if isinstance(entry, JobRecord) else None
        params = {name: str(value) for name, value in request.path_params.items()}
        return Call(route.name, params, request.state.query, body, view, counts)

    def _defaults(self, route: Route) -> dict[str, Any]:
        request: dict[str, Any] = route.raw.get("requestBody", {})
        content: dict[str, Any] = resolved(self._document, request).get("content", {})
        media = next(iter(content.values()), dict[str, Any]())
        properties = self._values.properties(media.get("schema", {}))
        return {name: copy.deepcopy(schema["default"]) for name, schema in properties.items() if "default" in schema}

    def _list(self, route: Route, collection: Collection, above: Mapping[str, str], query: Mapping[str, Any]) -> Any:
        entries = self._objects.all(collection, above)
        # A parameter with the name of a property selects.
        for name in query.keys() & self._values.properties(collection.schema).keys():
            wanted = query[name] if is_list(query[name]) else [query[name]]
            entries = [entry for entry in entries if self._objects.view(collection, entry).get(name) in wanted]
        pages = self._resources.pages(route)
        rows, facts = page_of(entries, query, pages)
        place = self._resources.list_place(route) or ()
        schema: Any = route.success.schema
        for name in place:
            schema = self._values.properties(schema)[name]
        items = self._values.schema(schema).get("items", {})
        shown = [self._objects.shown(items, self._objects.view(collection, entry)) for entry in rows]
        if not place:
            return shown
        body = self._values.of(route.success.schema, bare=True)
        _set(body, place, shown)
        for fact, value in facts.items():
            _set(body, fact, value)
        return body

    def _enveloped(self, route: Route, collection: Collection, entry: ObjectRecord | JobRecord) -> Any:
        """Return the response with an object in it; as documented where that has no object."""
        if route.success.media is None:
            return None
        view, place = self._objects.view(collection, entry), self._resources.object_place(route)
        schema: Any = route.success.schema
        for name in place:
            schema = self._values.properties(schema)[name]
        shown = self._objects.shown(schema, view)
        if not place:
            return (
                shown
                if self._values.schema(schema).get("type") == "object"
                else self._values.of_media(route.success.media)
            )
        body = self._values.of(route.success.schema, bare=True)
        _set(body, place, shown)
        return body

    def _act(self, route: Route, collection: Collection, entry: ObjectRecord | JobRecord) -> None:
        """Do what the last word of a path says: `/jobs/{id}/cancel` leads to the word of the enum that is like it."""
        verb = _verb(route)
        words = collection.words
        if verb in CANCELS and words.cancelled:
            self._objects.put(collection, entry, words.cancelled)
        elif verb in _VERBS and (word := next((word for word in words.all if word.lower().startswith(verb[:4])), None)):
            self._objects.put(collection, entry, word)

    def _part(self, route: Route, collection: Collection | None, entry: ObjectRecord | JobRecord | None) -> Any:
        """Return what belongs to an object, or to nothing that the stub keeps."""
        if route.name in self._counts and collection is not None and isinstance(entry, JobRecord):
            place = self._counts[route.name][1]
            counts = _counts_of(entry)
            if counts is None:
                raise ProblemError(409, f"the {singular(collection.path)} has no result")
            if not place:
                return counts
            body = self._values.of(route.success.schema, bare=True)
            _set(body, place, counts)
            view = self._objects.view(collection, entry)
            return {
                **body,
                **{name: value for name, value in view.items() if body.get(name) is not None and name != place[0]},
            }
        return None if route.success.media is None else self._values.of_media(route.success.media)

    def _response(self, route: Route, body: Any) -> Response:
        success = route.success
        if success.media is None or (body is None and "json" not in success.media_type):
            return Response(status_code=success.status)
        if "json" in success.media_type:
            return json_response(body, success.status, media_type=success.media_type)
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return Response(content, success.status, media_type=success.media_type)


def _verb(route: Route) -> str:
    return route.path.replace(":", "/").rpartition("/")[2].lower()


def _counts_of(entry: JobRecord) -> dict[str, int] | None:
    if entry.job.state is not State.COMPLETED or entry.job.result is None:
        return None
    counts: dict[str, int] = json.loads(entry.job.result)
    return counts


def _set(body: Any, place: FieldPath, value: Any) -> None:
    """Set the value at a place of a body, with objects on the way."""
    for name in place[:-1]:
        inner = body.get(name)
        body[name] = inner if is_object(inner) else {}
        body = body[name]
    body[place[-1]] = value

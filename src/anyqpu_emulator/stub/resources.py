"""The collections of a document, and what each operation does with them: by its method and path, as in REST."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from anyqpu_emulator.documents import parameters, raw_operations, resolved
from anyqpu_emulator.shapes import is_object

from .behaviour import Behaviour, BehaviourError, Words, words_of
from .lists import DEFAULT_SIZE, FieldPath, usual_pages
from .values import Values

Role: TypeAlias = Literal["list", "create", "read", "update", "delete", "act", "part", "call"]
_STATUS = ("status", "state", "phase")
_LISTS = ("items", "data", "results", "content", "elements", "values")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Success:
    """The documented success of an operation; no `media` is an empty body."""

    status: int
    media: Mapping[str, Any] | None
    media_type: str = "application/json"

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema of the body."""
        schema: Mapping[str, Any] = (self.media or {}).get("schema", {})
        return schema


@dataclass(slots=True, eq=False)
class Collection:
    """Objects of one kind: `/jobs`, of which `/jobs/{id}` is one.

    Attributes:
        path: Its path in the document.
        parameter: The path parameter that identifies an object.
        schema: Schema of an object.
        key: Property with the identifier; None where objects do not show it.
        behaviour: What the author says.
        status: Property with the word for the state.
        words: The words of it.
    """

    path: str
    parameter: str
    schema: Mapping[str, Any]
    key: str | None
    behaviour: Behaviour
    status: str | None = None
    words: Words = field(default_factory=Words)

    @property
    def has_jobs(self) -> bool:
        """Whether its objects are jobs, which move from state to state."""
        return self.words.completed is not None


@dataclass(frozen=True, slots=True)
class Route:
    """One operation: what it does with which collection. `raw` is what the document says."""

    name: str
    method: str
    path: str
    raw: Mapping[str, Any]
    role: Role
    success: Success
    collection: Collection | None = None


class Resources:
    """The collections and routes of a document."""

    def __init__(self, document: dict[str, Any], values: Values, behaviours: Mapping[str, Behaviour]) -> None:
        """Read a document. Raises BehaviourError for a behaviour that does not fit it."""
        self.document = document
        self.values = values
        self._operations = list(raw_operations(document))
        self.collections = {path: self._collection(path, behaviours) for path in self._paths()}
        if wrong := behaviours.keys() - self.collections.keys():
            raise BehaviourError(f"no collection {', '.join(sorted(wrong))}; there is {', '.join(self.collections)}")
        self.routes = [self._route(*operation) for operation in self._operations]

    def _paths(self) -> Iterator[str]:
        """Yield the paths of collections: what `/path/{id}` is below, and what lists of objects are at."""
        paths = {path for _, path, _ in self._operations}
        below = {path.rpartition("/")[0] for path in paths if re.search(r"/\{[^/{}]+\}$", path)}
        lists = {path for method, path, raw in self._operations if method == "GET" and self._has_list(raw)}
        # In the order of the document; some have no operation of their own.
        for path in dict.fromkeys([*(path for _, path, _ in self._operations), *sorted(below)]):
            if path in below or (path in lists and not path.endswith("}")):
                yield path

    def _has_list(self, raw: Mapping[str, Any]) -> bool:
        return self._listed(self.success(raw)) is not None

    def success(self, raw: Mapping[str, Any]) -> Success:
        """Return the first documented success, one with a body before others."""
        successes: list[Success] = []
        for status, response in raw.get("responses", {}).items():
            code = str(status).replace("XX", "00").replace("default", "200")
            if code.startswith("2"):
                content: dict[str, Any] = resolved(self.document, response).get("content") or {}
                kind = next((name for name in content if "json" in name), next(iter(content), None))
                successes.append(Success(int(code), content.get(kind or ""), kind or "application/json"))
        return next(
            (success for success in successes if success.media is not None), next(iter(successes), Success(200, None))
        )

    def _listed(self, success: Success) -> FieldPath | None:
        """Return where a response has a list of objects; the empty place is the response itself."""

        def is_list(schema: Mapping[str, Any]) -> bool:
            whole = self.values.schema(schema)
            return whole.get("type") == "array" and bool(self.values.properties(whole.get("items", {})))

        return None if success.media is None else self.place_of(success.schema, is_list)

    def place_of(self, schema: Mapping[str, Any], wanted: Callable[[Mapping[str, Any]], bool]) -> FieldPath | None:
        """Return the outermost place in a schema that is wanted; usual names of lists come first."""
        level: list[tuple[FieldPath, Mapping[str, Any]]] = [((), schema)]
        for _ in range(_DEEPEST):
            inner: list[tuple[FieldPath, Mapping[str, Any]]] = []
            for place, part in level:
                if wanted(part):
                    return place
                properties = self.values.properties(part)
                inner += [((*place, name), properties[name]) for name in sorted(properties, key=_usual)]
            level = inner
        return None

    def list_place(self, route: Route) -> FieldPath | None:
        """Return where the response of an operation has its list."""
        pages = route.raw.get("x-pages")
        if is_object(pages):
            return tuple(str(pages["items"]).split(".")) if "items" in pages else ()
        return self._listed(route.success)

    def usual_pages(self, route: Route) -> dict[str, Any] | None:
        """Return `x-pages` as the names of an operation suggest it; None where they suggest what it cannot describe."""
        declared = parameters(self.document, route.path, dict(route.raw))
        query = {
            entry["name"]: self.values.schema(entry.get("schema", {})) for entry in declared if entry["in"] == "query"
        }
        items = self.list_place(route) or ()
        beside: list[FieldPath] = []
        for depth in range(len(items)):
            properties = self.values.properties(self._at(route.success.schema, items[:depth]))
            for name, schema in properties.items():
                inner = self.values.properties(schema)
                beside += [(*items[:depth], name), *((*items[:depth], name, other) for other in inner)]
        return usual_pages(query, items, beside)

    def pages(self, route: Route) -> Mapping[str, Any]:
        """Return how a list is divided into pages: `x-pages`, or what names suggest."""
        said = route.raw.get("x-pages")
        if is_object(said):
            return said
        suggested = self.usual_pages(route)
        return suggested if suggested is not None else {"style": "offset", "default-size": DEFAULT_SIZE}

    def object_place(self, route: Route) -> FieldPath:
        """Return where the response of an operation has the object: at the top, or in an envelope."""
        key = route.collection.key if route.collection else None
        if key is None:
            return ()

        def has_key(part: Mapping[str, Any]) -> bool:
            return key in self.values.properties(part)

        return self.place_of(route.success.schema, has_key) or ()

    def _collection(self, path: str, behaviours: Mapping[str, Behaviour]) -> Collection:
        behaviour = behaviours.get(path, Behaviour())
        parameter = ""
        schema: Mapping[str, Any] = {}
        for method, other, raw in self._operations:
            below = re.match(re.escape(path) + r"/\{([^/{}]+)\}", other)
            success = self.success(raw)
            parameter = below[1] if below else parameter
            item = below and below.end() == len(other)
            if item and method == "GET" and success.media is not None:
                schema = self._item_schema(success.schema, parameter)
            elif other == path and method == "GET" and not schema and (place := self._listed(success)) is not None:
                schema = self._at(success.schema, place).get("items", {})
            elif other == path and method == "POST" and not schema and success.media is not None:
                schema = self._item_schema(success.schema, parameter)
        properties = self.values.properties(schema)
        names = (behaviour.status,) if behaviour.status else _STATUS
        status = next((name for name in names if name in properties), None)
        enum = tuple(str(word) for word in properties[status].get("enum", ())) if status else ()
        return Collection(
            path, parameter, schema, _key_of(path, parameter, properties), behaviour, status,
            words_of(enum, behaviour, path) if status else Words(),
        )  # fmt: skip

    def _item_schema(self, schema: Mapping[str, Any], parameter: str) -> Mapping[str, Any]:
        """Return the schema of the object in a response, which may be in an envelope."""

        def has_key(part: Mapping[str, Any]) -> bool:
            return _key_of("", parameter, self.values.properties(part)) is not None

        return self._at(schema, self.place_of(schema, has_key) or ())

    def _at(self, schema: Mapping[str, Any], place: FieldPath) -> Mapping[str, Any]:
        for name in place:
            schema = self.values.properties(schema)[name]
        return self.values.schema(schema)

    def _route(self, method: str, path: str, raw: Mapping[str, Any]) -> Route:
        above, _, last = path.rpartition("/")
        role: Role = "call"
        collection = self.collections.get(path)
        success = self.success(raw)
        if collection is not None:
            roles: dict[str, Role] = {"GET": "list", "POST": "create"}
            role = roles.get(method, "call")
            if role == "list" and self._listed(success) is None:
                role = "call"
        elif last.startswith("{") and last.endswith("}"):
            collection = self.collections[above]
            one: dict[str, Role] = {
                "GET": "read",
                "PUT": "update",
                "PATCH": "update",
                "DELETE": "delete",
                "POST": "update",
            }
            role = one.get(method, "call")
        else:
            verb = re.fullmatch(r"(.*)/\{[^/{}]+\}[:/][^{}]+", path)
            if verb and verb[1] in self.collections:
                collection, role = self.collections[verb[1]], "part" if method == "GET" else "act"
        return Route(operation_name(method, path, raw), method, path, raw, role, success, collection)


def operation_name(method: str, path: str, raw: Mapping[str, Any]) -> str:
    """Return the operationId, or a name of method and path."""
    return str(raw.get("operationId") or re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_"))


def _usual(name: str) -> tuple[int, str]:
    return (_LISTS.index(name) if name in _LISTS else len(_LISTS), name)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _key_of(path: str, parameter: str, properties: Mapping[str, Any]) -> str | None:
    """Return the property with the identifier of an object: the path parameter's namesake, or a usual one."""
    singular = path.rpartition("/")[2].rstrip("s")
    tried = (parameter, "id", f"{singular}_id", "uuid", "name", "key")
    by_letters = {_letters(name): name for name in properties}
    return next((by_letters[_letters(name)] for name in tried if name and _letters(name) in by_letters), None)

"""An emulated cloud made from an OpenAPI document, for a provider that has no emulator of its own.

A package names it in the entry point group `anyqpu.emulators`, and every emulator serves it below `/name`: with
`anyqpu emulate`, with `connect("name", emulator=True)`, and in tests. See docs/new-provider.md.

    # acme_qpu/emulator.py
    CLOUD = Stub("acme", folder / "final.json", behaviour=folder / "emulator.toml")
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Any

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.documents import row
from anyqpu_emulator.operations import Operation, operation_of
from anyqpu_emulator.shapes import is_list, is_object

from .auth import TOKEN_PATH
from .behaviour import Behaviour, BehaviourError, Words, behaviours_of, state_of_word
from .cloud import StubCloud
from .handlers import Call
from .resources import Collection, Resources
from .values import CHECKED, Values

__all__ = ["Behaviour", "BehaviourError", "Call", "Stub", "StubCloud", "Words", "state_of_word"]


class Stub:
    """Makes a cloud from a document. What it does follows from methods and paths, as in REST.

    - `GET` of a collection lists its objects, with the pages that `x-pages` describes; objects that were created last
      come first. `POST` creates one, `GET`, `PATCH` and `DELETE` of `/collection/{id}` read, change and delete it.
    - An object whose status is an enum with words such as `queued`, `running` and `done` is a job, which moves through
      them. `POST /collection/{id}/cancel` cancels it.
    - Other operations get the example of the document, or a value made from its schema.
    - A request without the credentials that the document demands gets a 401; one that does not fit its schemas a 4xx
      that says why.

    Attributes:
        name: The cloud's name.
        operations: Its operations, for the emulator's table.
        routes: What each operation of the document does with which collection.
        values: Makes values that fit schemas of the document.
    """

    def __init__(
        self,
        name: str,
        document: Traversable | Mapping[str, Any],
        *,
        behaviour: Traversable | Mapping[str, Any] | None = None,
        responses: Mapping[str, Callable[[Call], Any]] | None = None,
    ) -> None:
        """Read a document.

        `document` is a JSON file, or its content. `behaviour` is a TOML file, or its content, that says what the
        document does not: see `Behaviour`. `responses` are functions by operationId that return the body of a response.
        Raises BehaviourError for a behaviour or a function that does not fit the document.
        """
        self.name = name
        content: dict[str, Any] = (
            dict(document) if isinstance(document, Mapping) else json.loads(document.read_text(encoding="utf-8"))
        )
        self._document = _with_plain_paths(content)
        table = behaviour if isinstance(behaviour, Mapping) else _read(behaviour)
        self.values = Values(self._document)
        self._resources = Resources(self._document, self.values, behaviours_of(table))
        self.routes = self._resources.routes
        self._add_first_objects()
        self._responses = responses or {}
        names = {route.name for route in self._resources.routes}
        if unknown := self._responses.keys() - names:
            raise BehaviourError(f"unknown operation {', '.join(sorted(unknown))}")
        rows = (
            row(self._document, name, (route.method, route.path, {**route.raw, "operationId": route.name}), CHECKED)
            for route in self._resources.routes
        )
        token = Operation(name, "POST", f"/{name}{TOKEN_PATH}", "token")
        self.operations: tuple[Operation, ...] = (*(operation_of(name, values) for values in rows), token)

    def __call__(self, context: AppContext) -> StubCloud:
        """Return the cloud of one emulator."""
        return StubCloud(self.name, self._resources, self._responses, context)

    def _add_first_objects(self) -> None:
        """Give a collection that clients cannot create objects in the one object of the document's examples."""
        created = {route.path for route in self._resources.routes if route.role == "create"}
        for path, collection in self._resources.collections.items():
            if path not in created and not collection.behaviour.items and "{" not in path:
                item = self.values.of_media({"schema": collection.schema})
                listed = next(
                    (route for route in self._resources.routes if (route.path, route.role) == (path, "list")), None
                )
                items: Any = [item]
                if listed is not None and listed.success.media is not None:
                    body = self.values.of_media(listed.success.media)
                    for part in self._resources.list_place(listed) or ():
                        body = body.get(part, {})
                    items = body if is_list(body) and all(self._fits(one, collection) for one in body) else items
                if all(is_object(one) for one in items):
                    collection.behaviour = replace(collection.behaviour, items=tuple(items))

    def _fits(self, value: Any, collection: Collection) -> bool:
        return is_object(value) and self.values.fits(value, collection.schema)


def _read(file: Traversable | None) -> dict[str, Any]:
    return {} if file is None else tomllib.loads(file.read_text(encoding="utf-8"))


def _with_plain_paths(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose path parameters are identifiers, as routes need them: `{job-id}` becomes `{job_id}`."""

    def plain(name: str) -> str:
        return re.sub(r"\W", "_", name)

    def renamed(parameter: Any) -> Any:
        if is_object(parameter) and parameter.get("in") == "path":
            return {**parameter, "name": plain(parameter["name"])}
        return parameter

    def with_plain(item: Any) -> Any:
        """Return a path item, or an operation, with the names of its parameters."""
        if not is_object(item):
            return item
        listed: list[Any] = item.get("parameters", [])
        return {**item, **({"parameters": [renamed(one) for one in listed]} if listed else {})}

    components = dict(document.get("components", {}))
    if "parameters" in components:
        components["parameters"] = {name: renamed(one) for name, one in components["parameters"].items()}
    paths = {
        re.sub(r"\{([^{}]*)\}", lambda match: "{" + plain(match[1]) + "}", path): {
            key: with_plain(part) for key, part in with_plain(item).items()
        }
        for path, item in document["paths"].items()
    }
    return {**document, "paths": paths, "components": components}

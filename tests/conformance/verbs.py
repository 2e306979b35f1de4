"""Public methods as subjects of cells: `client.submit(...)`, `job.cancel()`, a pager that is collected."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Awaitable, Callable
from operator import attrgetter
from typing import Any

from tests.conformance.cells import BY_ROW, Subject, has_json
from tests.conformance.rows import Operation
from tests.conformance.worlds import World


def verb_subject(row: Operation) -> Subject:
    """The subject of a row of `verbs.toml`."""
    assert row.operation is not None
    case = BY_ROW[f"{row.provider}:{row.operation}"]
    keys = () if case.entry.auth else ("public",)
    if not has_json(case):
        keys = (*keys, "without body")

    if row.kind in ("write", "delete", "idempotent write"):
        keys = (*keys, "changing method")

    async def make(world: World) -> Callable[[Any], Awaitable[Any]]:
        args = await world.filled([argument for argument in row.args if argument != "@on"])
        options = await world.filled(dict(row.options))
        before = None if row.on is None else await world.filled(dict(row.on))
        return Verb(row, args, options, before)

    return Subject(row, make, row.operation, keys)


class Verb:
    """A call of a public method; `prepare` fetches the object that it is about, before anything goes wrong."""

    def __init__(self, row: Operation, args: list[Any], options: dict[str, Any], before: Any) -> None:
        self._row = row
        self._args = args
        self._options = options
        self._before = before
        self._on: Any = None

    async def prepare(self, client: Any) -> None:
        if self._before is not None:
            self._on = await getattr(client, self._before["method"])(*self._before["args"])

    async def __call__(self, client: Any) -> Any:
        row = self._row
        assert row.method is not None
        args = [self._on, *self._args] if "@on" in row.args else self._args
        holder = client
        name = row.method
        if name.startswith("object."):
            holder, name = self._on, name.removeprefix("object.")
        # Methods of a composed service have a dot in their names.
        returned = attrgetter(name)(holder)(*args, **self._options)
        if hasattr(returned, "collect"):
            returned = returned.collect(limit=row.limit)
        value = await returned if inspect.isawaitable(returned) else returned
        touch(value)
        return value


def touch(value: Any, depth: int = 0) -> None:
    """Read what a value says, as its user would: some objects map their response when they are first looked at."""
    repr(value)
    str(value)
    if isinstance(value, list | tuple | set | frozenset):
        for element in value:
            touch(element, depth)
    elif dataclasses.is_dataclass(value) and depth < 3:
        for element in dataclasses.fields(value):
            touch(getattr(value, element.name), depth + 1)

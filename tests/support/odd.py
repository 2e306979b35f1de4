"""Odd responses: bodies in which one value is replaced by any JSON value, and clients that get them."""

from __future__ import annotations

import json
import types
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import httpx
from hypothesis import strategies as st

import anyqpu
from anyqpu import errors

Path = tuple[str | int, ...]
Call = Callable[[Any], Awaitable[Any]]
Respond = Callable[[httpx.Request], httpx.Response]
Bodies = Mapping[str, Any]
"""The body of each response, by the end of the request's path."""

CREDENTIALS: Mapping[str, Mapping[str, Any]] = {
    "kipu": {"token": "t"},
    "pasqal": {"token": "t", "project_id": "00000000-0000-0000-0000-000000000002"},
    "rigetti": {"access_token": "t"},
    "scaleway": {"secret_key": "t", "project_id": "00000000-0000-0000-0000-000000000002"},
}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            "",
            "..",
            "\ud800",
            "21636558026.698066",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
            10**400,
            -(2**63),
            1764000000,
        ]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
"""Any JSON value, among them those that servers have sent in the place of others."""


def paths(value: Any, start: Path = ()) -> Iterator[Path]:
    """Yield the places of all values inside a JSON value; of a list those of its first element."""
    inside: Sequence[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inside = tuple(value.items())
    elif isinstance(value, list):
        inside = tuple(enumerate(value[:1]))
    for key, item in inside:
        yield (*start, key)
        yield from paths(item, (*start, key))


def replaced(value: Any, path: Path, by: Any) -> Any:
    """Return a copy of a JSON value with another value in one place."""
    if not path:
        return by
    key, *rest = path
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = replaced(value[key], tuple(rest), by)
    return changed


def fits(value: Any, hint: Any) -> bool:
    """Return whether a value is of an annotated type, as far as data classes have them here."""
    if hint is Any:
        return True
    origin, parameters = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return any(fits(value, parameter) for parameter in parameters)
    if origin is Literal:
        return value in parameters
    if origin is tuple:
        if parameters[1:] == (...,):
            return isinstance(value, tuple) and all(fits(element, parameters[0]) for element in value)
        return isinstance(value, tuple) and all(map(fits, value, parameters))
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(
            fits(key, parameters[0]) and fits(element, parameters[1]) for key, element in value.items()
        )
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(hint, type) and is_dataclass(hint):
        return isinstance(value, hint) and not misfits(value)
    return isinstance(value, hint) if isinstance(hint, type) else True


def misfits(value: Any) -> list[str]:
    """Return the fields of data classes, also in lists, whose values are not of the types that they have in public."""
    if isinstance(value, list | tuple):
        return [name for element in value for name in misfits(element)]
    if not is_dataclass(value):
        return []
    hints = get_type_hints(type(value))
    return [
        f"{type(value).__name__}.{field.name} is {getattr(value, field.name)!r}"
        for field in fields(value)
        if not field.name.startswith("_") and not fits(getattr(value, field.name), hints[field.name])
    ]


@asynccontextmanager
async def client_with(provider: str, respond: Respond, **options: Any) -> AsyncIterator[Any]:
    """Yield a client whose requests this handler responds to."""
    credentials = CREDENTIALS[provider]
    options = {"retry": anyqpu.RetryPolicy(attempts=1)} | options
    async with anyqpu.connect(
        provider, base_url="https://cloud.test", transport=httpx.MockTransport(respond), **credentials, **options
    ) as client:
        yield client


async def value_or_error(call: Awaitable[Any]) -> Any:
    """Return the value of a call after checking its types, or its error, which may only be about the response."""
    outcome: Any = None
    try:
        outcome = await call
    except errors.UnexpectedResponseError as error:
        outcome = error
    assert misfits(outcome) == []
    assert repr(outcome) is not None
    return outcome


def response(body: Any, status: int = 200) -> httpx.Response:
    """A response with any JSON value, also those that JSON's own text does not have."""
    return httpx.Response(
        status, content=json.dumps(body).encode(), headers={"content-type": "application/json", "x-request-id": "r-1"}
    )


def respond_with(bodies: Bodies) -> Callable[[httpx.Request], httpx.Response]:
    """Return a handler that responds with the body for the end of a path, and with 404 to other requests."""

    def respond(request: httpx.Request) -> httpx.Response:
        fitting = [end for end in bodies if request.url.path.endswith(end)]
        return response(bodies[max(fitting, key=len)]) if fitting else response({}, 404)

    return respond

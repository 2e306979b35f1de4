"""What all generated clients share: no HTTP library, no event loop, nothing about one provider.

A generated operation builds a `Request` and reads a `Response`; the caller sends one and receives the other.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final, ParamSpec, Protocol, TypeVar

from ._encoding import (
    MULTIPART as MULTIPART,
    as_json as as_json,
    bytes_content as bytes_content,
    deep as deep,
    form_content as form_content,
    header_values as header_values,
    joined as joined,
    json_content as json_content,
    kind_of as kind_of,
    multipart_content as multipart_content,
    path_segment as path_segment,
    query_pairs as query_pairs,
    spread as spread,
)
from ._values import (
    DEEPEST as DEEPEST,
    TOO_DEEP as TOO_DEEP,
    UNREADABLE as UNREADABLE,
    UNSET as UNSET,
    ApiModel as ApiModel,
    OpenIntEnum as OpenIntEnum,
    OpenStrEnum as OpenStrEnum,
    ParameterError as ParameterError,
    Unset as Unset,
    UsualReader as UsualReader,
    UsualReaders as UsualReaders,
    decode_date as decode_date,
    decode_datetime as decode_datetime,
    decode_list as decode_list,
    decode_map as decode_map,
    decode_model as decode_model,
    decode_models as decode_models,
    encode as encode,
    fitting_models as fitting_models,
    is_list as is_list,
    is_object as is_object,
    reader as reader,
    report as report,
    set_drift_callback as set_drift_callback,
    set_reader_compiler as set_reader_compiler,
    unknown_fields as unknown_fields,
)

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What the API document says of one operation."""

    id: str
    """operationId, as in the document."""
    name: str
    """The same in snake_case: the name of the method and of the module."""
    tag: str
    method: str
    path: str
    """Template, relative to the base URL."""
    success: tuple[int, ...]
    """Documented statuses below 300."""
    auth: tuple[tuple[str, ...], ...]
    """Alternatives; each a set of security schemes needed together. Empty: no credentials."""
    idempotent: bool
    """Whether sending it twice is the same as once: by its method, or because the document marks it."""
    deprecated: bool = False
    base: str | None = None
    """Set where the operation lives under another base URL of the same cloud, such as `account`."""
    confidence: str | None = None
    """How the path is known, for documents that were rebuilt; None: the document states it."""
    audience: str | None = None
    errors: tuple[int, ...] = ()
    """Documented statuses from 400 on; empty where the document has none."""


@dataclass(frozen=True, slots=True, init=False)
class Request:
    """One HTTP request, complete but for base URL and credentials."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)

    def __init__(
        self,
        method: str,
        path: str,
        query: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> None:
        # Another class for the moment: fields of frozen ones take twice the time of all else in a request.
        draft: Any = self
        _set_class(draft, _RequestDraft)
        draft.method, draft.path, draft.query, draft.content = method, path, query, content
        draft.headers = {} if headers is None else headers
        _set_class(draft, Request)


class _RequestDraft(Request):
    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


_set_class: Callable[[Any, type[Request]], None] = vars(object)["__class__"].__set__


class Response(Protocol):
    """What a parser needs of an HTTP response; httpx, httpx2 and others fit as they are."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def content(self) -> bytes: ...


class Caller(Protocol):
    """Sends a request and returns what `parse` makes of the response."""

    def __call__(self, operation: Operation, request: Request, parse: Callable[[Response], T], /) -> Awaitable[T]: ...


class Builder(Protocol):
    """Calls `build_request` with the arguments of a call, and decides what an argument that cannot be sent raises."""

    def __call__(
        self, operation: Operation, build_request: Callable[P, Request], /, *args: P.args, **kwargs: P.kwargs
    ) -> Request: ...


class LazyModules(dict[str, Any]):
    """The modules of a package by their names in it, imported when they are first used.

    An import statement in a function takes more than half a microsecond at each call.
    """

    def __init__(self, package: str | None) -> None:
        super().__init__()
        self._package = package

    def __missing__(self, name: str) -> Any:
        module = self[name] = import_module(f".{name}", self._package)
        return module


def build_plainly(
    operation: Operation,  # noqa: ARG001
    build_request: Callable[P, Request],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Request:
    """Call `build_request`; an argument that cannot be sent raises `ParameterError`."""
    return build_request(*args, **kwargs)


class ResponseError(ValueError):
    """A response that is not what the document promises."""

    def __init__(self, operation: Operation, response: Response, reason: str) -> None:
        super().__init__(f"{operation.id}: {reason} (status {response.status_code})")
        self.operation = operation
        self.status_code = response.status_code
        self.reason = reason
        # For diagnosis; not part of the message, since a body may hold anything.
        self.content = response.content


class UnexpectedStatusError(ResponseError):
    """A status that the document does not list as a success."""


Decoder = Callable[[Any], Any] | None
EMPTY: Final = None
"""In the place of a decoder: there is no body, or nothing in it."""


def raw_bytes(value: Any) -> Any:
    """Mark a body that is returned as bytes."""
    return value


def json_body(value: Any) -> Any:
    """Decode free-form JSON."""
    return value


def any_body(value: Any) -> Any:
    """Mark a body that the document does not describe: an empty one is None, and one that is not JSON is its text."""
    return value


def text_body(value: Any) -> Any:
    """Mark a body that is returned as text."""
    return value


def expect_object(model: Any) -> Callable[[Any], Any]:
    """Return a decoder that refuses anything but an object."""

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected an object, got {kind_of(value)}")
        return model.from_dict(value)

    return decode


def expect_list(decode: Callable[[Any], Any], *, or_page: bool = False) -> Callable[[Any], Any]:
    """Return a decoder that refuses anything but a list; `or_page` also takes a page with `content`, or one object.

    Null is an empty list: servers written in Go send it for one.
    """

    def decode_all(value: Any) -> Any:
        if or_page and is_object(value):
            content = value.get("content", value)
            value = content if content is None or is_list(content) else [value]
        if value is None:
            return []
        if not isinstance(value, list):
            raise TypeError(f"expected a list, got {kind_of(value)}")
        return decode_list(value, decode)

    return decode_all


def expect_models(model: Any) -> Callable[[Any], Any]:
    """As `expect_list`, without the elements that lack a required field."""

    def decode_all(value: Any) -> Any:
        if value is None or is_list(value):
            return fitting_models(value or [], model)
        raise TypeError(f"expected a list, got {kind_of(value)}")

    return decode_all


def read_response(operation: Operation, response: Response, decoders: Mapping[int, Decoder], module: str = "") -> Any:
    """Return the decoded body of a success; raise `ResponseError` for a status from 300 on or a body that does not fit.

    A success that the document does not list is read as the listed one that has a body; it is None where that does not
    fit. `module` is reported with it.
    """
    status = response.status_code
    if status in decoders:
        return _decoded(operation, response, decoders[status])
    if not 200 <= status < 300:  # noqa: PLR2004
        raise UnexpectedStatusError(operation, response, "not a documented success")
    report("status", f"{module.rpartition('.')[0]}.{operation.id}", str(status))
    decode = next((decoder for _, decoder in sorted(decoders.items()) if decoder is not None), None)
    try:
        return _decoded(operation, response, decode)
    except ResponseError:
        return None


def _decoded(operation: Operation, response: Response, decode: Decoder) -> Any:
    content = response.content
    if decode is None:
        return None
    if decode is raw_bytes:
        return content
    if decode is text_body:
        return content.decode("utf-8", "replace")
    try:
        value = _loaded(content)
    except (ValueError, RecursionError) as error:
        if decode is any_body:
            return content.decode("utf-8", "replace") or None
        raise ResponseError(
            operation, response, "the body is empty" if not content else "the body is not JSON"
        ) from error
    if _is_deep(content, value):
        raise ResponseError(operation, response, f"the body is {TOO_DEEP}")
    try:
        return decode(value)
    except KeyError as error:
        raise ResponseError(operation, response, f"the body lacks {error.args[0]!r}") from error
    except UNREADABLE as error:
        raise ResponseError(operation, response, f"the body does not fit: {error}") from error


_parse = json.JSONDecoder().raw_decode
_WHITE_SPACE = " \t\n\r"


def _loaded(content: bytes) -> Any:
    """Return the value of a JSON body, as `json.loads` does, which for a small body takes half as long again."""
    try:
        text = content.decode()
        value, end = _parse(text)
    except ValueError:
        # Another encoding, white space before the value, or not JSON.
        return json.loads(content)
    if end == len(text) or not text[end:].strip(_WHITE_SPACE):
        return value
    return json.loads(content)


_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _is_deep(content: bytes, value: Any) -> bool:
    """Whether a parsed body has more than `DEEPEST` levels."""
    if len(content) <= 2 * DEEPEST:
        return False
    # Bodies of few levels vanish when pairs of brackets are removed, which costs a tenth of parsing; walking the values
    # would cost half of it. Brackets in texts could hide levels, so `to_dict` and `repr` do not rely on this.
    brackets = content.translate(None, _NO_BRACKETS)
    if len(brackets) <= 2 * DEEPEST:
        return False
    for _ in range(8):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if not brackets:
            return False
    level = [value]
    for _ in range(DEEPEST):
        level = [
            part
            for whole in level
            for part in (whole.values() if type(whole) is dict else whole)
            if type(part) is dict or type(part) is list
        ]
        if not level:
            return False
    return True


def read_error(response: Response, decoders: Mapping[int, Decoder]) -> Any:
    """Return the documented error body; None if it is missing or cannot be read: the error matters more.

    The decoder under 0 is for every status that has none of its own.
    """
    decode = decoders.get(response.status_code) or decoders.get(0)
    if decode is None:
        return None
    try:
        value = json.loads(response.content)
        return None if _is_deep(response.content, value) else decode(value)
    except UNREADABLE:
        return None

"""What all generated clients share: no HTTP library, no event loop, nothing about one provider.

A generated operation builds a `Request` and reads a `Response`; the caller sends one and receives the other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, ParamSpec, Protocol, TypeVar
from urllib.parse import quote, urlencode

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
    decode_date as decode_date,
    decode_datetime as decode_datetime,
    decode_list as decode_list,
    decode_map as decode_map,
    decode_model as decode_model,
    decode_models as decode_models,
    encode as encode,
    is_list as is_list,
    is_object as is_object,
    reader as reader,
    report as report,
    set_drift_callback as set_drift_callback,
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


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, complete but for base URL and credentials."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    content: bytes | None = field(default=None, repr=False)


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


def expect_object(model: Any) -> Callable[[Any], Any]:
    """Return a decoder that refuses anything but an object."""

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected an object, got {_kind(value)}")
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
            raise TypeError(f"expected a list, got {_kind(value)}")
        return decode_list(value, decode)

    return decode_all


def _kind(value: Any) -> str:
    names: dict[Any, str] = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def read_response(operation: Operation, response: Response, decoders: Mapping[int, Decoder], module: str = "") -> Any:
    """Return the decoded body of a success; raise `ResponseError` for a status from 300 on or a body that does not fit.

    A success that the document does not list is read as the listed one that has a body; without a body it is None.
    `module` is reported with it.
    """
    status, content = response.status_code, response.content
    if status in decoders:
        decode = decoders[status]
    elif 200 <= status < 300:  # noqa: PLR2004
        report("status", f"{module.rpartition('.')[0]}.{operation.id}", str(status))
        decode = next((decoder for _, decoder in sorted(decoders.items()) if decoder is not None), None)
        if decode is not raw_bytes and not content.strip():
            return None
    else:
        raise UnexpectedStatusError(operation, response, "not a documented success")
    if decode is None:
        return None
    if decode is raw_bytes:
        return content
    try:
        value = json.loads(content)
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


_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _is_deep(content: bytes, value: Any) -> bool:
    """Whether a parsed body has more than `DEEPEST` levels."""
    if len(content) <= 2 * DEEPEST:
        return False
    # Bodies of few levels vanish when pairs of brackets are removed, which costs a tenth of parsing; walking the values
    # would cost half of it. Brackets in texts could hide levels, so `to_dict` and `repr` do not rely on this.
    brackets = content.translate(None, _NO_BRACKETS)
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


def path_segment(name: str, value: object) -> str:
    """Return a path parameter, percent-encoded; a value that would change the path itself is refused."""
    text = "" if value is None else _text(_encoded(value, name), name)
    if text in {"", ".", ".."}:
        raise ParameterError(name, f"{text!r} cannot stand in a path; give the identifier")
    return quote(text, safe="")


def query_pairs(values: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """Return query parameters; a list repeats its key, and what is unset or None is left out."""
    pairs: list[tuple[str, str]] = []
    for key, value in values:
        encoded = _encoded(value, key) if value is not UNSET else None
        for item in encoded if is_list(encoded) else [encoded]:
            if item is not None:
                pairs.append((key, _text(item, key)))
    return tuple(pairs)


def joined(key: str, value: object, separator: str) -> object:
    """Return a list as the one text of the parameter `key`; any other value as it is."""
    encoded = _encoded(value, key) if value is not UNSET else value
    return separator.join(_text(item, key) for item in encoded) if is_list(encoded) else encoded


def header_values(values: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return header parameters; what is unset or None is left out, and only printable ASCII is sent."""
    headers = {
        key: _text(_encoded(value, key), key) for key, value in values if value is not UNSET and value is not None
    }
    for key, text in headers.items():
        if any(ord(character) < 32 or ord(character) == 127 for character in text):  # noqa: PLR2004
            raise ParameterError(key, "a header cannot hold control characters")
        if not text.isascii():
            raise ParameterError(key, "a header can hold ASCII characters only")
    return headers


def _encoded(value: object, key: str) -> Any:
    try:
        return encode(value, key)
    except RecursionError:
        raise ParameterError(key, TOO_DEEP) from None


def _text(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise ParameterError(key, f"{_kind(value)} cannot stand there; give a single value")
    if (reason := _flaw(value)) is not None:
        raise ParameterError(key, reason)
    return str(value)


def _flaw(value: Any) -> str | None:
    """Why a text or a number cannot be sent; None if it can."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return "the text has half of a surrogate pair, which UTF-8 cannot hold"
    if isinstance(value, float) and not math.isfinite(value):
        return f"JSON has no {value}"
    if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
        return "the integer has too many digits"
    return None


# Python writes no longer integers as text.
_LARGEST = 10**4000


def json_content(body: Any) -> bytes:
    """Return a JSON body; raise `ParameterError` for NaN, infinities and whatever else JSON does not have."""
    encoded = _encoded(body, "body")
    try:
        return json.dumps(encoded, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        pass
    try:
        problem = _problem(encoded, "body")
    except RecursionError:
        problem = ParameterError("body", TOO_DEEP)
    raise problem or ParameterError("body", "it cannot be written as JSON")


def _problem(value: Any, where: str) -> ParameterError | None:
    """The first value that cannot be written as JSON."""
    if is_object(value):
        for key, item in value.items():
            reason = _flaw(key) if isinstance(key, str) else f"the key {key!r:.40} is not a text"
            problem = ParameterError(where, reason) if reason else _problem(item, f"{where}.{key}")
            if problem is not None:
                return problem
        return None
    if is_list(value):
        return next((problem for item in value if (problem := _problem(item, where)) is not None), None)
    reason = _flaw(value)
    return ParameterError(where, reason) if reason else None


def form_content(body: Any) -> bytes:
    """Return a form body (application/x-www-form-urlencoded)."""
    fields = _encoded(body, "body")
    if not is_object(fields):
        raise ParameterError("body", f"expected an object, got {_kind(fields)}")
    return urlencode(query_pairs(fields.items())).encode()

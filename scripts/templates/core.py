"""What all generated clients share: no HTTP library, no event loop, no knowledge of any cloud.

A generated operation builds a `Request` and reads a `Response`; the caller sends one and receives the other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, Final, ParamSpec, Protocol, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

import attrs

T = TypeVar("T")
P = ParamSpec("P")

DEEPEST = 128
"""Levels of lists and objects that a JSON body may have; code that walks a deeper one would run out of stack."""
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What decoding an unexpected value raises."""


class ParameterError(ValueError, TypeError):
    """An argument that cannot be sent; nothing was sent."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.field, self.reason)


class Unset(Enum):
    """The type of `UNSET`. An enum member, because it stays the same object when it is copied or pickled."""

    UNSET = "UNSET"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""A field that the other side did not send, or that we do not send; `None` is sent as JSON's `null`."""


Noticed = Callable[[str, str, str], None]
"""Called with what a document does not describe: the kind (`word`, `field`, `missing` or `status`), the module that
met it, and the value."""
_noticed: Noticed | None = None


def tell_of_drift(to: Noticed | None) -> None:
    """Set the function that is called with what the documents do not describe; None: no function."""
    global _noticed  # noqa: PLW0603
    _noticed = to


def unknown_fields(module: str, rest: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that a model does not have, after reporting them."""
    if _noticed is not None:
        for name in rest:
            _noticed("field", module, name)
    return rest


class OpenStrEnum(StrEnum):
    """A set of words that the other side may extend: an unknown word is kept, and `is_known` is false."""

    @classmethod
    def _missing_(cls, value: object) -> OpenStrEnum | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = f"unknown:{value}"
        member._value_ = value
        if _noticed is not None:
            _noticed("word", cls.__module__, value)
        return member

    @property
    def is_known(self) -> bool:
        """Whether the API document lists this value."""
        return self._name_ in type(self).__members__

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


class OpenIntEnum(IntEnum):
    """A set of numbers that the other side may extend: an unknown number is kept, and `is_known` is false."""

    @classmethod
    def _missing_(cls, value: object) -> OpenIntEnum | None:
        if not isinstance(value, int):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"unknown:{value}"
        member._value_ = value
        if _noticed is not None:
            _noticed("word", cls.__module__, str(value))
        return member

    @property
    def is_known(self) -> bool:
        """Whether the API document lists this value."""
        return self._name_ in type(self).__members__

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


def reader(words: type[Enum]) -> Callable[[Any], Any]:
    """A function that gives the member for a value off the wire.

    One that is neither text nor number, as the enum has it, comes back as it is, rather than fail.
    """
    known = {member.value: member for member in words}

    def read(value: Any) -> Any:
        try:
            # What `words(value)` does, without its detours, which cost more than all the rest of a field.
            return known[value]
        except (KeyError, TypeError):
            pass
        try:
            return words(value)
        except ValueError:
            return value

    return read


@attrs.define(kw_only=True, repr=False)
class ApiModel:
    """Base of all generated models. Fields that the API document does not know are kept in `additional_properties`."""

    FIELDS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """(attribute, JSON key) of each field, in the document's order."""
    REQUIRED: ClassVar[frozenset[str]] = frozenset()
    """JSON keys without which an object is not of this model."""
    SECRETS: ClassVar[frozenset[str]] = frozenset()
    """Attributes whose value is never shown."""

    # None while empty: most objects have no unknown field, and a dict for each would be a third of their memory.
    _extra: dict[str, Any] | None = attrs.field(default=None, init=False, eq=lambda extra: extra or None)

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Fields that came, or shall go, beside those of the document; may be changed in place."""
        if self._extra is None:
            self._extra = {}
        return self._extra

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object; raise `ParameterError` for a value that JSON cannot hold or a time without zone."""
        out: dict[str, Any] = {}
        try:
            for name, key in self.FIELDS:
                value = getattr(self, name)
                if value is not UNSET:
                    out[key] = encode(value, key)
            if self._extra:
                out.update(encode(self._extra))
        except RecursionError:
            raise ParameterError(type(self).__name__, TOO_DEEP) from None
        return out

    def __repr__(self) -> str:
        try:
            shown = [
                f"{name}={'<hidden>' if name in self.SECRETS else repr(value)}"
                for name, _ in self.FIELDS
                if (value := getattr(self, name)) is not UNSET
            ]
        except RecursionError:
            shown = ["..."]
        return f"{type(self).__name__}({', '.join(shown)})"


TOO_DEEP = "nested too deeply"


def encode(value: Any, where: str = "value") -> Any:
    """Return the value in the types of JSON, for anything that a model or a parameter may hold."""
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, ApiModel):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: encode(item, f"{where}.{key}") for key, item in value.items() if item is not UNSET}
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(item, where) for item in value]
    if isinstance(value, datetime):
        return encode_datetime(value, where)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise ParameterError(where, f"{type(value).__name__} has no JSON form")


def encode_datetime(value: datetime, where: str) -> str:
    """Return RFC 3339 text; a time without zone is refused, because the server would have to guess."""
    if value.tzinfo is None:
        raise ParameterError(where, f"the datetime {value.isoformat()} has no time zone; add one, such as timezone.utc")
    return value.isoformat().replace("+00:00", "Z")


def decode_datetime(value: Any) -> datetime:
    """Return RFC 3339 text as a datetime; any other value is kept as it was sent.

    A time without zone is read as UTC, which is what servers mean that leave it out.
    """
    try:
        time = datetime.fromisoformat(value)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time
    except (TypeError, ValueError):
        return value  # type: ignore[no-any-return]


def decode_date(value: Any) -> date:
    """Return ISO 8601 text as a date; any other value is kept as it was sent."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value  # type: ignore[no-any-return]


def decode_list(value: Any, decode: Callable[[Any], Any]) -> list[Any]:
    """Decode each element; one that cannot be decoded is kept as it was sent, and so is a value of another type."""
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    try:
        return [decode(item) for item in value]
    except UNREADABLE:
        return [_or_as_sent(item, decode) for item in value]


def decode_map(value: Any, decode: Callable[[Any], Any]) -> dict[str, Any]:
    """Decode each value; one that cannot be decoded is kept as it was sent, and so is what is not an object."""
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    try:
        return {key: decode(item) for key, item in value.items()}
    except UNREADABLE:
        return {key: _or_as_sent(item, decode) for key, item in value.items()}


def _or_as_sent(value: Any, decode: Callable[[Any], Any]) -> Any:
    try:
        return decode(value)
    except UNREADABLE:
        return value


def decode_model(value: Any, *models: Any) -> Any:
    """Return the model that fits an object best; an object that fits none, and any other value, is kept as it was sent.

    Where several are allowed: those whose required keys are all there, and of these the one that has most of the keys.
    """
    if not isinstance(value, dict):
        return value
    if len(models) == 1:
        model = models[0]
    else:
        fitting = [model for model in models if model.REQUIRED <= value.keys()]
        if not fitting:
            return value
        model = max(fitting, key=lambda model: sum(key in value for _, key in model.FIELDS))
    try:
        return model.from_dict(value)
    except UNREADABLE:
        if _noticed is not None:
            lacking = sorted(model.REQUIRED - value.keys())
            _noticed("missing", model.__module__, f"the object lacks {lacking[0]!r}" if lacking else "an odd object")
        return value


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
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
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
        if or_page and isinstance(value, dict):
            content = value.get("content", value)
            value = content if content is None or isinstance(content, list) else [value]
        if value is None:
            return []
        if not isinstance(value, list):
            raise TypeError(f"expected a list, got {_kind(value)}")
        return decode_list(value, decode)

    return decode_all


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
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
        if _noticed is not None:
            _noticed("status", f"{module.rpartition('.')[0]}.{operation.id}", str(status))
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
    """Return the documented error body; None where there is none or it cannot be read: the error itself matters more.

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
        for item in encoded if isinstance(encoded, list) else [encoded]:
            if item is not None:
                pairs.append((key, _text(item, key)))
    return tuple(pairs)


def joined(key: str, value: object, separator: str) -> object:
    """Return a list as the one text of the parameter `key`; any other value as it is."""
    encoded = _encoded(value, key) if value is not UNSET else value
    return separator.join(_text(item, key) for item in encoded) if isinstance(encoded, list) else encoded


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
    if isinstance(value, dict):
        for key, item in value.items():
            reason = _flaw(key) if isinstance(key, str) else f"the key {key!r:.40} is not a text"
            found = ParameterError(where, reason) if reason else _problem(item, f"{where}.{key}")
            if found is not None:
                return found
        return None
    if isinstance(value, list):
        return next((found for item in value if (found := _problem(item, where)) is not None), None)
    reason = _flaw(value)
    return ParameterError(where, reason) if reason else None


def form_content(body: Any) -> bytes:
    """Return a form body (application/x-www-form-urlencoded)."""
    fields = _encoded(body, "body")
    if not isinstance(fields, dict):
        raise ParameterError("body", f"expected an object, got {_kind(fields)}")
    return urlencode(query_pairs(fields.items())).encode()

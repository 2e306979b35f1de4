"""What all generated clients share: no HTTP library, no event loop, no knowledge of any cloud.

A generated operation builds a `Request` and reads a `Response`; whoever holds both ends does the I/O in between.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, Final, Protocol, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

import attrs

T = TypeVar("T")


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
"""Is told of what the document does not know: `word` or `field`, the module that met it, and what it was."""
_noticed: Noticed | None = None


def tell_of_drift(to: Noticed | None) -> None:
    """Have somebody told of words and fields that the documents lack; None: nobody. Costs nothing where all is known."""
    global _noticed  # noqa: PLW0603
    _noticed = to


def unknown_fields(module: str, rest: dict[str, Any]) -> dict[str, Any]:
    """The fields that a model does not know, after somebody was told of them."""
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
        """The JSON object; raises `ValueError` on a datetime without time zone, `TypeError` on what JSON cannot hold."""
        out: dict[str, Any] = {}
        for name, key in self.FIELDS:
            value = getattr(self, name)
            if value is not UNSET:
                out[key] = encode(value, key)
        if self._extra:
            out.update(encode(self._extra))
        return out

    def __repr__(self) -> str:
        shown = (
            f"{name}={'<hidden>' if name in self.SECRETS else repr(value)}"
            for name, _ in self.FIELDS
            if (value := getattr(self, name)) is not UNSET
        )
        return f"{type(self).__name__}({', '.join(shown)})"


def encode(value: Any, where: str = "value") -> Any:
    """What `json.dumps` takes, for anything that a model or a parameter may hold."""
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
    raise TypeError(f"{where}: {type(value).__name__} has no JSON form")


def encode_datetime(value: datetime, where: str) -> str:
    """RFC 3339; a time without zone is refused, because the server would have to guess."""
    if value.tzinfo is None:
        raise ValueError(f"{where}: the datetime {value.isoformat()} has no time zone; add one, such as timezone.utc")
    return value.isoformat().replace("+00:00", "Z")


def decode_datetime(value: Any) -> datetime:
    """RFC 3339 text as a datetime; what is no such text is kept as it came, rather than lose the whole answer.

    A time without zone is taken for UTC, which is what servers mean that leave it out.
    """
    try:
        time = datetime.fromisoformat(value)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time
    except (TypeError, ValueError):
        return value  # type: ignore[no-any-return]


def decode_date(value: Any) -> date:
    """ISO 8601 text as a date; what is no such text is kept as it came."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value  # type: ignore[no-any-return]


def decode_list(value: Any, decode: Callable[[Any], Any]) -> list[Any]:
    """Each item decoded; what is no list is kept as it came."""
    return [decode(item) for item in value] if isinstance(value, list) else value


def decode_map(value: Any, decode: Callable[[Any], Any]) -> dict[str, Any]:
    """Each value decoded; what is no object is kept as it came."""
    return {key: decode(item) for key, item in value.items()} if isinstance(value, dict) else value


def decode_model(value: Any, *models: Any) -> Any:
    """The model that fits an object best; anything but an object is kept as it came.

    Where several are allowed: those whose required keys are all there, and of these the one that knows most keys.
    """
    if not isinstance(value, dict):
        return value
    if len(models) == 1:
        return models[0].from_dict(value)
    fitting = [model for model in models if model.REQUIRED <= value.keys()]
    if not fitting:
        return value
    best = max(fitting, key=lambda model: sum(key in value for _, key in model.FIELDS))
    return best.from_dict(value)


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


class ResponseError(ValueError):
    """A response that is not what the document promises."""

    def __init__(self, operation: Operation, response: Response, reason: str) -> None:
        super().__init__(f"{operation.id}: {reason} (status {response.status_code})")
        self.operation = operation
        self.status_code = response.status_code
        self.reason = reason
        # Kept for whoever must find out why; not part of the message, since a body may hold anything.
        self.content = response.content


class UnexpectedStatusError(ResponseError):
    """A status that the document does not list as a success."""


Decoder = Callable[[Any], Any] | None
EMPTY: Final = None
"""In the place of a decoder: there is no body, or nothing in it."""


def raw_bytes(value: Any) -> Any:
    """Marks a body that is handed over as it came."""
    return value


def json_body(value: Any) -> Any:
    """The decoder of free-form JSON."""
    return value


def any_body(value: Any) -> Any:
    """Marks a body of which the document says nothing: an empty one is None, and one that is no JSON is its text."""
    return value


def expect_object(model: Any) -> Callable[[Any], Any]:
    """A decoder that refuses anything but an object."""

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected an object, got {_kind(value)}")
        return model.from_dict(value)

    return decode


def expect_list(decode: Callable[[Any], Any], *, or_page: bool = False) -> Callable[[Any], Any]:
    """A decoder that refuses anything but a list; `or_page` also takes a page with `content`, or a single object."""

    def decode_all(value: Any) -> Any:
        if or_page and isinstance(value, dict):
            value = value["content"] if isinstance(value.get("content"), list) else [value]
        if not isinstance(value, list):
            raise TypeError(f"expected a list, got {_kind(value)}")
        return [decode(item) for item in value]

    return decode_all


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def read_response(operation: Operation, response: Response, decoders: Mapping[int, Decoder]) -> Any:
    """The decoded body of a documented success; raises `ResponseError` for anything else."""
    status = response.status_code
    if status not in decoders:
        raise UnexpectedStatusError(operation, response, "not a documented success")
    decode = decoders[status]
    if decode is None:
        return None
    content = response.content
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
    try:
        return decode(value)
    except KeyError as error:
        raise ResponseError(operation, response, f"the body lacks {error.args[0]!r}") from error
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ResponseError(operation, response, f"the body does not fit: {error}") from error


def read_error(response: Response, decoders: Mapping[int, Decoder]) -> Any:
    """The documented error body, or None where there is none or it is unreadable: the error itself matters more.

    The decoder under 0 is for every status that has none of its own.
    """
    decode = decoders.get(response.status_code) or decoders.get(0)
    if decode is None:
        return None
    try:
        return decode(json.loads(response.content))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def path_segment(name: str, value: object) -> str:
    """A path parameter, percent-encoded; what would change the path itself is refused."""
    text = "" if value is None else _text(encode(value, name), name)
    if text in {"", ".", ".."}:
        raise ValueError(f"{name}: {text!r} cannot stand in a path; give the identifier")
    return quote(text, safe="")


def query_pairs(values: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """Query parameters; a list repeats its key, and what is unset or None is left out."""
    pairs: list[tuple[str, str]] = []
    for key, value in values:
        encoded = encode(value, key) if value is not UNSET else None
        for item in encoded if isinstance(encoded, list) else [encoded]:
            if item is not None:
                pairs.append((key, _text(item, key)))
    return tuple(pairs)


def joined(value: object, separator: str) -> object:
    """A list that goes into one parameter as one text; anything else as it is."""
    encoded = encode(value) if value is not UNSET else value
    return separator.join(_text(each, "list") for each in encoded) if isinstance(encoded, list) else encoded


def header_values(values: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Header parameters; what is unset or None is left out, and a line break is refused."""
    headers = {key: _text(encode(value, key), key) for key, value in values if value is not UNSET and value is not None}
    for key, text in headers.items():
        if any(ord(character) < 32 or ord(character) == 127 for character in text):  # noqa: PLR2004
            raise ValueError(f"{key}: a header cannot hold control characters")
    return headers


def _text(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise TypeError(f"{key}: {_kind(value)} cannot stand there; give a single value")
    return str(value)


def json_content(body: Any) -> bytes:
    """A JSON body; raises `ValueError` on NaN and infinities, which JSON does not have."""
    return json.dumps(encode(body, "body"), separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def form_content(body: Any) -> bytes:
    """A form body (application/x-www-form-urlencoded)."""
    return urlencode(query_pairs(encode(body, "body").items())).encode()

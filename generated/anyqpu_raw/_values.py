"""Generated models: unset fields, open enums, and how values become JSON and are read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, Final, Protocol, TypeGuard, TypeVar
from uuid import UUID

import attrs

DEEPEST = 128
"""Levels of lists and objects that a JSON body may have; code that walks a deeper one would run out of stack."""
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What decoding an unexpected value raises."""


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a value is a list: `isinstance` would leave the type of its elements unknown."""
    return isinstance(value, list)


def is_object(value: Any) -> TypeGuard[dict[Any, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def _is_mapping(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_collection(value: Any) -> TypeGuard[Iterable[Any]]:
    return isinstance(value, list | tuple | set | frozenset)


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


DriftCallback = Callable[[str, str, str], None]
"""Called with what a document does not describe: the kind (`word`, `field`, `missing` or `status`), the module that
met it, and the value."""
_drift_callback: DriftCallback | None = None


def set_drift_callback(callback: DriftCallback | None) -> None:
    """Set the function that is called with what the documents do not describe; None: no function."""
    global _drift_callback  # noqa: PLW0603
    _drift_callback = callback


def report(kind: str, module: str, value: str) -> None:
    """Report something that a document does not describe."""
    if _drift_callback is not None:
        _drift_callback(kind, module, value)


def unknown_fields(module: str, rest: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that a model does not have, after reporting them."""
    if _drift_callback is not None:
        for name in rest:
            _drift_callback("field", module, name)
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
        if _drift_callback is not None:
            _drift_callback("word", cls.__module__, value)
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
        if _drift_callback is not None:
            _drift_callback("word", cls.__module__, str(value))
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
    members = {member.value: member for member in words}

    def read(value: Any) -> Any:
        try:
            # What `words(value)` does, without its detours, which cost more than all the rest of a field.
            return members[value]
        except (KeyError, TypeError):
            pass
        try:
            return words(value)
        except ValueError:
            return value

    return read


class _Checked:
    """A base with a slot that is not a field: whether all fields had values of their documented types when read.

    It has no value in models that were made in another way, such as copies.
    """

    __slots__ = ("_fits",)
    # A boolean; mypy does not see that subclasses made by attrs have the slots of their bases too.
    _fits: Any


@attrs.define(kw_only=True, repr=False)
class ApiModel(_Checked):
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
        """Fields beside those of the document, as received or to be sent; may be changed in place."""
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

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Iterate over JSON keys and values, for `dict(model)`; secrets are hidden as in `repr`."""
        for name, key in self.FIELDS:
            if (value := getattr(self, name)) is not UNSET:
                yield key, "<hidden>" if name in self.SECRETS else value
        yield from (self._extra or {}).items()

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


Model = TypeVar("Model", bound=ApiModel)


class UsualReader(Protocol):
    """Reads objects that have certain keys and fit their document; returns None for others of as many keys."""

    def __call__(self, model: type[Model], source: Mapping[str, Any], /) -> Model | None: ...


ReaderCompiler = Callable[[Any, Mapping[str, Any]], UsualReader | None]
"""Makes a reader of a model for objects with the keys of the given one; None where it cannot."""
_reader_compiler: ReaderCompiler | None = None
_FIRST_USUAL = 256


def set_reader_compiler(compiler: ReaderCompiler | None) -> None:
    """Set the function that makes quick readers of models of which many objects are read; None: none are made."""
    global _reader_compiler  # noqa: PLW0603
    _reader_compiler = compiler


class UsualReaders(dict[int, UsualReader]):
    """The quick readers of one model, by the number of keys of an object."""

    __slots__ = ("_interval", "_left")

    def __init__(self) -> None:
        super().__init__()
        self._interval = self._left = _FIRST_USUAL

    def learn(self, model: Any, source: Mapping[str, Any]) -> None:
        """Note an object that no reader could read; make one for its keys after many of them, ever more rarely."""
        self._left -= 1
        if self._left <= 0:
            self._interval *= 2
            self._left = self._interval
            if _reader_compiler is not None and (reader := _reader_compiler(model, source)) is not None:
                self[len(source)] = reader


TOO_DEEP = "nested too deeply"


def encode(value: Any, where: str = "value") -> Any:
    """Return the value in the types of JSON, for anything that a model or a parameter may hold."""
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, ApiModel):
        return value.to_dict()
    if _is_mapping(value):
        return {key: encode(item, f"{where}.{key}") for key, item in value.items() if item is not UNSET}
    if _is_collection(value):
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
    if not is_list(value):
        return value  # type: ignore[no-any-return]
    try:
        return [decode(item) for item in value]
    except UNREADABLE:
        return [_or_as_sent(item, decode) for item in value]


def decode_models(value: Any, model: Any) -> list[Any]:
    """As `decode_list` with `decode_model`, which is most of what is read, and in less time."""
    if not is_list(value):
        return value  # type: ignore[no-any-return]
    read = model.from_dict
    try:
        return [read(item) if item.__class__ is dict else item for item in value]
    except UNREADABLE:
        return [decode_model(item, model) for item in value]


def fitting_models(value: Any, model: Any) -> list[Any]:
    """As `decode_models`, without the elements that lack a required field; each is reported."""
    if not is_list(value):
        return value  # type: ignore[no-any-return]
    read = [decode_model(item, model) for item in value]
    for item in read:
        if not isinstance(item, model) and not is_object(item):
            report("missing", model.__module__, f"an element is {type(item).__name__}")
    return [item for item in read if isinstance(item, model)]


def decode_map(value: Any, decode: Callable[[Any], Any]) -> dict[str, Any]:
    """Decode each value; one that cannot be decoded is kept as it was sent, and so is what is not an object."""
    if not is_object(value):
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
    if not is_object(value):
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
        lacking = sorted(model.REQUIRED - value.keys())
        report("missing", model.__module__, f"the object lacks {lacking[0]!r}" if lacking else "an odd object")
        return value

"""Reading the fields of a request. What is wrong is a 422 that names the place, as the cloud does."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from starlette.datastructures import QueryParams

from anyqpu_emulator.shapes import is_list, is_object

from .answers import RefusalError, invalid

Loc: TypeAlias = tuple[str | int, ...]
_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


def identifier(value: Any) -> str | None:
    """The usual spelling of a UUID; None if it is none."""
    if not isinstance(value, str):
        return None
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return None


# The body. Null counts as absent: the cloud's clients send every key.


def required(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> Any:
    """A value that must be there."""
    value = body.get(key)
    if value is None:
        raise invalid((*loc, key), "field required", "value_error.missing")
    return value


def text(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> str | None:
    """A text, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise invalid((*loc, key), "str type expected", "type_error.str")
    return value


def boolean(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> bool | None:
    """True, false, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, bool):
        raise invalid((*loc, key), "value could not be parsed to a boolean", "type_error.bool")
    return value


def number(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> float | None:
    """A number, or None."""
    value = body.get(key)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
        raise invalid((*loc, key), "value is not a valid number", "type_error.number")
    return value


def integer(body: Mapping[str, Any], key: str, loc: Loc = ("body",), least: int = 1) -> int | None:
    """A whole number, or None."""
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid((*loc, key), "value is not a valid integer", "type_error.integer")
    if value < least:
        message = f"ensure this value is greater than {least - 1}"
        raise invalid((*loc, key), message, "value_error.number.not_gt")
    return value


def mapping(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> dict[str, Any] | None:
    """An object, or None."""
    value: Any = body.get(key)
    if value is not None and not is_object(value):
        raise invalid((*loc, key), "value is not a valid dict", "type_error.dict")
    return value


def identifier_in(body: Mapping[str, Any], key: str, loc: Loc = ("body",)) -> str:
    """A UUID that must be there."""
    found = identifier(required(body, key, loc))
    if found is None:
        raise invalid((*loc, key), "value is not a valid uuid", "type_error.uuid")
    return found


def texts(value: Any, loc: Loc) -> list[str]:
    """A list of texts, all different; null is an empty one."""
    if value is None:
        return []
    if not is_list(value) or not all(isinstance(item, str) for item in value):
        raise invalid(loc, "value is not a valid list of str", "type_error.list")
    if len(set(value)) < len(value):
        raise invalid(loc, "the list has duplicated items", "value_error.list.unique_items")
    return value


# The query. An empty value counts as absent. Keys may repeat.


class Query:
    """The query of a request, typed."""

    def __init__(self, parameters: QueryParams) -> None:
        """Take Starlette's."""
        self._parameters = parameters

    def all(self, key: str) -> list[str]:
        """All values of a key."""
        return [value for value in self._parameters.getlist(key) if value]

    def one(self, key: str) -> str | None:
        """The last value of a key."""
        values = self.all(key)
        return values[-1] if values else None

    def wrong(self, key: str, message: str, kind: str = "value_error") -> RefusalError:
        """What to raise for a value that is not acceptable."""
        return invalid(("query", key), message, kind)

    def identifiers(self, key: str) -> set[str]:
        """UUIDs."""
        found: set[str] = set()
        for value in self.all(key):
            name = identifier(value)
            if name is None:
                raise self.wrong(key, "value is not a valid uuid", "type_error.uuid")
            found.add(name)
        return found

    def words(self, key: str, known: tuple[str, ...]) -> set[str]:
        """Words of an enumeration."""
        found = set(self.all(key))
        if not found <= set(known):
            raise self.wrong(key, f"value is not a valid enumeration member; permitted: {', '.join(known)}")
        return found

    def boolean(self, key: str) -> bool | None:
        """True, false, or None."""
        value = self.one(key)
        if value is None:
            return None
        if value.lower() not in (*_TRUE, *_FALSE):
            raise self.wrong(key, "value could not be parsed to a boolean", "type_error.bool")
        return value.lower() in _TRUE

    def integer(self, key: str, least: int | None = None, most: int | None = None) -> int | None:
        """A whole number within limits, or None."""
        value = self.one(key)
        if value is None:
            return None
        try:
            found = int(value)
        except ValueError:
            raise self.wrong(key, "value is not a valid integer", "type_error.integer") from None
        if least is not None and found < least:
            raise self.wrong(key, f"ensure this value is greater than {least - 1}", "value_error.number.not_gt")
        if most is not None and found > most:
            raise self.wrong(key, f"ensure this value is less than {most + 1}", "value_error.number.not_lt")
        return found

    def moment(self, key: str) -> float | None:
        """A time in seconds since 1970; one without a zone is UTC."""
        value = self.one(key)
        if value is None:
            return None
        # A plus sign that was not escaped arrives as a space.
        spelled = value.replace(" ", "+") if "T" in value else value
        try:
            found = datetime.fromisoformat(spelled)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            raise self.wrong(key, "invalid datetime format", "value_error.datetime") from None

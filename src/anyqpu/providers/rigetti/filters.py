"""Filters and orders of reservations, written as Python: `(F.start_time >= now) & (F.device == "Aspen-9")`.

The cloud understands a part of AIP-160: comparisons of a field with a value, AND, OR and parentheses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NoReturn

from anyqpu.core.arguments import checked_several, shown
from anyqpu.errors import ValidationError
from anyqpu.model.money import Money
from anyqpu.providers.rigetti.mapping import PROVIDER, go_duration, time_to_send


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition; `str` gives what is sent. Put two together with `&` and `|`."""

    text: str
    # What joins its parts, so that others know when to put it in parentheses: the cloud's AND does not bind closer
    # than its OR, unlike Python's.
    joint: str | None = None

    def __str__(self) -> str:
        return self.text

    def __and__(self, other: Filter) -> Filter:
        return self._joined("AND", other)

    def __or__(self, other: Filter) -> Filter:
        return self._joined("OR", other)

    def __bool__(self) -> NoReturn:
        raise TypeError("a filter is neither true nor false: join filters with & and |, and not with `and` and `or`")

    def _joined(self, word: str, other: Filter) -> Filter:
        if not isinstance(other, Filter):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValidationError(f"a filter is joined with a filter, not with {shown(other)}", fields=("filter",))
        parts = [f"({each.text})" if each.joint not in {None, word} else each.text for each in (self, other)]
        return Filter(f" {word} ".join(parts), word)


@dataclass(frozen=True, slots=True)
class Order:
    """By which field a list is sorted, and in which direction."""

    field: str
    descending: bool = False

    def __str__(self) -> str:
        return f"{self.field} DESC" if self.descending else self.field


class Field:
    """A field of a reservation: compare it with a value of its kind, or sort by it."""

    __slots__ = ("_kind", "_name")

    def __init__(self, name: str, kind: str) -> None:
        self._name = name
        self._kind = kind

    def __repr__(self) -> str:
        return f"<field {self._name}>"

    # Comparing two gives a filter, which is neither true nor false: in a set or as a key it would be of no use.
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, value: object) -> Filter:  # type: ignore[override]
        return self._compared("=", value)

    def __ne__(self, value: object) -> Filter:  # type: ignore[override]
        return self._compared("!=", value)

    def __lt__(self, value: object) -> Filter:
        return self._compared("<", value)

    def __le__(self, value: object) -> Filter:
        return self._compared("<=", value)

    def __gt__(self, value: object) -> Filter:
        return self._compared(">", value)

    def __ge__(self, value: object) -> Filter:
        return self._compared(">=", value)

    def asc(self) -> Order:
        """The smallest first."""
        return Order(self._name)

    def desc(self) -> Order:
        """The largest first."""
        return Order(self._name, descending=True)

    def _compared(self, sign: str, value: object) -> Filter:
        return Filter(f"{self._name} {sign} {_spelled(self._name, self._kind, value)}")


class Fields:
    """The fields of reservations by which the cloud filters and sorts.

    Attributes:
        start_time: An aware `datetime`.
        end_time: An aware `datetime`.
        created_time: An aware `datetime`.
        price: `Money` in USD, or whole cents.
        device: The processor, such as `"Aspen-9"`.
        cancelled: True or False; the cloud prefers `show_deleted`.
    """

    start_time = Field("startTime", "time")
    end_time = Field("endTime", "time")
    created_time = Field("createdTime", "time")
    price = Field("price", "cents")
    device = Field("quantumProcessorId", "text")
    cancelled = Field("cancelled", "truth")

    def named(self, name: str) -> Field:
        """A field by the cloud's own name, compared with what Python has for its kind, a `timedelta` too."""
        if not name.isidentifier():
            raise ValidationError(f"a field has a name such as 'startTime', not {name!r}", fields=("filter",))
        return Field(name, "any")


F = Fields()


def order_text(order: str | Order | Field | Iterable[str | Order | Field] | None) -> str | None:
    """An order as it is sent; raises `ValidationError` for what is none."""
    if order is None or isinstance(order, str):
        return order
    parts: list[Any] = [order] if isinstance(order, Order | Field) else checked_several(order, "order", PROVIDER)
    wrong = [part for part in parts if not isinstance(part, str | Order | Field)]
    if wrong:
        problem = f"an order is such as F.start_time.desc(), not {shown(wrong[0])}"
        raise ValidationError(problem, provider=PROVIDER, fields=("order",))
    return ", ".join(str(part.asc() if isinstance(part, Field) else part) for part in parts) or None


def filter_text(filter: object) -> str | None:
    """A filter as it is sent; raises `ValidationError` for what is none, such as a comparison of two values."""
    if filter is None or isinstance(filter, str | Filter):
        return None if filter is None else str(filter) or None
    raise ValidationError(
        f"a filter is such as F.price <= Money(...), or text in the cloud's own language, not {shown(filter)}",
        provider=PROVIDER,
        fields=("filter",),
    )


def _spelled(name: str, kind: str, value: Any) -> str:
    match kind, value:
        case "truth" | "any", bool():
            return "true" if value else "false"
        case "time" | "any", datetime():
            return f'"{time_to_send(value, name).isoformat().replace("+00:00", "Z")}"'
        case "cents", Money():
            return _cents(name, value)
        case "cents" | "any", int() if not isinstance(value, bool):
            return str(value)
        case "any", float() if math.isfinite(value):
            return repr(value)
        case "any", timedelta():
            return f'"{go_duration(value, name)}"'
        case "text" | "any", str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case _:
            raise ValidationError(
                f"{name} is compared with {_WANTED[kind]}, not with {shown(value)}",
                provider=PROVIDER,
                fields=("filter",),
            )


_WANTED = {
    "truth": "True or False",
    "time": "an aware datetime",
    "cents": "Money in USD or whole cents",
    "text": "a text",
    "any": "a time, a duration, a number, a text, True or False",
}


def _cents(name: str, value: Money) -> str:
    number = value.amount * Decimal(100)
    if value.currency != "USD" or number != number.to_integral_value():
        raise ValidationError(f"{name} is in whole cents of USD, not {value}", provider=PROVIDER, fields=("filter",))
    return str(int(number))

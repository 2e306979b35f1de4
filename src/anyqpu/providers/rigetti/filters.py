"""Filters and orders of reservations, written as Python: `(F.start_time >= now) & (F.device == "Aspen-9")`.

Rigetti understands a part of AIP-160: comparisons of a field with a value, AND, OR and parentheses.
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
from anyqpu.providers.rigetti.arguments import PROVIDER, go_duration, time_to_send


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition; `str` returns what is sent. Join two with `&` and `|`."""

    text: str
    # The word that joins its parts, which decides about parentheses: unlike Python's operators, AND does not bind
    # closer than OR.
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
        parts = [f"({part.text})" if part.joint not in {None, word} else part.text for part in (self, other)]
        return Filter(f" {word} ".join(parts), word)


@dataclass(frozen=True, slots=True)
class Order:
    """Field by which a list is sorted, and the direction."""

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

    # Comparing two fields returns a filter, so a field cannot be a key or the element of a set.
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
        """Sort by this field, the smallest first."""
        return Order(self._name)

    def desc(self) -> Order:
        """Sort by this field, the largest first."""
        return Order(self._name, descending=True)

    def _compared(self, sign: str, value: object) -> Filter:
        return Filter(f"{self._name} {sign} {_spelled(self._name, self._kind, value)}")


class Fields:
    """Fields of reservations to filter and sort by.

    Attributes:
        start_time: An aware `datetime`.
        end_time: An aware `datetime`.
        created_time: An aware `datetime`.
        price: `Money` in USD, or whole cents.
        device: The processor, such as `"Aspen-9"`.
        cancelled: True or False; deprecated by Rigetti in favour of `show_deleted`.
    """

    start_time = Field("startTime", "time")
    end_time = Field("endTime", "time")
    created_time = Field("createdTime", "time")
    price = Field("price", "cents")
    device = Field("quantumProcessorId", "text")
    cancelled = Field("cancelled", "truth")

    def named(self, name: str) -> Field:
        """Return a field by Rigetti's own name; it is compared with a time, duration, number, text or truth value."""
        if not name.isidentifier():
            raise ValidationError(f"a field has a name such as 'startTime', not {name!r}", fields=("filter",))
        return Field(name, "any")


F = Fields()


def order_text(order: str | Order | Field | Iterable[str | Order | Field] | None) -> str | None:
    """Return an order as it is sent; raise `ValidationError` for anything else."""
    if order is None or isinstance(order, str):
        return order
    parts: list[Any] = [order] if isinstance(order, Order | Field) else checked_several(order, "order", PROVIDER)
    wrong = [part for part in parts if not isinstance(part, str | Order | Field)]
    if wrong:
        problem = f"an order is such as F.start_time.desc(), not {shown(wrong[0])}"
        raise ValidationError(problem, provider=PROVIDER, fields=("order",))
    return ", ".join(str(part.asc() if isinstance(part, Field) else part) for part in parts) or None


def filter_text(filter: object, other: Filter | None = None) -> str | None:
    """Return a filter as it is sent, joined with another one; raise `ValidationError` for anything else.

    A comparison of two values, for one, is not a filter but True or False.
    """
    if filter is not None and not isinstance(filter, str | Filter):
        raise ValidationError(
            f"a filter is such as F.price <= Money(...), or text in Rigetti's own language, not {shown(filter)}",
            provider=PROVIDER,
            fields=("filter",),
        )
    text = "" if filter is None else str(filter)
    if other is None:
        return text or None
    return f"({text}) AND {other}" if text else str(other)


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

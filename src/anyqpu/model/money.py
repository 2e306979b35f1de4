"""Exact amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import cast

from anyqpu.errors import ValidationError
from anyqpu.model.serialize import Serializable

_CURRENCY = re.compile(r"[A-Z]{3}")
# Digits before and after the point. More are an error, and would make sums and texts of any length.
MOST_DIGITS = 60
# Exact for two such numbers; an inexact operation raises.
EXACT = Context(prec=8 * MOST_DIGITS, traps=[Inexact, InvalidOperation, Overflow])
_KINDS = "a Decimal such as Decimal('1.5'), a whole number or a text"


@dataclass(frozen=True, slots=True, order=False, init=False)
class Money(Serializable):
    """An exact amount in a currency.

    Amounts are added, subtracted and compared within one currency only, and never converted: `ValidationError` names
    both currencies. They are multiplied by whole numbers and Decimals. `sum` takes a start, as in
    `sum(amounts, Money(0, "EUR"))`; see `Money.sum` too.

    Attributes:
        amount: The amount, in units of the currency.
        currency: The ISO 4217 code of the currency, such as `EUR`.
    """

    amount: Decimal
    currency: str

    def __init__(self, amount: Decimal | int | str, currency: str) -> None:
        """Store an amount: a Decimal, or what is exact as well, a whole number or a text such as `"1.50"`.

        Raises:
            TypeError: The amount is a float, which is not exact, or of another type.
            ValidationError: The amount is not a finite number, or the currency not a code of three capital letters.
        """
        object.__setattr__(self, "amount", _amount_of(amount))
        object.__setattr__(self, "currency", _checked_currency(currency))

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Money:
        """Return the sum of amounts in a currency; 0 for none. Raises `ValidationError` for another currency."""
        return sum(amounts, cls(0, currency))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Money(EXACT.add(self.amount, self._same(other, "added")), self.currency)

    def __radd__(self, other: int) -> Money:
        # The start of `sum`.
        return self if isinstance(other, int) and other == 0 else NotImplemented  # pyright: ignore[reportUnnecessaryIsInstance]

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Money(EXACT.subtract(self.amount, self._same(other, "subtracted")), self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """Multiply exactly, by a whole number or a Decimal. Raises `TypeError` for anything else, a float too."""
        if isinstance(factor, bool) or not isinstance(factor, int | Decimal):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(_wrong_type("factor", factor, "a whole number or a Decimal"))
        try:
            product = EXACT.multiply(self.amount, _finite(Decimal(factor), "factor"))
        except DecimalException:
            raise _too_long() from None
        return Money(product, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return self.amount < self._same(other, "compared")

    def __le__(self, other: Money) -> bool:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return self.amount <= self._same(other, "compared")

    # `>` and `>=` are the two above with their sides exchanged.

    def __str__(self) -> str:
        whole, point, part = f"{self.amount:f}".partition(".")
        # Multiplication leaves trailing zeros.
        return f"{whole}{point}{part[:2]}{part[2:].rstrip('0')} {self.currency}"

    def _same(self, other: Money, done: str) -> Decimal:
        if other.currency != self.currency:
            raise ValidationError(
                f"amounts in {self.currency} and {other.currency} cannot be {done}", fields=("currency",)
            )
        return other.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing(Serializable):
    """The prices of a device, before free tiers and taxes. None means that a price is unknown, or not charged.

    Attributes:
        per_hour: The price of an hour of a session.
        per_circuit: The price of a circuit.
        per_shot: The price of a shot.
        model: `pay_per_use`, `token` or `reservation`, or the provider's value in lower case.
        excludes: What these prices do not include.
    """

    per_hour: Money | None = None
    per_circuit: Money | None = None
    per_shot: Money | None = None
    model: str | None = None
    excludes: tuple[str, ...] = ("free_tier", "tax")

    @property
    def prices(self) -> dict[str, Money]:
        """The prices that are known, by name."""
        every = {"per_hour": self.per_hour, "per_circuit": self.per_circuit, "per_shot": self.per_shot}
        return {name: price for name, price in every.items() if price is not None}


DevicePrices = Pricing | Mapping[str, Money] | Money
"""Prices of a device, for `connect(prices=...)`: `Pricing`, its prices by name, or `Money` of 0 if it is free."""


def _amount_of(value: object) -> Decimal:
    """Return an exact amount; raise `TypeError` or `ValidationError`."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise TypeError(_wrong_type("amount", value, _KINDS))
    try:
        amount = _finite(Decimal(value), "amount")
    except DecimalException:
        problem = f"invalid amount: expected a number such as '1.50', not {cast('str', value)!r:.60}"
        raise ValidationError(problem, fields=("amount",)) from None
    # Zero has no sign: a balance of -1 times 0 is 0.
    return amount if amount else amount.copy_abs()


def _finite(number: Decimal, name: str) -> Decimal:
    if not number.is_finite():
        raise ValidationError(f"invalid {name}: expected a finite number, not {number}", fields=(name,))
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MOST_DIGITS or (isinstance(exponent, int) and not -MOST_DIGITS <= exponent < MOST_DIGITS):
        raise _too_long()
    return number


def _too_long() -> ValidationError:
    problem = f"invalid amount: more than {MOST_DIGITS} digits before or after the point"
    return ValidationError(problem, fields=("amount",))


def _checked_currency(value: object) -> str:
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise ValidationError(
            f"invalid currency: expected an ISO 4217 code of three capital letters, not {value!r:.60}",
            fields=("currency",),
            hint="Such as 'EUR' or 'USD'",
        )
    return value


def _wrong_type(name: str, value: object, expected: str) -> str:
    if isinstance(value, float):
        return f"invalid {name}: expected {expected}, not the float {value}; use Decimal('{value}')"
    return f"invalid {name}: expected {expected}, not {type(value).__name__}"

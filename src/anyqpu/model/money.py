"""Exact amounts of money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from anyqpu.errors import ValidationError
from anyqpu.model.serialize import Serializable


@dataclass(frozen=True, slots=True, order=False)
class Money(Serializable):
    """An amount in a currency (ISO 4217). Amounts are added and compared only within one currency."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """Multiply exactly: not by a float."""
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __str__(self) -> str:
        whole, point, part = f"{self.amount:f}".partition(".")
        # Multiplication leaves trailing zeros.
        return f"{whole}{point}{part[:2]}{part[2:].rstrip('0')} {self.currency}"

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValidationError(f"amounts in {self.currency} and {other.currency} cannot be added or compared")
        return other.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing(Serializable):
    """The published prices of a device, before free tiers and taxes. None means that a price is unknown.

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

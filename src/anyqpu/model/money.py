"""Amounts of money, exact and never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from anyqpu.errors import ValidationError
from anyqpu.model.serialize import Serializable


@dataclass(frozen=True, slots=True, order=False)
class Money(Serializable):
    """An amount in a currency (ISO 4217). It adds and compares only with the same currency."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """So many times; no float, since that would not be exact."""
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __str__(self) -> str:
        whole, point, part = f"{self.amount:f}".partition(".")
        # Multiplying leaves zeros behind that say nothing.
        return f"{whole}{point}{part[:2]}{part[2:].rstrip('0')} {self.currency}"

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValidationError(f"{self.currency} and {other.currency} cannot be put together")
        return other.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What a device costs according to the cloud, before free tiers and taxes. None means that it does not say.

    Attributes:
        per_hour: For an hour of a session.
        per_circuit: For each circuit that is run.
        per_shot: For each shot.
        model: `pay_per_use`, `token` or `reservation`, or the cloud's own word in lower case.
        excludes: What is not in these prices.
    """

    per_hour: Money | None = None
    per_circuit: Money | None = None
    per_shot: Money | None = None
    model: str | None = None
    excludes: tuple[str, ...] = ("free_tier", "tax")

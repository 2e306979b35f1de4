"""Estimates of costs from the prices that a provider publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from typing import ClassVar

from anyqpu.errors import ValidationError
from anyqpu.model.money import Money, Pricing
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable

HOUR = timedelta(hours=1)
# Ten minutes are not a decimal fraction of an hour; without rounding, the price would end in a rounding error.
_SMALLEST = Decimal("1e-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine(Serializable):
    """A part of an estimate: `quantity` of `unit` (shots, circuits, hours), at `price` each."""

    what: str
    quantity: Decimal
    unit: str
    price: Money
    _json_derived: ClassVar[tuple[str, ...]] = ("amount",)

    @property
    def amount(self) -> Money:
        """The cost of this part."""
        product = self.price * self.quantity
        rounded = product.amount.quantize(_SMALLEST)
        return product if product.amount == rounded else Money(rounded, product.currency)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CostEstimate(ShortRepr, HtmlRepr, Serializable):
    """An estimate of a cost. It is never exact: free tiers, taxes and discounts are not included.

    Attributes:
        total: The sum of the lines; None where the price is unknown, which does not mean free.
        lines: The parts of the sum.
        exact: Always False.
        reason_unknown: The reason why the total is unknown or incomplete.
    """

    total: Money | None
    lines: tuple[CostLine, ...] = ()
    exact: bool = False
    reason_unknown: str | None = None
    _repr_names: ClassVar[tuple[str, ...]] = ("total", "minimum", "reason_unknown", "lines")


def estimate(
    pricing: Pricing | None, *, shots: int = 0, circuits: int = 1, duration: timedelta | None = None
) -> CostEstimate:
    """Return the cost at these prices of `circuits` with `shots` each, or of a session of a `duration`.

    Raises `ValidationError` for negative numbers.
    """
    for name, number in (("shots", shots), ("circuits", circuits)):
        if not isinstance(number, int) or isinstance(number, bool) or number >= 2**63:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValidationError(f"invalid {name}: expected a whole number below 2**63", fields=(name,))
    if duration is not None and not isinstance(duration, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValidationError("invalid duration: expected a timedelta", fields=("duration",))
    negative = [name for name, number in (("shots", shots), ("circuits", circuits)) if number < 0]
    if duration is not None and duration < timedelta(0):
        negative.append("duration")
    if negative:
        raise ValidationError("shots, circuits and duration cannot be negative", fields=negative)
    if pricing is None or (pricing.per_hour, pricing.per_circuit, pricing.per_shot) == (None, None, None):
        return CostEstimate(total=None, reason_unknown="the provider publishes no prices for this device")
    lines: list[CostLine] = []
    unknown: str | None = None
    if pricing.per_circuit is not None:
        lines.append(CostLine(what="circuits", quantity=Decimal(circuits), unit="circuit", price=pricing.per_circuit))
    if pricing.per_shot is not None:
        lines.append(CostLine(what="shots", quantity=Decimal(circuits * shots), unit="shot", price=pricing.per_shot))
    if pricing.per_hour is not None and duration is not None:
        hours = Decimal(duration // timedelta(microseconds=1)) / (HOUR // timedelta(microseconds=1))
        lines.append(CostLine(what="session", quantity=hours, unit="hour", price=pricing.per_hour))
    elif pricing.per_hour is not None and pricing.per_hour.amount:
        unknown = f"a session costs {pricing.per_hour} an hour, and its duration is unknown"
    if not lines or unknown:
        return CostEstimate(total=None, lines=tuple(lines), reason_unknown=unknown)
    return CostEstimate(total=reduce(Money.__add__, (line.amount for line in lines)), lines=tuple(lines))

"""Estimates of costs from the prices of a device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal
from typing import ClassVar

from anyqpu.errors import ValidationError
from anyqpu.model.money import EXACT, Money, Pricing
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable

HOUR = timedelta(hours=1)
# Ten minutes are not a decimal fraction of an hour; without rounding, the price would end in a rounding error.
_SMALLEST, _CENT = Decimal("1e-12"), Decimal("0.01")
# Not the contexts of the thread, which may be the user's own.
_ROUNDING, _HOURS = Context(prec=EXACT.prec), Context(prec=28)
NO_PRICES = "the provider publishes no prices for this device"


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
        rounded = product.amount.quantize(_SMALLEST, context=_ROUNDING)
        if product.amount == rounded:
            return product
        # Without the zeros of the rounding, down to cents.
        cents = rounded.quantize(_CENT, context=_ROUNDING)
        return Money(cents if cents == rounded else rounded.normalize(_ROUNDING), product.currency)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CostEstimate(ShortRepr, HtmlRepr, Serializable):
    """An estimate of a cost. It is never exact: free tiers, taxes and discounts are not included.

    Attributes:
        total: The sum of the lines; None where the price is unknown, which does not mean free.
        lines: The parts of the sum.
        exact: Always False.
        reason_unknown: The reason why the total is unknown or incomplete.
        minimum: The lowest possible cost of a submit: what the circuits and shots cost and, where `submit` opens a
            session that is paid by the hour, the price of the shortest one, its idle time included. None where a price
            is unknown.
    """

    total: Money | None
    lines: tuple[CostLine, ...] = ()
    exact: bool = False
    reason_unknown: str | None = None
    minimum: Money | None = None
    _repr_names: ClassVar[tuple[str, ...]] = ("total", "minimum", "reason_unknown", "lines")


def session_line(per_hour: Money, duration: timedelta) -> CostLine:
    """Return the cost of a session of a duration."""
    tick = timedelta(microseconds=1)
    hours = _HOURS.divide(Decimal(duration // tick), Decimal(HOUR // tick))
    return CostLine(what="session", quantity=hours, unit="hour", price=per_hour)


def estimate(
    pricing: Pricing | None,
    *,
    shots: int = 0,
    circuits: int = 1,
    all_shots: int | None = None,
    duration: timedelta | None = None,
    idle: timedelta | None = None,
    in_session: bool = False,
) -> CostEstimate:
    """Return the cost at these prices of `circuits` with `shots` each, or of a session of a `duration`.

    Args:
        pricing: The prices; None without any.
        shots: Shots of each circuit.
        circuits: Number of circuits.
        all_shots: Shots of all circuits together, where they differ.
        duration: Length of the session.
        idle: The shortest length of the session that `submit` opens; None where it opens none.
        in_session: Whether the circuits run in a session that is open already.

    Raises:
        ValidationError: A number is negative, or of another type.
    """
    _check_numbers(shots, circuits, duration)
    if pricing is None or not pricing.prices:
        return CostEstimate(total=None, reason_unknown=NO_PRICES)
    if len(currencies := sorted({price.currency for price in pricing.prices.values()})) > 1:
        return CostEstimate(total=None, reason_unknown=f"the prices are in several currencies: {', '.join(currencies)}")
    currency, lines = currencies[0], list[CostLine]()
    unknown: str | None = None
    if pricing.per_circuit is not None:
        lines.append(CostLine(what="circuits", quantity=Decimal(circuits), unit="circuit", price=pricing.per_circuit))
    if pricing.per_shot is not None:
        total_shots = circuits * shots if all_shots is None else all_shots
        lines.append(CostLine(what="shots", quantity=Decimal(total_shots), unit="shot", price=pricing.per_shot))
    job = _sum(lines, currency)
    if pricing.per_hour is not None and duration is not None:
        lines.append(session_line(pricing.per_hour, duration))
    elif pricing.per_hour is not None and pricing.per_hour.amount:
        unknown = f"a session costs {pricing.per_hour} an hour, and its duration is unknown"
    return CostEstimate(
        total=None if unknown else _sum(lines, currency),
        lines=tuple(lines),
        reason_unknown=unknown,
        minimum=job if in_session else _minimum(pricing, job, idle),
    )


def _minimum(pricing: Pricing, job: Money, idle: timedelta | None) -> Money | None:
    """Return the lowest possible cost of a job that is not in a session of the user's own; None if it is unknown."""
    hour = pricing.per_hour
    if hour is not None and (idle is not None or not hour.amount):
        return job + session_line(hour, idle or timedelta(0)).amount
    # Nothing says what the session, or the time of the job, costs: without another price that is unknown, not free.
    return None if not job.amount and (hour is not None or idle is not None) else job


def _sum(lines: list[CostLine], currency: str) -> Money:
    return Money.sum((line.amount for line in lines), currency)


def _check_numbers(shots: object, circuits: object, duration: object) -> None:
    for name, number in (("shots", shots), ("circuits", circuits)):
        if not isinstance(number, int) or isinstance(number, bool) or number >= 2**63:
            raise ValidationError(f"invalid {name}: expected a whole number below 2**63", fields=(name,))
        if number < 0:
            raise ValidationError(f"{name} cannot be negative: {number}", fields=(name,))
    if duration is None:
        return
    if not isinstance(duration, timedelta):
        raise ValidationError("invalid duration: expected a timedelta", fields=("duration",))
    if duration < timedelta(0):
        raise ValidationError(f"duration cannot be negative: {duration}", fields=("duration",))

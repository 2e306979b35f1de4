"""Reservations of time on a device."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from anyqpu.model.money import Money
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable


class ReservationStatus(StrEnum):
    """The status of a reservation. The provider's value, if any, is in `Reservation.raw_status`."""

    PENDING = "pending"
    """Requested, and not yet granted."""
    CONFIRMED = "confirmed"
    """Granted, and not yet begun."""
    ACTIVE = "active"
    """In progress."""
    COMPLETED = "completed"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether this status is final."""
        return self in _TERMINAL


_TERMINAL = frozenset({ReservationStatus.COMPLETED, ReservationStatus.CANCELLED, ReservationStatus.FAILED})


def status_by_clock(start: datetime | None, end: datetime | None, now: datetime) -> ReservationStatus:
    """Return the status of a granted reservation at a time, from its window, where the provider gives none."""
    if end is not None and now >= end:
        return ReservationStatus.COMPLETED
    if start is not None and now >= start:
        return ReservationStatus.ACTIVE
    return ReservationStatus.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reservation(ShortRepr, HtmlRepr, Serializable):
    """A snapshot of a reservation. None means that the provider gives no value.

    Attributes:
        status_message: The provider's message about the status.
        start: The start of its window. All times are aware, in UTC.
        end: The end of its window.
        price: The total price.
        session_id: Its session, where a provider reserves by session.
        account: The account that owns it.
        time_zone: The time zone in which it was made.
        raw: The provider's description, as a generated model.
    """

    provider: str
    id: str
    device_id: str | None
    status: ReservationStatus
    raw_status: str | None = None
    status_recognized: bool = True
    status_message: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    created_at: datetime | None = None
    price: Money | None = None
    session_id: str | None = None
    account: str | None = None
    description: str | None = None
    time_zone: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _repr_names: ClassVar[tuple[str, ...]] = (
        "id",
        "status",
        "device_id",
        "start",
        "end",
        "price",
        "provider",
        "session_id",
    )
    _json_derived: ClassVar[tuple[str, ...]] = ("duration",)

    @property
    def duration(self) -> timedelta | None:
        """The length of its window."""
        return self.end - self.start if self.start is not None and self.end is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableSlot(Serializable):
    """A free window, for `reserve`.

    Attributes:
        price: The total price.
    """

    provider: str
    device_id: str
    start: datetime
    end: datetime
    price: Money | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _json_derived: ClassVar[tuple[str, ...]] = ("duration",)

    @property
    def duration(self) -> timedelta:
        """The length of the window."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityWindow(Serializable):
    """An announced time of operation of a device; it cannot be reserved.

    Attributes:
        granularity: How the window repeats, as the provider's value in lower case, such as `daily`.
        start: The start in the provider's form, a time of day or a date.
        end: The end in the same form.
    """

    granularity: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules(Serializable):
    """The rules for reservations of a device. None means that there is no such rule, or that it is unknown.

    Attributes:
        min_duration: The shortest window.
        max_duration: The longest window.
        min_notice: The shortest time between reservation and start.
        max_notice: The longest time between reservation and start.
        max_cancellation: The shortest time before the start at which it can be cancelled.
        max_per_day: The largest number of windows in a day.
        max_per_week: The largest number of windows in a week.
    """

    min_duration: timedelta | None = None
    max_duration: timedelta | None = None
    min_notice: timedelta | None = None
    max_notice: timedelta | None = None
    max_cancellation: timedelta | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None

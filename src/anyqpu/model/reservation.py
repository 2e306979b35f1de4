"""Time on a device that is set aside for one user."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from anyqpu.model.money import Money
from anyqpu.model.pictured import HtmlRepr
from anyqpu.model.serialize import Serializable


class ReservationStatus(StrEnum):
    """Where a reservation stands. The cloud's own word, if it has one, is in `Reservation.raw_status`."""

    PENDING = "pending"
    """Asked for, and not yet granted."""
    CONFIRMED = "confirmed"
    """Granted; its time has not come."""
    ACTIVE = "active"
    """Its time is now."""
    COMPLETED = "completed"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether it will not change any more."""
        return self in _TERMINAL


_TERMINAL = frozenset({ReservationStatus.COMPLETED, ReservationStatus.CANCELLED, ReservationStatus.FAILED})


def status_by_clock(start: datetime | None, end: datetime | None, now: datetime) -> ReservationStatus:
    """What a granted reservation is at a moment, where the cloud does not say: all that matters is its window."""
    if end is not None and now >= end:
        return ReservationStatus.COMPLETED
    if start is not None and now >= start:
        return ReservationStatus.ACTIVE
    return ReservationStatus.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation(HtmlRepr, Serializable):
    """A reservation ("booking" at Scaleway) as it was when it was last looked at. None: the cloud does not say.

    Attributes:
        start: When its window begins; all times are aware, in UTC.
        end: When it ends.
        price: What it costs as a whole.
        session_id: The session that it belongs to, where a cloud books by session.
        account: Whom it belongs to.
        time_zone: The time zone that it was made in, for people.
        raw: The cloud's own description, as a generated model.
    """

    provider: str
    id: str
    device_id: str | None
    status: ReservationStatus
    raw_status: str | None = None
    status_recognized: bool = True
    start: datetime | None = None
    end: datetime | None = None
    created_at: datetime | None = None
    price: Money | None = None
    session_id: str | None = None
    account: str | None = None
    description: str | None = None
    time_zone: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _json_derived: ClassVar[tuple[str, ...]] = ("duration",)

    @property
    def duration(self) -> timedelta | None:
        """How long its window is."""
        return self.end - self.start if self.start is not None and self.end is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableSlot(Serializable):
    """A window that can be reserved now: give it to `reserve`.

    Attributes:
        price: What it would cost as a whole.
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
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityWindow:
    """When a device is up, as its cloud announces it; it cannot be reserved.

    Attributes:
        granularity: How the window repeats, in the cloud's own word in lower case, such as `daily`.
        start: In the cloud's own form, a time of day or a date.
        end: As `start`.
    """

    granularity: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """What a reservation of a device must keep to. None means that there is no such rule, or that it is not said.

    Attributes:
        min_duration: The shortest window.
        max_duration: The longest window.
        min_notice: How long before its start it must be made.
        max_notice: How long before its start it can be made.
        max_cancellation: How long before its start it can still be cancelled.
        max_per_day: How many windows a day may have.
        max_per_week: How many windows a week may have.
    """

    min_duration: timedelta | None = None
    max_duration: timedelta | None = None
    min_notice: timedelta | None = None
    max_notice: timedelta | None = None
    max_cancellation: timedelta | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None

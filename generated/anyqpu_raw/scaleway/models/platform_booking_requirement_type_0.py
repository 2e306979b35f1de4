from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class PlatformBookingRequirementType0(ApiModel):
    """Booking constraints to fit if the platform is bookable.

    Attributes:
        min_duration: Minimal duration of any booking based on this platform. (in seconds)
        max_duration: Maximal duration of any bookings based on this platform. (in seconds)
        max_cancellation_duration: Allowed time to cancel a booking attached to this platform before the beginning of the session. (in
            seconds)
        max_planification_duration: Allowed planification time from now where the platform can be booked in the future. (in seconds)
        min_planification_duration: Minimum planification time before a platform can be booked. (in seconds)
        max_booking_per_week: Maximum amount of booking allowed for one organization per week.
        max_booking_per_day: Maximum amount of booking allowed for one organization per day.
    """

    min_duration: str | None | Unset = UNSET
    max_duration: str | None | Unset = UNSET
    max_cancellation_duration: str | None | Unset = UNSET
    max_planification_duration: str | None | Unset = UNSET
    min_planification_duration: str | None | Unset = UNSET
    max_booking_per_week: int | Unset = UNSET
    max_booking_per_day: int | Unset = UNSET

    FIELDS = (
        ("min_duration", "min_duration"),
        ("max_duration", "max_duration"),
        ("max_cancellation_duration", "max_cancellation_duration"),
        ("max_planification_duration", "max_planification_duration"),
        ("min_planification_duration", "min_planification_duration"),
        ("max_booking_per_week", "max_booking_per_week"),
        ("max_booking_per_day", "max_booking_per_day"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.min_duration = pop("min_duration", UNSET)
        self.max_duration = pop("max_duration", UNSET)
        self.max_cancellation_duration = pop("max_cancellation_duration", UNSET)
        self.max_planification_duration = pop("max_planification_duration", UNSET)
        self.min_planification_duration = pop("min_planification_duration", UNSET)
        self.max_booking_per_week = UNSET if (value := pop("max_booking_per_week", None)) is None else value
        self.max_booking_per_day = UNSET if (value := pop("max_booking_per_day", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)
from . import booking_status as _booking_status

if TYPE_CHECKING:
    from .booking_status import BookingStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Booking(ApiModel):
    """Booking

    Attributes:
        id: Unique ID of the booking.
        status: Status of the booking.
        created_at: Time at which the booking was created. (RFC 3339 format)
        started_at: Time at which the booking starts. (RFC 3339 format)
        updated_at: Time at which the booking was updated. (RFC 3339 format)
        finished_at: Time at which the booking finishes. (RFC 3339 format)
        description: Description of the booking slot.
        progress_message: Any progress message of the booking.
        time_zone: Time zone for the booking schedule, in tz database format (e.g. 'Europe/Paris').
    """

    id: str
    status: BookingStatus
    created_at: datetime | None | Unset = UNSET
    started_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    finished_at: datetime | None | Unset = UNSET
    description: str | Unset = UNSET
    progress_message: str | Unset = UNSET
    time_zone: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("created_at", "created_at"),
        ("started_at", "started_at"),
        ("updated_at", "updated_at"),
        ("finished_at", "finished_at"),
        ("description", "description"),
        ("progress_message", "progress_message"),
        ("time_zone", "time_zone"),
    )
    REQUIRED = frozenset(
        {
            "id",
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self.status = _booking_status.read(pop("status"))
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.started_at = (
            value if (value := pop("started_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.finished_at = (
            value if (value := pop("finished_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.description = UNSET if (value := pop("description", None)) is None else value
        self.progress_message = UNSET if (value := pop("progress_message", None)) is None else value
        self.time_zone = pop("time_zone", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

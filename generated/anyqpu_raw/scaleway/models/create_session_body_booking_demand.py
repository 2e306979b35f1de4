from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateSessionBodyBookingDemand(ApiModel):
    """A booking demand to schedule the session, only applicable if the platform is bookable.

    Attributes:
        started_at: (RFC 3339 format)
        finished_at: (RFC 3339 format)
    """

    started_at: datetime | None | Unset = UNSET
    finished_at: datetime | None | Unset = UNSET
    description: str | None | Unset = UNSET
    time_zone: str | None | Unset = UNSET

    FIELDS = (
        ("started_at", "started_at"),
        ("finished_at", "finished_at"),
        ("description", "description"),
        ("time_zone", "time_zone"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.started_at = (
            value if (value := pop("started_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.finished_at = (
            value if (value := pop("finished_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.description = pop("description", UNSET)
        self.time_zone = pop("time_zone", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

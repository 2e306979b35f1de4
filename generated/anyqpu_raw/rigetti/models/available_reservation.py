from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_datetime,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class AvailableReservation(ApiModel):
    """AvailableReservation"""

    duration: str
    end_time: datetime
    price: int
    quantum_processor_id: str
    start_time: datetime

    FIELDS = (
        ("duration", "duration"),
        ("end_time", "endTime"),
        ("price", "price"),
        ("quantum_processor_id", "quantumProcessorId"),
        ("start_time", "startTime"),
    )
    REQUIRED = frozenset(
        {
            "duration",
            "endTime",
            "price",
            "quantumProcessorId",
            "startTime",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            duration=rest.pop("duration"),
            end_time=decode_datetime(rest.pop("endTime")),
            price=rest.pop("price"),
            quantum_processor_id=rest.pop("quantumProcessorId"),
            start_time=decode_datetime(rest.pop("startTime")),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

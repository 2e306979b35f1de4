from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.duration = pop("duration")
        self.end_time = decode_datetime(pop("endTime"))
        self.price = pop("price")
        self.quantum_processor_id = pop("quantumProcessorId")
        self.start_time = decode_datetime(pop("startTime"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

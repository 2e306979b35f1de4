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
from . import batch_status as _batch_status

if TYPE_CHECKING:
    from .batch_status import BatchStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SetBatchStatusRequest(ApiModel):
    """SetBatchStatusRequest

    Attributes:
        status: An enumeration.
    """

    status: BatchStatus
    device_id: str | Unset = UNSET
    start_datetime: datetime | Unset = UNSET
    end_datetime: datetime | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("device_id", "device_id"),
        ("start_datetime", "start_datetime"),
        ("end_datetime", "end_datetime"),
    )
    REQUIRED = frozenset(
        {
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
        self.status = _batch_status.read(pop("status"))
        self.device_id = UNSET if (value := pop("device_id", None)) is None else value
        self.start_datetime = UNSET if (value := pop("start_datetime", None)) is None else decode_datetime(value)
        self.end_datetime = UNSET if (value := pop("end_datetime", None)) is None else decode_datetime(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

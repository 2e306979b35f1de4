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
from . import job_status as _job_status

if TYPE_CHECKING:
    from .job_status import JobStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SetJobStatusRequest(ApiModel):
    """SetJobStatusRequest

    Attributes:
        status: An enumeration.
    """

    status: JobStatus
    start_timestamp: datetime | Unset = UNSET
    end_timestamp: datetime | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("start_timestamp", "start_timestamp"),
        ("end_timestamp", "end_timestamp"),
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
        self.status = _job_status.read(pop("status"))
        self.start_timestamp = UNSET if (value := pop("start_timestamp", None)) is None else decode_datetime(value)
        self.end_timestamp = UNSET if (value := pop("end_timestamp", None)) is None else decode_datetime(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

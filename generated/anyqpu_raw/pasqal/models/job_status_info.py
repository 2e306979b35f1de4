from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import job_status as _job_status

if TYPE_CHECKING:
    from .job_status import JobStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class JobStatusInfo(ApiModel):
    """The status of a job.

    Attributes:
        status: An enumeration.
    """

    status: JobStatus
    id: str | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("id", "id"),
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
        self.id = UNSET if (value := pop("id", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

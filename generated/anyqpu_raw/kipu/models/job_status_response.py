from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)
from . import job_status as _job_status

if TYPE_CHECKING:
    from .job_status import JobStatus


@define(kw_only=True, repr=False)
class JobStatusResponse(ApiModel):
    """Lightweight response carrying only the job's current lifecycle status.

    Attributes:
        status: State of a job. COMPLETED, FAILED, CANCELLED, ABORTED and DETACHED are final.
    """

    status: JobStatus

    FIELDS = (("status", "status"),)
    REQUIRED = frozenset(
        {
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.status = _job_status.read(pop("status"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

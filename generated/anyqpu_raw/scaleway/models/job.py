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
class Job(ApiModel):
    """Job

    Attributes:
        id: Unique ID of the job.
        status: Job status.
        name: Job name.
        tags: Tags of the job.
        session_id: Session ID in which the job is executed.
        created_at: Time at which the job was created. (RFC 3339 format)
        started_at: Time at which the job was started. (RFC 3339 format)
        updated_at: Time at which the job was updated. (RFC 3339 format)
        progress_message: Last progress message, if the job has started.
        job_duration: Duration of the job, if the job is finished. (in seconds)
        result_distribution: Result of the job, if the job is finished.
        model_id: Computation model ID executed by the job.
        parameters: Execution parameters for this job.
    """

    id: str
    status: JobStatus
    name: str | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    session_id: str | Unset = UNSET
    created_at: datetime | None | Unset = UNSET
    started_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    progress_message: str | None | Unset = UNSET
    job_duration: str | None | Unset = UNSET
    result_distribution: str | None | Unset = UNSET
    model_id: str | None | Unset = UNSET
    parameters: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("name", "name"),
        ("tags", "tags"),
        ("session_id", "session_id"),
        ("created_at", "created_at"),
        ("started_at", "started_at"),
        ("updated_at", "updated_at"),
        ("progress_message", "progress_message"),
        ("job_duration", "job_duration"),
        ("result_distribution", "result_distribution"),
        ("model_id", "model_id"),
        ("parameters", "parameters"),
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
        self.status = _job_status.read(pop("status"))
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.tags = pop("tags", UNSET)
        self.session_id = UNSET if (value := pop("session_id", None)) is None else value
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.started_at = (
            value if (value := pop("started_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.progress_message = pop("progress_message", UNSET)
        self.job_duration = pop("job_duration", UNSET)
        self.result_distribution = pop("result_distribution", UNSET)
        self.model_id = pop("model_id", UNSET)
        self.parameters = pop("parameters", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_datetime,
    unknown_fields,
)
from . import job_status as _job_status

if TYPE_CHECKING:
    from .job_status import JobStatus


@define(kw_only=True, repr=False)
class JobWithLogs(ApiModel):
    """A job as v2 shows it.

    Attributes:
        status: An enumeration.
    """

    id: str
    status: JobStatus
    parent_id: str | None | Unset = UNSET
    runs: int | None | Unset = UNSET
    batch_id: str | None | Unset = UNSET
    project_id: str | None | Unset = UNSET
    created_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    start_timestamp: datetime | None | Unset = UNSET
    end_timestamp: datetime | None | Unset = UNSET
    variables: dict[str, Any] | None | Unset = UNSET
    errors: list[str] | None | Unset = UNSET
    logs_link: str | None | Unset = UNSET
    progress: int | None | Unset = UNSET
    sequence: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("parent_id", "parent_id"),
        ("runs", "runs"),
        ("batch_id", "batch_id"),
        ("project_id", "project_id"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
        ("start_timestamp", "start_timestamp"),
        ("end_timestamp", "end_timestamp"),
        ("variables", "variables"),
        ("errors", "errors"),
        ("logs_link", "logs_link"),
        ("progress", "progress"),
        ("sequence", "sequence"),
    )
    REQUIRED = frozenset(
        {
            "id",
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            id=rest.pop("id"),
            status=_job_status.JobStatus.read(rest.pop("status")),
            parent_id=rest.pop("parent_id", UNSET),
            runs=rest.pop("runs", UNSET),
            batch_id=rest.pop("batch_id", UNSET),
            project_id=rest.pop("project_id", UNSET),
            created_at=value
            if (value := rest.pop("created_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            updated_at=value
            if (value := rest.pop("updated_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            start_timestamp=value
            if (value := rest.pop("start_timestamp", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            end_timestamp=value
            if (value := rest.pop("end_timestamp", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            variables=rest.pop("variables", UNSET),
            errors=rest.pop("errors", UNSET),
            logs_link=rest.pop("logs_link", UNSET),
            progress=rest.pop("progress", UNSET),
            sequence=rest.pop("sequence", UNSET),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

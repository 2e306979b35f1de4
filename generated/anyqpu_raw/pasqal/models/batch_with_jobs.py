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
    decode_list,
    decode_model,
    unknown_fields,
)
from . import (
    batch_status as _batch_status,
    job as _job,
    queue_priority as _queue_priority,
)

if TYPE_CHECKING:
    from .batch_status import BatchStatus
    from .job import Job
    from .queue_priority import QueuePriority


@define(kw_only=True, repr=False)
class BatchWithJobs(ApiModel):
    """A batch with its jobs.

    Attributes:
        status: An enumeration.
    """

    id: str
    status: BatchStatus
    parent_id: str | None | Unset = UNSET
    complete: bool | Unset = UNSET
    open_: bool | Unset = UNSET
    priority: float | Unset = UNSET
    device_type: str | None | Unset = UNSET
    user_id: str | None | Unset = UNSET
    project_id: str | None | Unset = UNSET
    created_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    sequence_builder: str | None | Unset = UNSET
    jobs_count: int | Unset = UNSET
    jobs_count_per_status: dict[str, int] | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    configuration: dict[str, Any] | None | Unset = UNSET
    webhook: str | None | Unset = UNSET
    start_datetime: datetime | None | Unset = UNSET
    end_datetime: datetime | None | Unset = UNSET
    jobs: list[Job] | None | Unset = UNSET
    queue_priority: QueuePriority | None | Unset = UNSET
    backend_configuration: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("parent_id", "parent_id"),
        ("complete", "complete"),
        ("open_", "open"),
        ("priority", "priority"),
        ("device_type", "device_type"),
        ("user_id", "user_id"),
        ("project_id", "project_id"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
        ("sequence_builder", "sequence_builder"),
        ("jobs_count", "jobs_count"),
        ("jobs_count_per_status", "jobs_count_per_status"),
        ("tags", "tags"),
        ("configuration", "configuration"),
        ("webhook", "webhook"),
        ("start_datetime", "start_datetime"),
        ("end_datetime", "end_datetime"),
        ("jobs", "jobs"),
        ("queue_priority", "queue_priority"),
        ("backend_configuration", "backend_configuration"),
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
            status=_batch_status.BatchStatus.read(rest.pop("status")),
            parent_id=rest.pop("parent_id", UNSET),
            complete=UNSET if (value := rest.pop("complete", None)) is None else value,
            open_=UNSET if (value := rest.pop("open", None)) is None else value,
            priority=UNSET if (value := rest.pop("priority", None)) is None else value,
            device_type=rest.pop("device_type", UNSET),
            user_id=rest.pop("user_id", UNSET),
            project_id=rest.pop("project_id", UNSET),
            created_at=value
            if (value := rest.pop("created_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            updated_at=value
            if (value := rest.pop("updated_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            sequence_builder=rest.pop("sequence_builder", UNSET),
            jobs_count=UNSET if (value := rest.pop("jobs_count", None)) is None else value,
            jobs_count_per_status=rest.pop("jobs_count_per_status", UNSET),
            tags=rest.pop("tags", UNSET),
            configuration=rest.pop("configuration", UNSET),
            webhook=rest.pop("webhook", UNSET),
            start_datetime=value
            if (value := rest.pop("start_datetime", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            end_datetime=value
            if (value := rest.pop("end_datetime", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            jobs=value
            if (value := rest.pop("jobs", UNSET)) is UNSET or value is None
            else (decode_list(value, lambda item: decode_model(item, _job.Job))),
            queue_priority=value
            if (value := rest.pop("queue_priority", UNSET)) is UNSET or value is None
            else (_queue_priority.QueuePriority.read(value)),
            backend_configuration=rest.pop("backend_configuration", UNSET),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

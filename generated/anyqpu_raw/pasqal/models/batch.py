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
from . import batch_status as _batch_status, queue_priority as _queue_priority

if TYPE_CHECKING:
    from .batch_status import BatchStatus
    from .queue_priority import QueuePriority

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Batch(ApiModel):
    """A batch without its jobs.

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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self.status = _batch_status.read(pop("status"))
        self.parent_id = pop("parent_id", UNSET)
        self.complete = UNSET if (value := pop("complete", None)) is None else value
        self.open_ = UNSET if (value := pop("open", None)) is None else value
        self.priority = UNSET if (value := pop("priority", None)) is None else value
        self.device_type = pop("device_type", UNSET)
        self.user_id = pop("user_id", UNSET)
        self.project_id = pop("project_id", UNSET)
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.sequence_builder = pop("sequence_builder", UNSET)
        self.jobs_count = UNSET if (value := pop("jobs_count", None)) is None else value
        self.jobs_count_per_status = pop("jobs_count_per_status", UNSET)
        self.tags = pop("tags", UNSET)
        self.configuration = pop("configuration", UNSET)
        self.webhook = pop("webhook", UNSET)
        self.start_datetime = (
            value if (value := pop("start_datetime", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.end_datetime = (
            value if (value := pop("end_datetime", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.queue_priority = (
            value
            if (value := pop("queue_priority", UNSET)) is UNSET or value is None
            else (_queue_priority.read(value))
        )
        self.backend_configuration = pop("backend_configuration", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

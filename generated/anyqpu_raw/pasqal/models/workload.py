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
from . import queue_priority as _queue_priority

if TYPE_CHECKING:
    from .queue_priority import QueuePriority

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Workload(ApiModel):
    """A workload in a list."""

    id: str
    status: str
    start_timestamp: datetime | None | Unset = UNSET
    end_timestamp: datetime | None | Unset = UNSET
    created_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    workload_type: str | None | Unset = UNSET
    backend: str | None | Unset = UNSET
    config: dict[str, Any] | None | Unset = UNSET
    errors: list[str] | None | Unset = UNSET
    project_id: str | None | Unset = UNSET
    user_id: str | None | Unset = UNSET
    queue_priority: QueuePriority | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("start_timestamp", "start_timestamp"),
        ("end_timestamp", "end_timestamp"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
        ("workload_type", "workload_type"),
        ("backend", "backend"),
        ("config", "config"),
        ("errors", "errors"),
        ("project_id", "project_id"),
        ("user_id", "user_id"),
        ("queue_priority", "queue_priority"),
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
        self.status = pop("status")
        self.start_timestamp = (
            value if (value := pop("start_timestamp", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.end_timestamp = (
            value if (value := pop("end_timestamp", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.workload_type = pop("workload_type", UNSET)
        self.backend = pop("backend", UNSET)
        self.config = pop("config", UNSET)
        self.errors = pop("errors", UNSET)
        self.project_id = pop("project_id", UNSET)
        self.user_id = pop("user_id", UNSET)
        self.queue_priority = (
            value
            if (value := pop("queue_priority", UNSET)) is UNSET or value is None
            else (_queue_priority.read(value))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

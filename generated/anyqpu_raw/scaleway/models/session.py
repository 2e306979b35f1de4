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
from . import session_origin_type as _session_origin_type, session_status as _session_status

if TYPE_CHECKING:
    from .session_origin_type import SessionOriginType
    from .session_status import SessionStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Session(ApiModel):
    """Session

    Attributes:
        id: Unique ID of the session.
        status: Status of the session.
        name: Name of the session.
        platform_id: Platform ID for which the session has been created.
        created_at: The time at which the session was created. (RFC 3339 format)
        started_at: The time at which the session started. (RFC 3339 format)
        updated_at: The time at which the session was updated. (RFC 3339 format)
        terminated_at: The time at which the session was terminated. (RFC 3339 format)
        max_idle_duration: Maximum idle time before the session ends. (in seconds)
        max_duration: Maximum duration before the session ends. (in seconds)
        waiting_job_count: Number of waiting jobs linked to the session.
        finished_job_count: Number of finished jobs linked to the session.
        project_id: Project ID in which the session has been created.
        tags: Tags of the session.
        deduplication_id: Deduplication ID of the session.
        origin_type: Resource type that creates the session.
        origin_id: Unique ID of the session's origin resource (if exists).
        progress_message: Any progress of the session.
        booking_id: An optional booking unique ID of an attached booking.
        model_id: Default computation model ID to be executed by job assigned to this session.
        parameters: Platform configuration parameters applied to this session.
    """

    id: str
    status: SessionStatus
    name: str | Unset = UNSET
    platform_id: str | Unset = UNSET
    created_at: datetime | None | Unset = UNSET
    started_at: datetime | None | Unset = UNSET
    updated_at: datetime | None | Unset = UNSET
    terminated_at: datetime | None | Unset = UNSET
    max_idle_duration: str | None | Unset = UNSET
    max_duration: str | None | Unset = UNSET
    waiting_job_count: int | Unset = UNSET
    finished_job_count: int | Unset = UNSET
    project_id: str | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    deduplication_id: str | Unset = UNSET
    origin_type: SessionOriginType | Unset = UNSET
    origin_id: str | None | Unset = UNSET
    progress_message: str | None | Unset = UNSET
    booking_id: str | None | Unset = UNSET
    model_id: str | None | Unset = UNSET
    parameters: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("name", "name"),
        ("platform_id", "platform_id"),
        ("created_at", "created_at"),
        ("started_at", "started_at"),
        ("updated_at", "updated_at"),
        ("terminated_at", "terminated_at"),
        ("max_idle_duration", "max_idle_duration"),
        ("max_duration", "max_duration"),
        ("waiting_job_count", "waiting_job_count"),
        ("finished_job_count", "finished_job_count"),
        ("project_id", "project_id"),
        ("tags", "tags"),
        ("deduplication_id", "deduplication_id"),
        ("origin_type", "origin_type"),
        ("origin_id", "origin_id"),
        ("progress_message", "progress_message"),
        ("booking_id", "booking_id"),
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
        self.status = _session_status.read(pop("status"))
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.platform_id = UNSET if (value := pop("platform_id", None)) is None else value
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.started_at = (
            value if (value := pop("started_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.terminated_at = (
            value if (value := pop("terminated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.max_idle_duration = pop("max_idle_duration", UNSET)
        self.max_duration = pop("max_duration", UNSET)
        self.waiting_job_count = UNSET if (value := pop("waiting_job_count", None)) is None else value
        self.finished_job_count = UNSET if (value := pop("finished_job_count", None)) is None else value
        self.project_id = UNSET if (value := pop("project_id", None)) is None else value
        self.tags = pop("tags", UNSET)
        self.deduplication_id = UNSET if (value := pop("deduplication_id", None)) is None else value
        self.origin_type = UNSET if (value := pop("origin_type", None)) is None else _session_origin_type.read(value)
        self.origin_id = pop("origin_id", UNSET)
        self.progress_message = pop("progress_message", UNSET)
        self.booking_id = pop("booking_id", UNSET)
        self.model_id = pop("model_id", UNSET)
        self.parameters = pop("parameters", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

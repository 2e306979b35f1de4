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
from . import session_origin_type as _session_origin_type, session_status as _session_status

if TYPE_CHECKING:
    from .session_origin_type import SessionOriginType
    from .session_status import SessionStatus


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
        rest = dict(src_dict)
        self = cls(
            id=rest.pop("id"),
            status=_session_status.SessionStatus.read(rest.pop("status")),
            name=UNSET if (value := rest.pop("name", None)) is None else value,
            platform_id=UNSET if (value := rest.pop("platform_id", None)) is None else value,
            created_at=value
            if (value := rest.pop("created_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            started_at=value
            if (value := rest.pop("started_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            updated_at=value
            if (value := rest.pop("updated_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            terminated_at=value
            if (value := rest.pop("terminated_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            max_idle_duration=rest.pop("max_idle_duration", UNSET),
            max_duration=rest.pop("max_duration", UNSET),
            waiting_job_count=UNSET if (value := rest.pop("waiting_job_count", None)) is None else value,
            finished_job_count=UNSET if (value := rest.pop("finished_job_count", None)) is None else value,
            project_id=UNSET if (value := rest.pop("project_id", None)) is None else value,
            tags=rest.pop("tags", UNSET),
            deduplication_id=UNSET if (value := rest.pop("deduplication_id", None)) is None else value,
            origin_type=UNSET
            if (value := rest.pop("origin_type", None)) is None
            else _session_origin_type.SessionOriginType.read(value),
            origin_id=rest.pop("origin_id", UNSET),
            progress_message=rest.pop("progress_message", UNSET),
            booking_id=rest.pop("booking_id", UNSET),
            model_id=rest.pop("model_id", UNSET),
            parameters=rest.pop("parameters", UNSET),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
class JobWithResult(ApiModel):
    """A job with its result.

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
    result: dict[str, Any] | None | Unset = UNSET
    full_result: dict[str, Any] | None | Unset = UNSET
    errors: list[str] | None | Unset = UNSET
    progress: int | None | Unset = UNSET
    sequence: str | None | Unset = UNSET
    creation_order: int | None | Unset = UNSET

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
        ("result", "result"),
        ("full_result", "full_result"),
        ("errors", "errors"),
        ("progress", "progress"),
        ("sequence", "sequence"),
        ("creation_order", "creation_order"),
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
        self.parent_id = pop("parent_id", UNSET)
        self.runs = pop("runs", UNSET)
        self.batch_id = pop("batch_id", UNSET)
        self.project_id = pop("project_id", UNSET)
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.updated_at = (
            value if (value := pop("updated_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.start_timestamp = (
            value if (value := pop("start_timestamp", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.end_timestamp = (
            value if (value := pop("end_timestamp", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.variables = pop("variables", UNSET)
        self.result = pop("result", UNSET)
        self.full_result = pop("full_result", UNSET)
        self.errors = pop("errors", UNSET)
        self.progress = pop("progress", UNSET)
        self.sequence = pop("sequence", UNSET)
        self.creation_order = pop("creation_order", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

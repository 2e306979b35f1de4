from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class UseCase(ApiModel):
    """A use case submitted to Pasqal."""

    user_id: str | Unset = UNSET
    project_id: str | None | Unset = UNSET
    title: str | Unset = UNSET
    validation_status: str | Unset = UNSET
    summary: str | None | Unset = UNSET
    questionnaire_id: int | None | Unset = UNSET
    last_reviewed_at: datetime | None | Unset = UNSET
    id: str | Unset = UNSET
    created_at: datetime | Unset = UNSET
    updated_at: datetime | Unset = UNSET
    user_name: str | Unset = UNSET
    project_name: str | Unset = UNSET

    FIELDS = (
        ("user_id", "user_id"),
        ("project_id", "project_id"),
        ("title", "title"),
        ("validation_status", "validation_status"),
        ("summary", "summary"),
        ("questionnaire_id", "questionnaire_id"),
        ("last_reviewed_at", "last_reviewed_at"),
        ("id", "id"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
        ("user_name", "user_name"),
        ("project_name", "project_name"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.user_id = UNSET if (value := pop("user_id", None)) is None else value
        self.project_id = pop("project_id", UNSET)
        self.title = UNSET if (value := pop("title", None)) is None else value
        self.validation_status = UNSET if (value := pop("validation_status", None)) is None else value
        self.summary = pop("summary", UNSET)
        self.questionnaire_id = pop("questionnaire_id", UNSET)
        self.last_reviewed_at = (
            value if (value := pop("last_reviewed_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.created_at = UNSET if (value := pop("created_at", None)) is None else decode_datetime(value)
        self.updated_at = UNSET if (value := pop("updated_at", None)) is None else decode_datetime(value)
        self.user_name = UNSET if (value := pop("user_name", None)) is None else value
        self.project_name = UNSET if (value := pop("project_name", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_datetime,
    unknown_fields,
)


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
        rest = dict(src_dict)
        self = cls(
            user_id=UNSET if (value := rest.pop("user_id", None)) is None else value,
            project_id=rest.pop("project_id", UNSET),
            title=UNSET if (value := rest.pop("title", None)) is None else value,
            validation_status=UNSET if (value := rest.pop("validation_status", None)) is None else value,
            summary=rest.pop("summary", UNSET),
            questionnaire_id=rest.pop("questionnaire_id", UNSET),
            last_reviewed_at=value
            if (value := rest.pop("last_reviewed_at", UNSET)) is UNSET or value is None
            else (decode_datetime(value)),
            id=UNSET if (value := rest.pop("id", None)) is None else value,
            created_at=UNSET if (value := rest.pop("created_at", None)) is None else decode_datetime(value),
            updated_at=UNSET if (value := rest.pop("updated_at", None)) is None else decode_datetime(value),
            user_name=UNSET if (value := rest.pop("user_name", None)) is None else value,
            project_name=UNSET if (value := rest.pop("project_name", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

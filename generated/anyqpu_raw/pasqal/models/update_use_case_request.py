from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class UpdateUseCaseRequest(ApiModel):
    """UpdateUseCaseRequest

    Attributes:
        answers: Any JSON object: the page does not say what is inside.
    """

    title: str | Unset = UNSET
    validation_status: str | Unset = UNSET
    summary: str | Unset = UNSET
    questionnaire_id: int | Unset = UNSET
    answers: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("title", "title"),
        ("validation_status", "validation_status"),
        ("summary", "summary"),
        ("questionnaire_id", "questionnaire_id"),
        ("answers", "answers"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            title=UNSET if (value := rest.pop("title", None)) is None else value,
            validation_status=UNSET if (value := rest.pop("validation_status", None)) is None else value,
            summary=UNSET if (value := rest.pop("summary", None)) is None else value,
            questionnaire_id=UNSET if (value := rest.pop("questionnaire_id", None)) is None else value,
            answers=UNSET if (value := rest.pop("answers", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.title = UNSET if (value := pop("title", None)) is None else value
        self.validation_status = UNSET if (value := pop("validation_status", None)) is None else value
        self.summary = UNSET if (value := pop("summary", None)) is None else value
        self.questionnaire_id = UNSET if (value := pop("questionnaire_id", None)) is None else value
        self.answers = UNSET if (value := pop("answers", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

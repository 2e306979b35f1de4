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
class ProjectActivity(ApiModel):
    """When a project was last active."""

    project_id: str | Unset = UNSET
    last_activity_date: datetime | None | Unset = UNSET

    FIELDS = (
        ("project_id", "project_id"),
        ("last_activity_date", "last_activity_date"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.project_id = UNSET if (value := pop("project_id", None)) is None else value
        self.last_activity_date = (
            value if (value := pop("last_activity_date", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

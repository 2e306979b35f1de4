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
class Model(ApiModel):
    """Model

    Attributes:
        id: Unique ID of the model.
        created_at: Time at which the model was created. (RFC 3339 format)
        url: Storage URL of the model.
        project_id: Project ID in which the model has been created.
    """

    id: str
    created_at: datetime | None | Unset = UNSET
    url: str | None | Unset = UNSET
    project_id: str | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("created_at", "created_at"),
        ("url", "url"),
        ("project_id", "project_id"),
    )
    REQUIRED = frozenset(
        {
            "id",
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
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.url = pop("url", UNSET)
        self.project_id = UNSET if (value := pop("project_id", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Group(ApiModel):
    """Group"""

    created_time: datetime
    description: str
    id: str
    last_membership_updated_time: datetime
    name: str
    updated_time: datetime

    FIELDS = (
        ("created_time", "createdTime"),
        ("description", "description"),
        ("id", "id"),
        ("last_membership_updated_time", "lastMembershipUpdatedTime"),
        ("name", "name"),
        ("updated_time", "updatedTime"),
    )
    REQUIRED = frozenset(
        {
            "createdTime",
            "description",
            "id",
            "lastMembershipUpdatedTime",
            "name",
            "updatedTime",
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
        self.created_time = decode_datetime(pop("createdTime"))
        self.description = pop("description")
        self.id = pop("id")
        self.last_membership_updated_time = decode_datetime(pop("lastMembershipUpdatedTime"))
        self.name = pop("name")
        self.updated_time = decode_datetime(pop("updatedTime"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

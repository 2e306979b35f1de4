from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_datetime,
    unknown_fields,
)


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
        rest = dict(src_dict)
        self = cls(
            created_time=decode_datetime(rest.pop("createdTime")),
            description=rest.pop("description"),
            id=rest.pop("id"),
            last_membership_updated_time=decode_datetime(rest.pop("lastMembershipUpdatedTime")),
            name=rest.pop("name"),
            updated_time=decode_datetime(rest.pop("updatedTime")),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
class AddGroupUserRequest(ApiModel):
    """Must provide either `userId` or `userEmail` and `groupId` or `groupName`."""

    group_id: str | Unset = UNSET
    group_name: str | Unset = UNSET
    user_email: str | Unset = UNSET
    user_id: str | Unset = UNSET

    FIELDS = (
        ("group_id", "groupId"),
        ("group_name", "groupName"),
        ("user_email", "userEmail"),
        ("user_id", "userId"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.group_id = UNSET if (value := pop("groupId", None)) is None else value
        self.group_name = UNSET if (value := pop("groupName", None)) is None else value
        self.user_email = UNSET if (value := pop("userEmail", None)) is None else value
        self.user_id = UNSET if (value := pop("userId", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

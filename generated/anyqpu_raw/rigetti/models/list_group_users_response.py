from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import user as _user

if TYPE_CHECKING:
    from .user import User

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListGroupUsersResponse(ApiModel):
    """ListGroupUsersResponse"""

    users: list[User]
    next_page_token: str | None | Unset = UNSET

    FIELDS = (
        ("users", "users"),
        ("next_page_token", "nextPageToken"),
    )
    REQUIRED = frozenset(
        {
            "users",
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
        self.users = decode_models(pop("users"), _user.User)
        self.next_page_token = pop("nextPageToken", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

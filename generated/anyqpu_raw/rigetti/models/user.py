from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    decode_model,
    unknown_fields,
)
from . import user_profile as _user_profile

if TYPE_CHECKING:
    from .user_profile import UserProfile

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class User(ApiModel):
    """User"""

    created_time: datetime
    id: int
    idp_id: str
    profile: UserProfile | Unset = UNSET

    FIELDS = (
        ("created_time", "createdTime"),
        ("id", "id"),
        ("idp_id", "idpId"),
        ("profile", "profile"),
    )
    REQUIRED = frozenset(
        {
            "createdTime",
            "id",
            "idpId",
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
        self.id = pop("id")
        self.idp_id = pop("idpId")
        self.profile = (
            UNSET if (value := pop("profile", None)) is None else decode_model(value, _user_profile.UserProfile)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AuthResetPasswordRequest(ApiModel):
    """AuthResetPasswordRequest"""

    new_password: str
    old_password: str

    FIELDS = (
        ("new_password", "newPassword"),
        ("old_password", "oldPassword"),
    )
    REQUIRED = frozenset(
        {
            "newPassword",
            "oldPassword",
        }
    )
    SECRETS = frozenset(
        {
            "new_password",
            "old_password",
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
        self.new_password = pop("newPassword")
        self.old_password = pop("oldPassword")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
class AuthResetPasswordWithTokenRequest(ApiModel):
    """Token may be requested with AuthEmailPasswordResetToken."""

    new_password: str
    token: str

    FIELDS = (
        ("new_password", "newPassword"),
        ("token", "token"),
    )
    REQUIRED = frozenset(
        {
            "newPassword",
            "token",
        }
    )
    SECRETS = frozenset(
        {
            "new_password",
            "token",
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
        self.token = pop("token")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

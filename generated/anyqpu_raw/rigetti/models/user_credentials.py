from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_model,
    unknown_fields,
)
from . import user_credentials_password as _user_credentials_password

if TYPE_CHECKING:
    from .user_credentials_password import UserCredentialsPassword


@define(kw_only=True, repr=False)
class UserCredentials(ApiModel):
    """UserCredentials"""

    password: UserCredentialsPassword

    FIELDS = (("password", "password"),)
    REQUIRED = frozenset(
        {
            "password",
        }
    )
    SECRETS = frozenset(
        {
            "password",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.password = decode_model(pop("password"), _user_credentials_password.UserCredentialsPassword)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

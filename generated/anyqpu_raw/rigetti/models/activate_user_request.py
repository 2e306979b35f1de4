from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    user_credentials as _user_credentials,
    user_profile as _user_profile,
)

if TYPE_CHECKING:
    from .user_credentials import UserCredentials
    from .user_profile import UserProfile

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ActivateUserRequest(ApiModel):
    """ActivateUserRequest

    Attributes:
        token: The token of the invitation.
    """

    credentials: UserCredentials
    profile: UserProfile
    token: str

    FIELDS = (
        ("credentials", "credentials"),
        ("profile", "profile"),
        ("token", "token"),
    )
    REQUIRED = frozenset(
        {
            "credentials",
            "profile",
            "token",
        }
    )
    SECRETS = frozenset(
        {
            "credentials",
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
        self.credentials = decode_model(pop("credentials"), _user_credentials.UserCredentials)
        self.profile = decode_model(pop("profile"), _user_profile.UserProfile)
        self.token = pop("token")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

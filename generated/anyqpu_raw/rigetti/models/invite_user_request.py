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
class InviteUserRequest(ApiModel):
    """InviteUserRequest"""

    email: str
    group_name: str | Unset = UNSET
    billing_organization_id: int | Unset = UNSET

    FIELDS = (
        ("email", "email"),
        ("group_name", "groupName"),
        ("billing_organization_id", "billingOrganizationId"),
    )
    REQUIRED = frozenset(
        {
            "email",
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
        self.email = pop("email")
        self.group_name = UNSET if (value := pop("groupName", None)) is None else value
        self.billing_organization_id = UNSET if (value := pop("billingOrganizationId", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

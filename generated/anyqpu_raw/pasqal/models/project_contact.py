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
class ProjectContact(ApiModel):
    """Someone to ask about a project."""

    id: str | None | Unset = UNSET
    email: str | None | Unset = UNSET
    given_name: str | None | Unset = UNSET
    family_name: str | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("email", "email"),
        ("given_name", "given_name"),
        ("family_name", "family_name"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id", UNSET)
        self.email = pop("email", UNSET)
        self.given_name = pop("given_name", UNSET)
        self.family_name = pop("family_name", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

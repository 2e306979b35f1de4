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
from . import group as _group

if TYPE_CHECKING:
    from .group import Group

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListGroupsResponse(ApiModel):
    """ListGroupsResponse"""

    groups: list[Group]
    next_page_token: str | None | Unset = UNSET

    FIELDS = (
        ("groups", "groups"),
        ("next_page_token", "nextPageToken"),
    )
    REQUIRED = frozenset(
        {
            "groups",
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
        self.groups = decode_models(pop("groups"), _group.Group)
        self.next_page_token = pop("nextPageToken", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

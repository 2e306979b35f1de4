from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_list,
    unknown_fields,
)
from . import session_access as _session_access

if TYPE_CHECKING:
    from .session_access import SessionAccess

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListSessionAclsResponse(ApiModel):
    """ListSessionAclsResponse"""

    total_count: int | Unset = UNSET
    acls: list[SessionAccess] | Unset = UNSET

    FIELDS = (
        ("total_count", "total_count"),
        ("acls", "acls"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.total_count = UNSET if (value := pop("total_count", None)) is None else value
        self.acls = (
            UNSET
            if (value := pop("acls", None)) is None
            else decode_list(value, lambda item: _session_access.read(item))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

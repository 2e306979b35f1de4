from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)
from . import checksum_description_type as _checksum_description_type

if TYPE_CHECKING:
    from .checksum_description_type import ChecksumDescriptionType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ChecksumDescription(ApiModel):
    """ChecksumDescription"""

    header_name: str
    type_: ChecksumDescriptionType

    FIELDS = (
        ("header_name", "headerName"),
        ("type_", "type"),
    )
    REQUIRED = frozenset(
        {
            "headerName",
            "type",
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
        self.header_name = pop("headerName")
        self.type_ = _checksum_description_type.read(pop("type"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

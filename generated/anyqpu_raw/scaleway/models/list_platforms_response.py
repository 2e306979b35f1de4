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
from . import platform as _platform

if TYPE_CHECKING:
    from .platform import Platform

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListPlatformsResponse(ApiModel):
    """ListPlatformsResponse

    Attributes:
        total_count: Total number of platforms.
        platforms: List of platforms.
    """

    total_count: int | Unset = UNSET
    platforms: list[Platform] | Unset = UNSET

    FIELDS = (
        ("total_count", "total_count"),
        ("platforms", "platforms"),
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
        self.platforms = (
            UNSET if (value := pop("platforms", None)) is None else decode_models(value, _platform.Platform)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

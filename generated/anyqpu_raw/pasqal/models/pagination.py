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
class Pagination(ApiModel):
    """Which part of the matches a page holds."""

    total: int | Unset = UNSET
    start: int | Unset = UNSET
    end: int | Unset = UNSET

    FIELDS = (
        ("total", "total"),
        ("start", "start"),
        ("end", "end"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.total = UNSET if (value := pop("total", None)) is None else value
        self.start = UNSET if (value := pop("start", None)) is None else value
        self.end = UNSET if (value := pop("end", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
class ShotsRange(ApiModel):
    """Allowed range of shots per job on a backend.

    Attributes:
        min_: Minimum number of shots accepted per job.
        max_: Maximum number of shots accepted per job.
    """

    min_: int | Unset = UNSET
    max_: int | Unset = UNSET

    FIELDS = (
        ("min_", "min"),
        ("max_", "max"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.min_ = UNSET if (value := pop("min", None)) is None else value
        self.max_ = UNSET if (value := pop("max", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

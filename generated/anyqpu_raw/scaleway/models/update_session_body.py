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
class UpdateSessionBody(ApiModel):
    """UpdateSessionBody

    Attributes:
        name: Name of the session.
        max_idle_duration: Maximum idle duration before the session ends. (in seconds)
        max_duration: Maximum time before the session ends. (in seconds)
        tags: Tags of the session.
    """

    name: str | None | Unset = UNSET
    max_idle_duration: str | None | Unset = UNSET
    max_duration: str | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("max_idle_duration", "max_idle_duration"),
        ("max_duration", "max_duration"),
        ("tags", "tags"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.name = pop("name", UNSET)
        self.max_idle_duration = pop("max_idle_duration", UNSET)
        self.max_duration = pop("max_duration", UNSET)
        self.tags = pop("tags", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

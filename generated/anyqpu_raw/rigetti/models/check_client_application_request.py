from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CheckClientApplicationRequest(ApiModel):
    """CheckClientApplicationRequest

    Attributes:
        name: Name of component
        version: Semantic version of component.
    """

    name: str
    version: str

    FIELDS = (
        ("name", "name"),
        ("version", "version"),
    )
    REQUIRED = frozenset(
        {
            "name",
            "version",
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
        self.name = pop("name")
        self.version = pop("version")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

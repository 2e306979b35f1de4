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
class JobResult(ApiModel):
    """A result as it is also found behind a results link."""

    counter: dict[str, int] | None | Unset = UNSET
    raw: list[str] | None | Unset = UNSET
    serialised_results: str | None | Unset = UNSET

    FIELDS = (
        ("counter", "counter"),
        ("raw", "raw"),
        ("serialised_results", "serialised_results"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.counter = pop("counter", UNSET)
        self.raw = pop("raw", UNSET)
        self.serialised_results = pop("serialised_results", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

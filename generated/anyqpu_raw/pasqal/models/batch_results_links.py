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
class BatchResultsLinks(ApiModel):
    """Links to the jobs' results, by job id."""

    results_links: dict[str, str] | Unset = UNSET
    errors: dict[str, str] | Unset = UNSET

    FIELDS = (
        ("results_links", "results_links"),
        ("errors", "errors"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.results_links = UNSET if (value := pop("results_links", None)) is None else value
        self.errors = UNSET if (value := pop("errors", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

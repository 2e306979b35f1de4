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
class CreateLegacyJobRequest(ApiModel):
    """CreateLegacyJobRequest

    Attributes:
        variables: Any JSON object: the page does not say what is inside.
    """

    runs: int
    batch_id: str
    variables: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("runs", "runs"),
        ("batch_id", "batch_id"),
        ("variables", "variables"),
    )
    REQUIRED = frozenset(
        {
            "runs",
            "batch_id",
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
        self.runs = pop("runs")
        self.batch_id = pop("batch_id")
        self.variables = UNSET if (value := pop("variables", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

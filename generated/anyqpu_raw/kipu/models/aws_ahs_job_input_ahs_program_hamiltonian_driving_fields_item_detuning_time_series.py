from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries(ApiModel):
    """AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries"""

    values: list[float]
    times: list[float]

    FIELDS = (
        ("values", "values"),
        ("times", "times"),
    )
    REQUIRED = frozenset(
        {
            "values",
            "times",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.values = pop("values")
        self.times = pop("times")
        self._extra = None
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

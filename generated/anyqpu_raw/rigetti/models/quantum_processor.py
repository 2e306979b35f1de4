from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class QuantumProcessor(ApiModel):
    """QuantumProcessor

    Attributes:
        id: Immutable, unique identifier for a quantum processor [example: Aspen-1]
    """

    id: str

    FIELDS = (("id", "id"),)
    REQUIRED = frozenset(
        {
            "id",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

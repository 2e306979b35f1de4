from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class Qubit(ApiModel):
    """A qubit exposed by a backend, identified by its provider-side id.

    Attributes:
        id: Qubit identifier in the backend's addressing scheme. Typically a zero-based integer string.
    """

    id: str | Unset = UNSET

    FIELDS = (("id", "id"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = UNSET if (value := pop("id", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

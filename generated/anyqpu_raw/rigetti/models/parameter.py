from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class Parameter(ApiModel):
    """A parameter to an operation.

    Attributes:
        name: The name of the parameter, such as the name of a mathematical symbol.
    """

    name: str

    FIELDS = (("name", "name"),)
    REQUIRED = frozenset(
        {
            "name",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.name = pop("name")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
class RestartEndpointRequest(ApiModel):
    """RestartEndpointRequest

    Attributes:
        component_name: Individual component to restart
    """

    component_name: str | Unset = UNSET

    FIELDS = (("component_name", "componentName"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.component_name = UNSET if (value := pop("componentName", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

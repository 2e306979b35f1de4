from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_models,
    unknown_fields,
)
from . import (
    runtime_minutes_allowance as _runtime_minutes_allowance,
)

if TYPE_CHECKING:
    from .runtime_minutes_allowance import RuntimeMinutesAllowance


@define(kw_only=True, repr=False)
class RuntimeMinutesResponse(ApiModel):
    """All machine time that was paid in advance."""

    allowances: list[RuntimeMinutesAllowance] | Unset = UNSET

    FIELDS = (("allowances", "allowances"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.allowances = (
            UNSET
            if (value := pop("allowances", None)) is None
            else decode_models(value, _runtime_minutes_allowance.RuntimeMinutesAllowance)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

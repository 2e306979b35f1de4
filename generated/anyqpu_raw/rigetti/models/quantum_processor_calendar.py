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
class QuantumProcessorCalendar(ApiModel):
    """When a quantum processor is maintained.

    Attributes:
        maintenance_i_cal: The maintenance as text in the iCalendar format, RFC 5545.
    """

    maintenance_i_cal: str | Unset = UNSET

    FIELDS = (("maintenance_i_cal", "maintenanceICal"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.maintenance_i_cal = UNSET if (value := pop("maintenanceICal", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

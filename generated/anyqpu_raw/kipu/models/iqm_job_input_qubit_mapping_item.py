from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class IQMJobInputQubitMappingItem(ApiModel):
    """Mapping from a logical qubit name to a physical qubit name.

    Attributes:
        logical_name: Logical qubit name used in the circuit.
        physical_name: Physical qubit name on the device.
    """

    logical_name: str
    physical_name: str

    FIELDS = (
        ("logical_name", "logical_name"),
        ("physical_name", "physical_name"),
    )
    REQUIRED = frozenset(
        {
            "logical_name",
            "physical_name",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            logical_name=rest.pop("logical_name"),
            physical_name=rest.pop("physical_name"),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

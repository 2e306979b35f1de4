from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.logical_name = pop("logical_name")
        self.physical_name = pop("physical_name")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

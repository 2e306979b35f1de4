from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Characteristic(ApiModel):
    """A measured characteristic of an operation.

    Attributes:
        name: The name of the characteristic.
        timestamp: The date and time at which the characteristic was measured.
        value: The characteristic value measured.
        error: The error in the characteristic value, or None otherwise.
        node_ids: The list of architecture node ids for the site where the characteristic is measured, if that is
            different from the site of the enclosing operation. None if it is the same. The order of this or the
            enclosing node ids obey the definition of node symmetry from the enclosing operation.
        parameter_values: The optional ordered list of parameter values used to generate the characteristic. The order matches
            the parameters in the enclosing operation, and so the lengths of these two lists must match.
    """

    name: str
    timestamp: datetime
    value: float
    error: float | None | Unset = UNSET
    node_ids: list[int] | None | Unset = UNSET
    parameter_values: list[float] | None | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("timestamp", "timestamp"),
        ("value", "value"),
        ("error", "error"),
        ("node_ids", "node_ids"),
        ("parameter_values", "parameter_values"),
    )
    REQUIRED = frozenset(
        {
            "name",
            "timestamp",
            "value",
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
        self.name = pop("name")
        self.timestamp = decode_datetime(pop("timestamp"))
        self.value = pop("value")
        self.error = pop("error", UNSET)
        self.node_ids = pop("node_ids", UNSET)
        self.parameter_values = pop("parameter_values", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

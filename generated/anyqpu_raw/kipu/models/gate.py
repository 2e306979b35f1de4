from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Gate(ApiModel):
    """A quantum gate exposed by a backend, with a flag indicating whether it is native to the hardware.

    Attributes:
        name: Name of the gate in the backend's instruction set.
        native_gate: True if the gate is implemented directly on hardware; false if compiled down from native gates.
    """

    name: str | Unset = UNSET
    native_gate: bool | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("native_gate", "native_gate"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.native_gate = UNSET if (value := pop("native_gate", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

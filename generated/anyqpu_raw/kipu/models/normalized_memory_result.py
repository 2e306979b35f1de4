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
class NormalizedMemoryResult(ApiModel):
    """The outcome of each shot as a hexadecimal number whose bit 0 is classical bit 0.

    Attributes:
        qubits: Number of measured qubits.
    """

    memory: list[str] | Unset = UNSET
    qubits: int | None | Unset = UNSET
    shots: int | None | Unset = UNSET

    FIELDS = (
        ("memory", "memory"),
        ("qubits", "qubits"),
        ("shots", "shots"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.memory = UNSET if (value := pop("memory", None)) is None else value
        self.qubits = pop("qubits", UNSET)
        self.shots = pop("shots", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

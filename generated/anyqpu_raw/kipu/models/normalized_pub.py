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
class NormalizedPub(ApiModel):
    """One program of a job, and what it was submitted with.

    Attributes:
        qasm: Text of the program.
    """

    name: str | None | Unset = UNSET
    qasm: str | Unset = UNSET
    observables: list[dict[str, Any]] | None | Unset = UNSET
    parameter_values: list[list[float]] | None | Unset = UNSET
    shots: int | None | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("qasm", "qasm"),
        ("observables", "observables"),
        ("parameter_values", "parameter_values"),
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
        self.name = pop("name", UNSET)
        self.qasm = UNSET if (value := pop("qasm", None)) is None else value
        self.observables = pop("observables", UNSET)
        self.parameter_values = pop("parameter_values", UNSET)
        self.shots = pop("shots", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
class AwsQASM3JobInputParams(ApiModel):
    """Optional job parameters for AWS Braket QASM backends

    Attributes:
        disable_qubit_rewiring: If true, automatic qubit rewiring is disabled, i.e. Braket is not allowed to re-map logical qubits
            to physical qubits on the backend device to optimize circuit execution. If not specified, the
            default is false.
        qubit_count: Number of qubits used in the circuit. If not specified, it is tried to infer it from the circuit.
    """

    disable_qubit_rewiring: bool | Unset = UNSET
    qubit_count: float | Unset = UNSET

    FIELDS = (
        ("disable_qubit_rewiring", "disable_qubit_rewiring"),
        ("qubit_count", "qubit_count"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.disable_qubit_rewiring = UNSET if (value := pop("disable_qubit_rewiring", None)) is None else value
        self.qubit_count = UNSET if (value := pop("qubit_count", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

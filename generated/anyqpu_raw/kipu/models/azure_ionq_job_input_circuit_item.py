from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import (
    azure_ionq_job_input_circuit_item_gate as _azure_ionq_job_input_circuit_item_gate,
)

if TYPE_CHECKING:
    from .azure_ionq_job_input_circuit_item_gate import AzureIonqJobInputCircuitItemGate

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AzureIonqJobInputCircuitItem(ApiModel):
    """A gate application to qubit in the circuit

    Attributes:
        targets: Qubit indices the gate is applied to
        controls: Optional control-qubit indices
        gate: Gate name
    """

    targets: list[int]
    controls: list[int] | Unset = UNSET
    gate: AzureIonqJobInputCircuitItemGate | Unset = UNSET

    FIELDS = (
        ("targets", "targets"),
        ("controls", "controls"),
        ("gate", "gate"),
    )
    REQUIRED = frozenset(
        {
            "targets",
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
        self.targets = pop("targets")
        self.controls = UNSET if (value := pop("controls", None)) is None else value
        self.gate = (
            UNSET if (value := pop("gate", None)) is None else _azure_ionq_job_input_circuit_item_gate.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

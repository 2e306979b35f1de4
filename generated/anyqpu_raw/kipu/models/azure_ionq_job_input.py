from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import (
    azure_ionq_job_input_circuit_item as _azure_ionq_job_input_circuit_item,
    azure_ionq_job_input_gateset as _azure_ionq_job_input_gateset,
)

if TYPE_CHECKING:
    from .azure_ionq_job_input_circuit_item import AzureIonqJobInputCircuitItem
    from .azure_ionq_job_input_gateset import AzureIonqJobInputGateset

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AzureIonqJobInput(ApiModel):
    """Azure IonQ input schema for job input (based on IonQ API Qis v0.4 qis-circuit reference)

    Attributes:
        circuit: List of gates to apply
        gateset: Which gateset to apply
        qubits: Total number of qubits in the circuit
        registers: Registers to use in your circuit. Each register is a list of qubit indices (starting from zero).
    """

    circuit: list[AzureIonqJobInputCircuitItem]
    gateset: AzureIonqJobInputGateset
    qubits: int
    registers: dict[str, list[int]] | Unset = UNSET

    FIELDS = (
        ("circuit", "circuit"),
        ("gateset", "gateset"),
        ("qubits", "qubits"),
        ("registers", "registers"),
    )
    REQUIRED = frozenset(
        {
            "circuit",
            "gateset",
            "qubits",
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
        self.circuit = decode_models(pop("circuit"), _azure_ionq_job_input_circuit_item.AzureIonqJobInputCircuitItem)
        self.gateset = _azure_ionq_job_input_gateset.read(pop("gateset"))
        self.qubits = pop("qubits")
        self.registers = UNSET if (value := pop("registers", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

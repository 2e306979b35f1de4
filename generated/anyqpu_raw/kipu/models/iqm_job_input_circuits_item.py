from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    iqm_job_input_circuits_item_args as _iqm_job_input_circuits_item_args,
    iqm_job_input_circuits_item_instructions_item as _iqm_job_input_circuits_item_instructions_item,
)

if TYPE_CHECKING:
    from .iqm_job_input_circuits_item_args import IQMJobInputCircuitsItemArgs
    from .iqm_job_input_circuits_item_instructions_item import IQMJobInputCircuitsItemInstructionsItem

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class IQMJobInputCircuitsItem(ApiModel):
    """A quantum circuit in IQM native format.

    Attributes:
        name: Name of the circuit.
        instructions: List of circuit instructions (quantum gates and operations).
        args: Arguments for the circuit, such as rotation angles.
        implementation: Implementation hint for the circuit.
        qubits: List of qubit names used in this circuit.
        metadata: Arbitrary metadata for the circuit.
    """

    name: str
    instructions: list[IQMJobInputCircuitsItemInstructionsItem]
    args: IQMJobInputCircuitsItemArgs | Unset = UNSET
    implementation: str | Unset = UNSET
    qubits: list[str] | Unset = UNSET
    metadata: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("instructions", "instructions"),
        ("args", "args"),
        ("implementation", "implementation"),
        ("qubits", "qubits"),
        ("metadata", "metadata"),
    )
    REQUIRED = frozenset(
        {
            "name",
            "instructions",
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
        self.instructions = decode_models(
            pop("instructions"), _iqm_job_input_circuits_item_instructions_item.IQMJobInputCircuitsItemInstructionsItem
        )
        self.args = (
            UNSET
            if (value := pop("args", None)) is None
            else decode_model(value, _iqm_job_input_circuits_item_args.IQMJobInputCircuitsItemArgs)
        )
        self.implementation = UNSET if (value := pop("implementation", None)) is None else value
        self.qubits = UNSET if (value := pop("qubits", None)) is None else value
        self.metadata = UNSET if (value := pop("metadata", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

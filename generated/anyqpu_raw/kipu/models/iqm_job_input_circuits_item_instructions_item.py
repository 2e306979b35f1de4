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
    unknown_fields,
)
from . import (
    iqm_job_input_circuits_item_instructions_item_args as _iqm_job_input_circuits_item_instructions_item_args,
)

if TYPE_CHECKING:
    from .iqm_job_input_circuits_item_instructions_item_args import IQMJobInputCircuitsItemInstructionsItemArgs

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class IQMJobInputCircuitsItemInstructionsItem(ApiModel):
    """A single instruction (gate or operation) in a circuit.

    Attributes:
        name: Name of the gate or operation (e.g., 'prx', 'cz', 'measure').
        args: Arguments for a gate, such as rotation angles.
        implementation: Implementation hint for this instruction.
        qubits: List of qubit names this instruction acts on.
        metadata: Arbitrary metadata for this instruction.
    """

    name: str
    args: IQMJobInputCircuitsItemInstructionsItemArgs | Unset = UNSET
    implementation: str | Unset = UNSET
    qubits: list[str] | Unset = UNSET
    metadata: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("args", "args"),
        ("implementation", "implementation"),
        ("qubits", "qubits"),
        ("metadata", "metadata"),
    )
    REQUIRED = frozenset(
        {
            "name",
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
        self.args = (
            UNSET
            if (value := pop("args", None)) is None
            else decode_model(
                value, _iqm_job_input_circuits_item_instructions_item_args.IQMJobInputCircuitsItemInstructionsItemArgs
            )
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

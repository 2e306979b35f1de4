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
    sampler_v2_input_options_execution_meas_type as _sampler_v2_input_options_execution_meas_type,
)

if TYPE_CHECKING:
    from .sampler_v2_input_options_execution_meas_type import SamplerV2InputOptionsExecutionMeasType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SamplerV2InputOptionsExecution(ApiModel):
    """Execution options

    Attributes:
        init_qubits: Whether to reset the qubits to the ground state for each shot
        rep_delay: The delay between a measurement and the subsequent quantum circuit
        meas_type: How to process and return measurement results
    """

    init_qubits: bool | Unset = UNSET
    rep_delay: float | Unset = UNSET
    meas_type: SamplerV2InputOptionsExecutionMeasType | Unset = UNSET

    FIELDS = (
        ("init_qubits", "init_qubits"),
        ("rep_delay", "rep_delay"),
        ("meas_type", "meas_type"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.init_qubits = UNSET if (value := pop("init_qubits", None)) is None else value
        self.rep_delay = UNSET if (value := pop("rep_delay", None)) is None else value
        self.meas_type = (
            UNSET
            if (value := pop("meas_type", None)) is None
            else _sampler_v2_input_options_execution_meas_type.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_model,
    unknown_fields,
)
from . import (
    aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude as _aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude import (
        AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude,
    )


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem(ApiModel):
    """AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem

    Attributes:
        magnitude: Local detuning magnitude with time series and per-site pattern
    """

    magnitude: AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude

    FIELDS = (("magnitude", "magnitude"),)
    REQUIRED = frozenset(
        {
            "magnitude",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.magnitude = decode_model(
            pop("magnitude"),
            _aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude.AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude,
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

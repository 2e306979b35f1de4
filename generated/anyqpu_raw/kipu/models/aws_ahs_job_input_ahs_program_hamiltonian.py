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
    aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item as _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item,
    aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item as _aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item import (
        AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramHamiltonian(ApiModel):
    """Hamiltonian definition with driving fields and optional local detuning

    Attributes:
        driving_fields: Global driving fields applied to all atoms, each with amplitude, phase, and detuning time series
        local_detuning: Local detuning patterns applied to individual atoms
    """

    driving_fields: list[AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem]
    local_detuning: list[AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem] | Unset = UNSET

    FIELDS = (
        ("driving_fields", "drivingFields"),
        ("local_detuning", "localDetuning"),
    )
    REQUIRED = frozenset(
        {
            "drivingFields",
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
        self.driving_fields = decode_models(
            pop("drivingFields"),
            _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item.AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem,
        )
        self.local_detuning = (
            UNSET
            if (value := pop("localDetuning", None)) is None
            else decode_models(
                value,
                _aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item.AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem,
            )
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

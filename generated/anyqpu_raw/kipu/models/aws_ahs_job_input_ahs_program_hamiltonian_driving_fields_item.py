from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude as _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude,
    aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning as _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning,
    aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase as _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem(ApiModel):
    """AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem

    Attributes:
        amplitude: Rabi frequency Omega(t) in rad/s
        phase: Phase phi(t) in radians
        detuning: Global detuning Delta_global(t) in rad/s
    """

    amplitude: AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude
    phase: AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase
    detuning: AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning

    FIELDS = (
        ("amplitude", "amplitude"),
        ("phase", "phase"),
        ("detuning", "detuning"),
    )
    REQUIRED = frozenset(
        {
            "amplitude",
            "phase",
            "detuning",
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
        self.amplitude = decode_model(
            pop("amplitude"),
            _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude.AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude,
        )
        self.phase = decode_model(
            pop("phase"),
            _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase.AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase,
        )
        self.detuning = decode_model(
            pop("detuning"),
            _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning.AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning,
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
    aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series as _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase(ApiModel):
    """Phase phi(t) in radians

    Attributes:
        pattern: Spatial pattern — "uniform" for global application, or array of per-site numeric factors
    """

    time_series: AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries
    pattern: str | list[float]

    FIELDS = (
        ("time_series", "time_series"),
        ("pattern", "pattern"),
    )
    REQUIRED = frozenset(
        {
            "time_series",
            "pattern",
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
        self.time_series = decode_model(
            pop("time_series"),
            _aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series.AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries,
        )
        self.pattern = pop("pattern")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

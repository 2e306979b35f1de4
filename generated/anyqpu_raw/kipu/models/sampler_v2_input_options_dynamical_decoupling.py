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
    sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution as _sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution,
    sampler_v2_input_options_dynamical_decoupling_scheduling_method as _sampler_v2_input_options_dynamical_decoupling_scheduling_method,
    sampler_v2_input_options_dynamical_decoupling_sequence_type as _sampler_v2_input_options_dynamical_decoupling_sequence_type,
)

if TYPE_CHECKING:
    from .sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution import (
        SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution,
    )
    from .sampler_v2_input_options_dynamical_decoupling_scheduling_method import (
        SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod,
    )
    from .sampler_v2_input_options_dynamical_decoupling_sequence_type import (
        SamplerV2InputOptionsDynamicalDecouplingSequenceType,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SamplerV2InputOptionsDynamicalDecoupling(ApiModel):
    """Suboptions for dynamical decoupling

    Attributes:
        enable: Whether to enable DD as specified by the other options in this class
        sequence_type: Which dynamical decoupling sequence to use
        extra_slack_distribution: Where to put extra timing delays due to rounding issues
        scheduling_method: Whether to schedule gates as soon as ('asap') or as late as ('alap') possible
        skip_reset_qubits: Whether to insert DD on idle periods that immediately follow initialized/reset qubits.
    """

    enable: bool | Unset = UNSET
    sequence_type: SamplerV2InputOptionsDynamicalDecouplingSequenceType | Unset = UNSET
    extra_slack_distribution: SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution | Unset = UNSET
    scheduling_method: SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod | Unset = UNSET
    skip_reset_qubits: bool | Unset = UNSET

    FIELDS = (
        ("enable", "enable"),
        ("sequence_type", "sequence_type"),
        ("extra_slack_distribution", "extra_slack_distribution"),
        ("scheduling_method", "scheduling_method"),
        ("skip_reset_qubits", "skip_reset_qubits"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.enable = UNSET if (value := pop("enable", None)) is None else value
        self.sequence_type = (
            UNSET
            if (value := pop("sequence_type", None)) is None
            else _sampler_v2_input_options_dynamical_decoupling_sequence_type.read(value)
        )
        self.extra_slack_distribution = (
            UNSET
            if (value := pop("extra_slack_distribution", None)) is None
            else _sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution.read(value)
        )
        self.scheduling_method = (
            UNSET
            if (value := pop("scheduling_method", None)) is None
            else _sampler_v2_input_options_dynamical_decoupling_scheduling_method.read(value)
        )
        self.skip_reset_qubits = UNSET if (value := pop("skip_reset_qubits", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
    sampler_v2_input_options_dynamical_decoupling as _sampler_v2_input_options_dynamical_decoupling,
    sampler_v2_input_options_execution as _sampler_v2_input_options_execution,
    sampler_v2_input_options_simulator as _sampler_v2_input_options_simulator,
    sampler_v2_input_options_twirling as _sampler_v2_input_options_twirling,
)

if TYPE_CHECKING:
    from .sampler_v2_input_options_dynamical_decoupling import SamplerV2InputOptionsDynamicalDecoupling
    from .sampler_v2_input_options_execution import SamplerV2InputOptionsExecution
    from .sampler_v2_input_options_simulator import SamplerV2InputOptionsSimulator
    from .sampler_v2_input_options_twirling import SamplerV2InputOptionsTwirling

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SamplerV2InputOptions(ApiModel):
    """Options for V2 Sampler

    Attributes:
        default_shots: The default number of shots to use if none are specified in the PUBs
        dynamical_decoupling: Suboptions for dynamical decoupling
        execution: Execution options
        twirling: Twirling options
        simulator: Simulator options
        experimental: Experimental options.
    """

    default_shots: int | Unset = UNSET
    dynamical_decoupling: SamplerV2InputOptionsDynamicalDecoupling | Unset = UNSET
    execution: SamplerV2InputOptionsExecution | Unset = UNSET
    twirling: SamplerV2InputOptionsTwirling | Unset = UNSET
    simulator: SamplerV2InputOptionsSimulator | Unset = UNSET
    experimental: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("default_shots", "default_shots"),
        ("dynamical_decoupling", "dynamical_decoupling"),
        ("execution", "execution"),
        ("twirling", "twirling"),
        ("simulator", "simulator"),
        ("experimental", "experimental"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.default_shots = UNSET if (value := pop("default_shots", None)) is None else value
        self.dynamical_decoupling = (
            UNSET
            if (value := pop("dynamical_decoupling", None)) is None
            else decode_model(
                value, _sampler_v2_input_options_dynamical_decoupling.SamplerV2InputOptionsDynamicalDecoupling
            )
        )
        self.execution = (
            UNSET
            if (value := pop("execution", None)) is None
            else decode_model(value, _sampler_v2_input_options_execution.SamplerV2InputOptionsExecution)
        )
        self.twirling = (
            UNSET
            if (value := pop("twirling", None)) is None
            else decode_model(value, _sampler_v2_input_options_twirling.SamplerV2InputOptionsTwirling)
        )
        self.simulator = (
            UNSET
            if (value := pop("simulator", None)) is None
            else decode_model(value, _sampler_v2_input_options_simulator.SamplerV2InputOptionsSimulator)
        )
        self.experimental = UNSET if (value := pop("experimental", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

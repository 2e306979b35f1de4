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
    estimator_v2_input_options_dynamical_decoupling as _estimator_v2_input_options_dynamical_decoupling,
    estimator_v2_input_options_execution as _estimator_v2_input_options_execution,
    estimator_v2_input_options_resilience as _estimator_v2_input_options_resilience,
    estimator_v2_input_options_simulator as _estimator_v2_input_options_simulator,
    estimator_v2_input_options_twirling as _estimator_v2_input_options_twirling,
)

if TYPE_CHECKING:
    from .estimator_v2_input_options_dynamical_decoupling import EstimatorV2InputOptionsDynamicalDecoupling
    from .estimator_v2_input_options_execution import EstimatorV2InputOptionsExecution
    from .estimator_v2_input_options_resilience import EstimatorV2InputOptionsResilience
    from .estimator_v2_input_options_simulator import EstimatorV2InputOptionsSimulator
    from .estimator_v2_input_options_twirling import EstimatorV2InputOptionsTwirling

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptions(ApiModel):
    """Options for V2 Estimator

    Attributes:
        seed_estimator: Seed used to control sampling
        default_precision: The default precision to use if a precision is not specified for a PUB or for this job.
        default_shots: The total number of shots to use per circuit per configuration. If set, this value overrides
            default_precision.
        dynamical_decoupling: Suboptions for dynamical decoupling
        resilience: Advanced resilience options to fine tune the resilience strategy
        execution: Execution options
        twirling: Twirling options
        simulator: Simulator options
        experimental: Experimental options.
    """

    seed_estimator: int | Unset = UNSET
    default_precision: float | Unset = UNSET
    default_shots: int | Unset = UNSET
    dynamical_decoupling: EstimatorV2InputOptionsDynamicalDecoupling | Unset = UNSET
    resilience: EstimatorV2InputOptionsResilience | Unset = UNSET
    execution: EstimatorV2InputOptionsExecution | Unset = UNSET
    twirling: EstimatorV2InputOptionsTwirling | Unset = UNSET
    simulator: EstimatorV2InputOptionsSimulator | Unset = UNSET
    experimental: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("seed_estimator", "seed_estimator"),
        ("default_precision", "default_precision"),
        ("default_shots", "default_shots"),
        ("dynamical_decoupling", "dynamical_decoupling"),
        ("resilience", "resilience"),
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
        self.seed_estimator = UNSET if (value := pop("seed_estimator", None)) is None else value
        self.default_precision = UNSET if (value := pop("default_precision", None)) is None else value
        self.default_shots = UNSET if (value := pop("default_shots", None)) is None else value
        self.dynamical_decoupling = (
            UNSET
            if (value := pop("dynamical_decoupling", None)) is None
            else decode_model(
                value, _estimator_v2_input_options_dynamical_decoupling.EstimatorV2InputOptionsDynamicalDecoupling
            )
        )
        self.resilience = (
            UNSET
            if (value := pop("resilience", None)) is None
            else decode_model(value, _estimator_v2_input_options_resilience.EstimatorV2InputOptionsResilience)
        )
        self.execution = (
            UNSET
            if (value := pop("execution", None)) is None
            else decode_model(value, _estimator_v2_input_options_execution.EstimatorV2InputOptionsExecution)
        )
        self.twirling = (
            UNSET
            if (value := pop("twirling", None)) is None
            else decode_model(value, _estimator_v2_input_options_twirling.EstimatorV2InputOptionsTwirling)
        )
        self.simulator = (
            UNSET
            if (value := pop("simulator", None)) is None
            else decode_model(value, _estimator_v2_input_options_simulator.EstimatorV2InputOptionsSimulator)
        )
        self.experimental = UNSET if (value := pop("experimental", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

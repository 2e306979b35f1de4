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
    estimator_v2_input_options_twirling_strategy as _estimator_v2_input_options_twirling_strategy,
)

if TYPE_CHECKING:
    from .estimator_v2_input_options_twirling_num_randomizations_type_1 import (
        EstimatorV2InputOptionsTwirlingNumRandomizationsType1,
    )
    from .estimator_v2_input_options_twirling_shots_per_randomization_type_1 import (
        EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1,
    )
    from .estimator_v2_input_options_twirling_strategy import EstimatorV2InputOptionsTwirlingStrategy

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsTwirling(ApiModel):
    """Twirling options

    Attributes:
        enable_gates: Whether to apply 2-qubit gate twirling
        enable_measure: Whether to apply measurement twirling
        num_randomizations: The number of random samples to use when twirling or performing sampled mitigation
        shots_per_randomization: The number of shots to run for each random sample
        strategy: The strategy of twirling qubits in identified layers of 2-qubit twirled gates
    """

    enable_gates: bool | Unset = UNSET
    enable_measure: bool | Unset = UNSET
    num_randomizations: int | EstimatorV2InputOptionsTwirlingNumRandomizationsType1 | Unset = UNSET
    shots_per_randomization: int | EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1 | Unset = UNSET
    strategy: EstimatorV2InputOptionsTwirlingStrategy | Unset = UNSET

    FIELDS = (
        ("enable_gates", "enable_gates"),
        ("enable_measure", "enable_measure"),
        ("num_randomizations", "num_randomizations"),
        ("shots_per_randomization", "shots_per_randomization"),
        ("strategy", "strategy"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.enable_gates = UNSET if (value := pop("enable_gates", None)) is None else value
        self.enable_measure = UNSET if (value := pop("enable_measure", None)) is None else value
        self.num_randomizations = UNSET if (value := pop("num_randomizations", None)) is None else value
        self.shots_per_randomization = UNSET if (value := pop("shots_per_randomization", None)) is None else value
        self.strategy = (
            UNSET
            if (value := pop("strategy", None)) is None
            else _estimator_v2_input_options_twirling_strategy.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

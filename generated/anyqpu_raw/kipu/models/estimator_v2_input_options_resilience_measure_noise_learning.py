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

if TYPE_CHECKING:
    from .estimator_v2_input_options_resilience_measure_noise_learning_shots_per_randomization_type_1 import (
        EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsResilienceMeasureNoiseLearning(ApiModel):
    """Additional measurement noise learning options

    Attributes:
        num_randomizations: The number of random circuits to draw for the measurement learning experiment
        shots_per_randomization: The number of shots to use for the learning experiment per random circuit.
    """

    num_randomizations: int | Unset = UNSET
    shots_per_randomization: (
        int | EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1 | Unset
    ) = UNSET

    FIELDS = (
        ("num_randomizations", "num_randomizations"),
        ("shots_per_randomization", "shots_per_randomization"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.num_randomizations = UNSET if (value := pop("num_randomizations", None)) is None else value
        self.shots_per_randomization = UNSET if (value := pop("shots_per_randomization", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

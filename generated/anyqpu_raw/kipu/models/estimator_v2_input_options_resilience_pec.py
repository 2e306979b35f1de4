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
    from .estimator_v2_input_options_resilience_pec_noise_gain_type_1 import (
        EstimatorV2InputOptionsResiliencePecNoiseGainType1,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsResiliencePec(ApiModel):
    """Additional probabilistic error cancellation mitigation options

    Attributes:
        max_overhead: The maximum circuit sampling overhead allowed
        noise_gain: The amount by which to scale the noise
    """

    max_overhead: float | Unset = UNSET
    noise_gain: float | EstimatorV2InputOptionsResiliencePecNoiseGainType1 | Unset = UNSET

    FIELDS = (
        ("max_overhead", "max_overhead"),
        ("noise_gain", "noise_gain"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.max_overhead = UNSET if (value := pop("max_overhead", None)) is None else value
        self.noise_gain = UNSET if (value := pop("noise_gain", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

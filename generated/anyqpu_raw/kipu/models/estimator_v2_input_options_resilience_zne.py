from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_list,
    unknown_fields,
)
from . import (
    estimator_v2_input_options_resilience_zne_amplifier as _estimator_v2_input_options_resilience_zne_amplifier,
    estimator_v2_input_options_resilience_zne_extrapolator_type_0_item as _estimator_v2_input_options_resilience_zne_extrapolator_type_0_item,
    estimator_v2_input_options_resilience_zne_extrapolator_type_1 as _estimator_v2_input_options_resilience_zne_extrapolator_type_1,
)

if TYPE_CHECKING:
    from .estimator_v2_input_options_resilience_zne_amplifier import EstimatorV2InputOptionsResilienceZneAmplifier
    from .estimator_v2_input_options_resilience_zne_extrapolator_type_0_item import (
        EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item,
    )
    from .estimator_v2_input_options_resilience_zne_extrapolator_type_1 import (
        EstimatorV2InputOptionsResilienceZneExtrapolatorType1,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsResilienceZne(ApiModel):
    """Additional zero noise extrapolation mitigation options

    Attributes:
        noise_factors: A list of floats representing noise factors to use for noise amplification
        extrapolator: Extrapolator(s) to try (in order) for extrapolating to zero noise
        amplifier: Technique to use for amplifying noise.
        extrapolated_noise_factors: A list of floats representing noise factors to evaluate the fit extrapolation models at, or the
            string 'auto' to set them based on the noise factors.
    """

    noise_factors: Any = UNSET
    extrapolator: (
        list[EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item]
        | EstimatorV2InputOptionsResilienceZneExtrapolatorType1
        | Unset
    ) = UNSET
    amplifier: EstimatorV2InputOptionsResilienceZneAmplifier | Unset = UNSET
    extrapolated_noise_factors: Any = UNSET

    FIELDS = (
        ("noise_factors", "noise_factors"),
        ("extrapolator", "extrapolator"),
        ("amplifier", "amplifier"),
        ("extrapolated_noise_factors", "extrapolated_noise_factors"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.noise_factors = pop("noise_factors", UNSET)
        self.extrapolator = (
            UNSET
            if (value := pop("extrapolator", None)) is None
            else (
                decode_list(
                    value, lambda item: _estimator_v2_input_options_resilience_zne_extrapolator_type_0_item.read(item)
                )
                if isinstance(value, list)
                else _estimator_v2_input_options_resilience_zne_extrapolator_type_1.read(value)
            )
        )
        self.amplifier = (
            UNSET
            if (value := pop("amplifier", None)) is None
            else _estimator_v2_input_options_resilience_zne_amplifier.read(value)
        )
        self.extrapolated_noise_factors = pop("extrapolated_noise_factors", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

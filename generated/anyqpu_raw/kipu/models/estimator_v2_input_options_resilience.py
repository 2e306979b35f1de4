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
    estimator_v2_input_options_resilience_layer_noise_learning as _estimator_v2_input_options_resilience_layer_noise_learning,
    estimator_v2_input_options_resilience_measure_noise_learning as _estimator_v2_input_options_resilience_measure_noise_learning,
    estimator_v2_input_options_resilience_pec as _estimator_v2_input_options_resilience_pec,
    estimator_v2_input_options_resilience_zne as _estimator_v2_input_options_resilience_zne,
)

if TYPE_CHECKING:
    from .estimator_v2_input_options_resilience_layer_noise_learning import (
        EstimatorV2InputOptionsResilienceLayerNoiseLearning,
    )
    from .estimator_v2_input_options_resilience_measure_noise_learning import (
        EstimatorV2InputOptionsResilienceMeasureNoiseLearning,
    )
    from .estimator_v2_input_options_resilience_pec import EstimatorV2InputOptionsResiliencePec
    from .estimator_v2_input_options_resilience_zne import EstimatorV2InputOptionsResilienceZne

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsResilience(ApiModel):
    """Advanced resilience options to fine tune the resilience strategy

    Attributes:
        measure_mitigation: Whether to enable measurement error mitigation method
        measure_noise_learning: Additional measurement noise learning options
        zne_mitigation: Whether to turn on Zero Noise Extrapolation error mitigation method
        zne: Additional zero noise extrapolation mitigation options
        pec_mitigation: Whether to turn on Probabilistic Error Cancellation error mitigation method
        pec: Additional probabilistic error cancellation mitigation options
        layer_noise_learning: Layer noise learning options
        layer_noise_model: A NoiseLearnerResult or a sequence of LayerError objects, or null to invoke a noise-learning stage
            when necessary.
    """

    measure_mitigation: bool | Unset = UNSET
    measure_noise_learning: EstimatorV2InputOptionsResilienceMeasureNoiseLearning | Unset = UNSET
    zne_mitigation: bool | Unset = UNSET
    zne: EstimatorV2InputOptionsResilienceZne | Unset = UNSET
    pec_mitigation: bool | Unset = UNSET
    pec: EstimatorV2InputOptionsResiliencePec | Unset = UNSET
    layer_noise_learning: EstimatorV2InputOptionsResilienceLayerNoiseLearning | Unset = UNSET
    layer_noise_model: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("measure_mitigation", "measure_mitigation"),
        ("measure_noise_learning", "measure_noise_learning"),
        ("zne_mitigation", "zne_mitigation"),
        ("zne", "zne"),
        ("pec_mitigation", "pec_mitigation"),
        ("pec", "pec"),
        ("layer_noise_learning", "layer_noise_learning"),
        ("layer_noise_model", "layer_noise_model"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.measure_mitigation = UNSET if (value := pop("measure_mitigation", None)) is None else value
        self.measure_noise_learning = (
            UNSET
            if (value := pop("measure_noise_learning", None)) is None
            else decode_model(
                value,
                _estimator_v2_input_options_resilience_measure_noise_learning.EstimatorV2InputOptionsResilienceMeasureNoiseLearning,
            )
        )
        self.zne_mitigation = UNSET if (value := pop("zne_mitigation", None)) is None else value
        self.zne = (
            UNSET
            if (value := pop("zne", None)) is None
            else decode_model(value, _estimator_v2_input_options_resilience_zne.EstimatorV2InputOptionsResilienceZne)
        )
        self.pec_mitigation = UNSET if (value := pop("pec_mitigation", None)) is None else value
        self.pec = (
            UNSET
            if (value := pop("pec", None)) is None
            else decode_model(value, _estimator_v2_input_options_resilience_pec.EstimatorV2InputOptionsResiliencePec)
        )
        self.layer_noise_learning = (
            UNSET
            if (value := pop("layer_noise_learning", None)) is None
            else decode_model(
                value,
                _estimator_v2_input_options_resilience_layer_noise_learning.EstimatorV2InputOptionsResilienceLayerNoiseLearning,
            )
        )
        self.layer_noise_model = UNSET if (value := pop("layer_noise_model", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

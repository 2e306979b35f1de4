from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2InputOptionsResilienceLayerNoiseLearning(ApiModel):
    """Layer noise learning options

    Attributes:
        max_layers_to_learn: The max number of unique layers to learn
        shots_per_randomization: The total number of shots to use per random learning circuit
        num_randomizations: The number of random circuits to use per learning circuit configuration
        layer_pair_depths: A list of integers representing the circuit depths (measured in number of pairs) to use in learning
            experiments
    """

    max_layers_to_learn: int | Unset = UNSET
    shots_per_randomization: int | Unset = UNSET
    num_randomizations: int | Unset = UNSET
    layer_pair_depths: Any = UNSET

    FIELDS = (
        ("max_layers_to_learn", "max_layers_to_learn"),
        ("shots_per_randomization", "shots_per_randomization"),
        ("num_randomizations", "num_randomizations"),
        ("layer_pair_depths", "layer_pair_depths"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.max_layers_to_learn = UNSET if (value := pop("max_layers_to_learn", None)) is None else value
        self.shots_per_randomization = UNSET if (value := pop("shots_per_randomization", None)) is None else value
        self.num_randomizations = UNSET if (value := pop("num_randomizations", None)) is None else value
        self.layer_pair_depths = pop("layer_pair_depths", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

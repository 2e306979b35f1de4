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
    noise_learner_input_options_simulator as _noise_learner_input_options_simulator,
    noise_learner_input_options_twirling_strategy as _noise_learner_input_options_twirling_strategy,
)

if TYPE_CHECKING:
    from .noise_learner_input_options_simulator import NoiseLearnerInputOptionsSimulator
    from .noise_learner_input_options_twirling_strategy import NoiseLearnerInputOptionsTwirlingStrategy

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NoiseLearnerInputOptions(ApiModel):
    """NoiseLearner options

    Attributes:
        simulator: Simulator options
        max_layers_to_learn: The max number of unique layers to learn
        shots_per_randomization: The total number of shots to use per random learning circuit
        num_randomizations: The number of random circuits to use per learning circuit configuration
        layer_pair_depths: The circuit depths (measured in number of pairs) to use in learning experiments
        twirling_strategy: The strategy of twirling qubits in identified layers of 2-qubit twirled gates
        experimental: Experimental options.
        support_qiskit: If True, returns a Qiskit-style output, meant to be parsed using the runtime result decoder, or
            resort to returning pure JSON results (resulting in larger objects)
    """

    simulator: NoiseLearnerInputOptionsSimulator | Unset = UNSET
    max_layers_to_learn: int | Unset = UNSET
    shots_per_randomization: int | Unset = UNSET
    num_randomizations: int | Unset = UNSET
    layer_pair_depths: list[int] | Unset = UNSET
    twirling_strategy: NoiseLearnerInputOptionsTwirlingStrategy | Unset = UNSET
    experimental: dict[str, Any] | Unset = UNSET
    support_qiskit: bool | Unset = UNSET

    FIELDS = (
        ("simulator", "simulator"),
        ("max_layers_to_learn", "max_layers_to_learn"),
        ("shots_per_randomization", "shots_per_randomization"),
        ("num_randomizations", "num_randomizations"),
        ("layer_pair_depths", "layer_pair_depths"),
        ("twirling_strategy", "twirling_strategy"),
        ("experimental", "experimental"),
        ("support_qiskit", "support_qiskit"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.simulator = (
            UNSET
            if (value := pop("simulator", None)) is None
            else decode_model(value, _noise_learner_input_options_simulator.NoiseLearnerInputOptionsSimulator)
        )
        self.max_layers_to_learn = UNSET if (value := pop("max_layers_to_learn", None)) is None else value
        self.shots_per_randomization = UNSET if (value := pop("shots_per_randomization", None)) is None else value
        self.num_randomizations = UNSET if (value := pop("num_randomizations", None)) is None else value
        self.layer_pair_depths = UNSET if (value := pop("layer_pair_depths", None)) is None else value
        self.twirling_strategy = (
            UNSET
            if (value := pop("twirling_strategy", None)) is None
            else _noise_learner_input_options_twirling_strategy.read(value)
        )
        self.experimental = UNSET if (value := pop("experimental", None)) is None else value
        self.support_qiskit = UNSET if (value := pop("support_qiskit", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

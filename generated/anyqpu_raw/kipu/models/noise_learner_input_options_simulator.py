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
class NoiseLearnerInputOptionsSimulator(ApiModel):
    """Simulator options

    Attributes:
        noise_model: Noise model for the simulator.
        seed_simulator: Random seed to control sampling.
        coupling_map: Directed coupling map to target in mapping.
        basis_gates: List of basis gate names to unroll to.
    """

    noise_model: dict[str, Any] | Unset = UNSET
    seed_simulator: int | Unset = UNSET
    coupling_map: list[Any] | Unset = UNSET
    basis_gates: list[str] | Unset = UNSET

    FIELDS = (
        ("noise_model", "noise_model"),
        ("seed_simulator", "seed_simulator"),
        ("coupling_map", "coupling_map"),
        ("basis_gates", "basis_gates"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.noise_model = UNSET if (value := pop("noise_model", None)) is None else value
        self.seed_simulator = UNSET if (value := pop("seed_simulator", None)) is None else value
        self.coupling_map = UNSET if (value := pop("coupling_map", None)) is None else value
        self.basis_gates = UNSET if (value := pop("basis_gates", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

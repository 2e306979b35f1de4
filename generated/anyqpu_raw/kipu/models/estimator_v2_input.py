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
    estimator_v2_input_options as _estimator_v2_input_options,
    estimator_v2_input_resilience_level as _estimator_v2_input_resilience_level,
    estimator_v2_input_version as _estimator_v2_input_version,
)

if TYPE_CHECKING:
    from .estimator_v2_input_options import EstimatorV2InputOptions
    from .estimator_v2_input_resilience_level import EstimatorV2InputResilienceLevel
    from .estimator_v2_input_version import EstimatorV2InputVersion

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EstimatorV2Input(ApiModel):
    """The input for an EstimatorV2 API call

    Attributes:
        pubs: Primitive Unit Blocs of data. Each PUB is of the form (Circuit, Observables, Parameters, Precision)
            where the circuit and observables are required, parameters should be passed only for parametrized
            circuits, and precision is optional
        options: Options for V2 Estimator
        resilience_level: How much resilience to build against errors
        precision: Default precision level which applies to all PUBs without precision. This overrides
            default_precision and default_shots specified in options.
        support_qiskit: If True, returns a qiskit-style output, meant to be parsed using the runtime result decoder, or
            resort to returning pure JSON results (resulting in larger objects)
        version: For EstimatorV2, version should always be 2
    """

    pubs: list[Any]
    options: EstimatorV2InputOptions | Unset = UNSET
    resilience_level: EstimatorV2InputResilienceLevel | Unset = UNSET
    precision: float | Unset = UNSET
    support_qiskit: bool | Unset = UNSET
    version: EstimatorV2InputVersion | Unset = UNSET

    FIELDS = (
        ("pubs", "pubs"),
        ("options", "options"),
        ("resilience_level", "resilience_level"),
        ("precision", "precision"),
        ("support_qiskit", "support_qiskit"),
        ("version", "version"),
    )
    REQUIRED = frozenset(
        {
            "pubs",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.pubs = pop("pubs")
        self.options = (
            UNSET
            if (value := pop("options", None)) is None
            else decode_model(value, _estimator_v2_input_options.EstimatorV2InputOptions)
        )
        self.resilience_level = (
            UNSET
            if (value := pop("resilience_level", None)) is None
            else _estimator_v2_input_resilience_level.read(value)
        )
        self.precision = UNSET if (value := pop("precision", None)) is None else value
        self.support_qiskit = UNSET if (value := pop("support_qiskit", None)) is None else value
        self.version = UNSET if (value := pop("version", None)) is None else _estimator_v2_input_version.read(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
    sampler_v2_input_options as _sampler_v2_input_options,
    sampler_v2_input_version as _sampler_v2_input_version,
)

if TYPE_CHECKING:
    from .sampler_v2_input_options import SamplerV2InputOptions
    from .sampler_v2_input_version import SamplerV2InputVersion

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class SamplerV2Input(ApiModel):
    """The input for a SamplerV2 API call

    Attributes:
        pubs: Primitive Unit Blocs of data. Each PUB is of the form (Circuit, Parameters, Shots) where the circuit
            is required, parameters should be passed only for parametrized circuits, and shots is optional
        options: Options for V2 Sampler
        shots: Default number of shots which applies to all PUBs without shots. This overrides default_shots
            specified in options.
        support_qiskit: If True, returns a Qiskit-style output, meant to be parsed using the runtime result decoder, or
            resort to returning pure JSON results (resulting in larger objects)
        version: For SamplerV2, version should always be 2
    """

    pubs: list[Any]
    options: SamplerV2InputOptions | Unset = UNSET
    shots: int | Unset = UNSET
    support_qiskit: bool | Unset = UNSET
    version: SamplerV2InputVersion | Unset = UNSET

    FIELDS = (
        ("pubs", "pubs"),
        ("options", "options"),
        ("shots", "shots"),
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
            else decode_model(value, _sampler_v2_input_options.SamplerV2InputOptions)
        )
        self.shots = UNSET if (value := pop("shots", None)) is None else value
        self.support_qiskit = UNSET if (value := pop("support_qiskit", None)) is None else value
        self.version = UNSET if (value := pop("version", None)) is None else _sampler_v2_input_version.read(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
    noise_learner_input_options as _noise_learner_input_options,
    noise_learner_input_version as _noise_learner_input_version,
)

if TYPE_CHECKING:
    from .noise_learner_input_options import NoiseLearnerInputOptions
    from .noise_learner_input_version import NoiseLearnerInputVersion

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NoiseLearnerInput(ApiModel):
    """The input for a NoiseLearner API call

    Attributes:
        circuits: The circuits on which to perform noise learning.
        options: NoiseLearner options
        version: For NoiseLearner, should always be 2
    """

    circuits: list[Any]
    options: NoiseLearnerInputOptions | Unset = UNSET
    version: NoiseLearnerInputVersion | Unset = UNSET

    FIELDS = (
        ("circuits", "circuits"),
        ("options", "options"),
        ("version", "version"),
    )
    REQUIRED = frozenset(
        {
            "circuits",
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
        self.circuits = pop("circuits")
        self.options = (
            UNSET
            if (value := pop("options", None)) is None
            else decode_model(value, _noise_learner_input_options.NoiseLearnerInputOptions)
        )
        self.version = UNSET if (value := pop("version", None)) is None else _noise_learner_input_version.read(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

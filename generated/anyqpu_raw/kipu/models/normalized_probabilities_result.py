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
from . import (
    normalized_probabilities_result_type as _normalized_probabilities_result_type,
)

if TYPE_CHECKING:
    from .normalized_probabilities_result_type import NormalizedProbabilitiesResultType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NormalizedProbabilitiesResult(ApiModel):
    """Probability of each outcome, where nothing is sampled. Bit 0 is the rightmost character of a key.

    Attributes:
        index: Place of the program in the job, from 0.
        name: Name of the program; several may have the same.
        key_format: Form of the keys; bitstring.
        truncated: Whether outcomes that matter were left out.
    """

    type_: NormalizedProbabilitiesResultType
    index: int | Unset = UNSET
    name: str | None | Unset = UNSET
    key_format: str | None | Unset = UNSET
    probabilities: dict[str, float] | Unset = UNSET
    qubits: int | None | Unset = UNSET
    truncated: bool | Unset = UNSET

    FIELDS = (
        ("type_", "type"),
        ("index", "index"),
        ("name", "name"),
        ("key_format", "key_format"),
        ("probabilities", "probabilities"),
        ("qubits", "qubits"),
        ("truncated", "truncated"),
    )
    REQUIRED = frozenset(
        {
            "type",
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
        self.type_ = _normalized_probabilities_result_type.read(pop("type"))
        self.index = UNSET if (value := pop("index", None)) is None else value
        self.name = pop("name", UNSET)
        self.key_format = pop("key_format", UNSET)
        self.probabilities = UNSET if (value := pop("probabilities", None)) is None else value
        self.qubits = pop("qubits", UNSET)
        self.truncated = UNSET if (value := pop("truncated", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import (
    quantum_processor as _quantum_processor,
)

if TYPE_CHECKING:
    from .quantum_processor import QuantumProcessor

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListQuantumProcessorsResponse(ApiModel):
    """ListQuantumProcessorsResponse

    Attributes:
        next_page_token: Opaque token indicating the start of the next page of results to return; do not decode
    """

    quantum_processors: list[QuantumProcessor]
    next_page_token: str | None | Unset = UNSET

    FIELDS = (
        ("quantum_processors", "quantumProcessors"),
        ("next_page_token", "nextPageToken"),
    )
    REQUIRED = frozenset(
        {
            "quantumProcessors",
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
        self.quantum_processors = decode_models(pop("quantumProcessors"), _quantum_processor.QuantumProcessor)
        self.next_page_token = pop("nextPageToken", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

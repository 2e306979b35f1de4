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
    quantum_processor_accessor_type as _quantum_processor_accessor_type,
)

if TYPE_CHECKING:
    from .quantum_processor_accessor_type import QuantumProcessorAccessorType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class QuantumProcessorAccessor(ApiModel):
    """An address at which programs for a quantum processor are accepted over gRPC.

    Attributes:
        access_type: The protocol behind the URL of an accessor.
        live: Whether programs are executed; false where they are simulated.
        rank: Clients use the accessor with the lowest rank first.
    """

    access_type: QuantumProcessorAccessorType
    live: bool
    url: str
    id: str | Unset = UNSET
    rank: int | Unset = UNSET

    FIELDS = (
        ("access_type", "accessType"),
        ("live", "live"),
        ("url", "url"),
        ("id", "id"),
        ("rank", "rank"),
    )
    REQUIRED = frozenset(
        {
            "accessType",
            "live",
            "url",
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
        self.access_type = _quantum_processor_accessor_type.read(pop("accessType"))
        self.live = pop("live")
        self.url = pop("url")
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.rank = UNSET if (value := pop("rank", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
class Connectivity(ApiModel):
    """Qubit connectivity of a backend. Either `fullyConnected=true` (all qubits coupled) or an explicit coupling
    graph.

    Attributes:
        fully_connected: True if any qubit can directly interact with any other qubit without SWAPs. If true, the `graph`
            field is omitted.
        graph: Qubit coupling map as an adjacency list keyed by qubit id. Only populated when fullyConnected=false.
    """

    fully_connected: bool | Unset = UNSET
    graph: dict[str, list[str]] | Unset = UNSET

    FIELDS = (
        ("fully_connected", "fully_connected"),
        ("graph", "graph"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.fully_connected = UNSET if (value := pop("fully_connected", None)) is None else value
        self.graph = UNSET if (value := pop("graph", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

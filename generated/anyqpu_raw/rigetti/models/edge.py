from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class Edge(ApiModel):
    """A degree-two logical connection in the quantum processor's architecture.
    The existence of an edge in the ISA `Architecture` does not necessarily mean that a given 2Q
    operation will be available on the edge. This information is conveyed by the presence of the
    two `node_id` values in instances of `Instruction`.
    Note that edges are undirected in this model. Thus edge :math:`(a, b)` is equivalent to edge
    :math:`(b, a)`.

    Attributes:
        node_ids: The integer ids of the computational nodes at the two ends of the edge. Order is not important; an
            architecture edge is treated as undirected.
    """

    node_ids: list[int]

    FIELDS = (("node_ids", "node_ids"),)
    REQUIRED = frozenset(
        {
            "node_ids",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.node_ids = pop("node_ids")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

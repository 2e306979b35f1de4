from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class Node(ApiModel):
    """A logical node in the quantum processor's architecture.
    The existence of a node in the ISA `Architecture` does not necessarily mean that a given 1Q
    operation will be available on the node. This information is conveyed by the presence of the
    specific `node_id` in instances of `Instruction`.

    Attributes:
        node_id: An integer id assigned to the computational node. The ids may not be contiguous and will be assigned
            based on the architecture family.
    """

    node_id: int

    FIELDS = (("node_id", "node_id"),)
    REQUIRED = frozenset(
        {
            "node_id",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.node_id = pop("node_id")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

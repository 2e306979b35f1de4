from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import edge as _edge, family as _family, node as _node

if TYPE_CHECKING:
    from .edge import Edge
    from .family import Family
    from .node import Node

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Architecture(ApiModel):
    """Represents the logical underlying architecture of a quantum processor.
    The architecture is defined in detail by the nodes and edges that constitute the quantum
    processor. This defines the set of all nodes that could be operated upon, and indicates to
    some approximation their physical layout. The main purpose of this is to support geometry
    calculations that are independent of the available operations, and rendering ISA-based
    information. Architecture layouts are defined by the `family`, as follows.
    The "Aspen" family of quantum processor indicates a 2D planar grid layout of octagon unit
    cells. The `node_id` in this architecture is computed as :math:`100 p_y + 10 p_x + p_u` where
    :math:`p_y` is the zero-based Y position in the unit cell grid, :math:`p_x` is the zero-based
    X position in the unit cell grid, and :math:`p_u` is the zero-based position in the octagon
    unit cell and always ranges from 0 to 7. This scheme has a natural size limit of a 10x10
    unit cell grid, which permits the architecture to scale up to 800 nodes.
    Note that the operations that are actually available are defined entirely by `Operation`
    instances. The presence of a node or edge in the `Architecture` model provides no guarantee
    that any 1Q or 2Q operation will be available to users writing QUIL programs.

    Attributes:
        edges: A list of all computational edges in the instruction set architecture.
        family: Family identifier.
            Value 'None' implies the architecture has no specific layout topology. Value 'Full' implies
            every node is connected to every other node (a fully-connected architecture). Value 'Aspen'
            implies the architecture adheres the to the Aspen topology conventions for node numbering
            and edge connectivity.
        nodes: A list of all computational nodes in the instruction set architecture.
    """

    edges: list[Edge]
    family: Family
    nodes: list[Node]

    FIELDS = (
        ("edges", "edges"),
        ("family", "family"),
        ("nodes", "nodes"),
    )
    REQUIRED = frozenset(
        {
            "edges",
            "family",
            "nodes",
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
        self.edges = decode_models(pop("edges"), _edge.Edge)
        self.family = _family.read(pop("family"))
        self.nodes = decode_models(pop("nodes"), _node.Node)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

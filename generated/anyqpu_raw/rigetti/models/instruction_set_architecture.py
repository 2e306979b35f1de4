from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    architecture as _architecture,
    operation as _operation,
)

if TYPE_CHECKING:
    from .architecture import Architecture
    from .operation import Operation

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class InstructionSetArchitecture(ApiModel):
    """The native instruction set architecture of a quantum processor,
    annotated with characteristics.
    The operations described by the `instructions` field are named by their QUIL instruction name,
    while the operation described by the `benchmarks` field are named by their benchmark routine
    and are a future extension point that will be populated in future iterations.
    The characteristics that annotate both instructions and benchmarks assist the user to generate
    the best native QUIL program for a desired task, and so are provided as part of the native ISA.

    Attributes:
        architecture: Represents the logical underlying architecture of a quantum processor.
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
        benchmarks: The list of benchmarks that have characterized the quantum processor.
        instructions: The list of native QUIL instructions supported by the quantum processor.
        name: The name of the quantum processor.
    """

    architecture: Architecture
    benchmarks: list[Operation]
    instructions: list[Operation]
    name: str

    FIELDS = (
        ("architecture", "architecture"),
        ("benchmarks", "benchmarks"),
        ("instructions", "instructions"),
        ("name", "name"),
    )
    REQUIRED = frozenset(
        {
            "architecture",
            "benchmarks",
            "instructions",
            "name",
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
        self.architecture = decode_model(pop("architecture"), _architecture.Architecture)
        self.benchmarks = decode_models(pop("benchmarks"), _operation.Operation)
        self.instructions = decode_models(pop("instructions"), _operation.Operation)
        self.name = pop("name")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

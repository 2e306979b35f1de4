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
from . import characteristic as _characteristic

if TYPE_CHECKING:
    from .characteristic import Characteristic

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class OperationSite(ApiModel):
    """A site for an operation, with its site-dependent characteristics.

    Attributes:
        characteristics: The list of site-dependent characteristics of this operation.
        node_ids: The list of architecture node ids for the site. The order of these node ids obey the definition of
            node symmetry from the enclosing operation.
    """

    characteristics: list[Characteristic]
    node_ids: list[int]

    FIELDS = (
        ("characteristics", "characteristics"),
        ("node_ids", "node_ids"),
    )
    REQUIRED = frozenset(
        {
            "characteristics",
            "node_ids",
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
        self.characteristics = decode_models(pop("characteristics"), _characteristic.Characteristic)
        self.node_ids = pop("node_ids")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

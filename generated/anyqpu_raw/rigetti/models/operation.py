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
    characteristic as _characteristic,
    operation_site as _operation_site,
    parameter as _parameter,
)

if TYPE_CHECKING:
    from .characteristic import Characteristic
    from .operation_site import OperationSite
    from .parameter import Parameter

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Operation(ApiModel):
    """An operation, with its sites and site-independent characteristics.

    Attributes:
        characteristics: The list of site-independent characteristics of this operation.
        name: The name of the operation.
        parameters: The list of parameters. Each parameter must be uniquely named. May be empty.
        sites: The list of sites at which this operation can be applied, together with its site-dependent
            characteristics.
        node_count: The number of nodes that this operation applies to. None if unspecified.
    """

    characteristics: list[Characteristic]
    name: str
    parameters: list[Parameter]
    sites: list[OperationSite]
    node_count: int | None | Unset = UNSET

    FIELDS = (
        ("characteristics", "characteristics"),
        ("name", "name"),
        ("parameters", "parameters"),
        ("sites", "sites"),
        ("node_count", "node_count"),
    )
    REQUIRED = frozenset(
        {
            "characteristics",
            "name",
            "parameters",
            "sites",
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
        self.name = pop("name")
        self.parameters = decode_models(pop("parameters"), _parameter.Parameter)
        self.sites = decode_models(pop("sites"), _operation_site.OperationSite)
        self.node_count = pop("node_count", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

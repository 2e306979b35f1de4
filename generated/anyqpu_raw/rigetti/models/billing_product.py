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
from . import billing_product_object as _billing_product_object

if TYPE_CHECKING:
    from .billing_product_object import BillingProductObject

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BillingProduct(ApiModel):
    """A QCS service product. This may represent one time (such as reservations) or metered services.

    Attributes:
        id: Unique identifier for the object.
        name: This name will show up on associated invoice line item descriptions.
        object_: String representing the object's type. Objects of the same type share the same value.
        unit_label: A label that represents units of this product. When set, this will be included in associated invoice
            line item descriptions.
    """

    id: str
    name: str
    object_: BillingProductObject
    description: str | Unset = UNSET
    unit_label: str | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("name", "name"),
        ("object_", "object"),
        ("description", "description"),
        ("unit_label", "unitLabel"),
    )
    REQUIRED = frozenset(
        {
            "id",
            "name",
            "object",
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
        self.id = pop("id")
        self.name = pop("name")
        self.object_ = _billing_product_object.read(pop("object"))
        self.description = UNSET if (value := pop("description", None)) is None else value
        self.unit_label = UNSET if (value := pop("unitLabel", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

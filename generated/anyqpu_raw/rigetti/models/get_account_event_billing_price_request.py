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
from . import product as _product

if TYPE_CHECKING:
    from .product import Product

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class GetAccountEventBillingPriceRequest(ApiModel):
    """GetAccountEventBillingPriceRequest

    Attributes:
        product: A kind of event that is billed.
    """

    product: Product
    quantum_processor_id: str | Unset = UNSET

    FIELDS = (
        ("product", "product"),
        ("quantum_processor_id", "quantumProcessorId"),
    )
    REQUIRED = frozenset(
        {
            "product",
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
        self.product = _product.read(pop("product"))
        self.quantum_processor_id = UNSET if (value := pop("quantumProcessorId", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

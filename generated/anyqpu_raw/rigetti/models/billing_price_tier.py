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
class BillingPriceTier(ApiModel):
    """BillingPriceTier

    Attributes:
        up_to: A value of `-1` will imply that this tier is up to Infinity.
    """

    up_to: int
    flat_amount: int | Unset = UNSET
    flat_amount_decimal: float | Unset = UNSET
    unit_amount: int | Unset = UNSET
    unit_amount_decimal: float | Unset = UNSET

    FIELDS = (
        ("up_to", "upTo"),
        ("flat_amount", "flatAmount"),
        ("flat_amount_decimal", "flatAmountDecimal"),
        ("unit_amount", "unitAmount"),
        ("unit_amount_decimal", "unitAmountDecimal"),
    )
    REQUIRED = frozenset(
        {
            "upTo",
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
        self.up_to = pop("upTo")
        self.flat_amount = UNSET if (value := pop("flatAmount", None)) is None else value
        self.flat_amount_decimal = UNSET if (value := pop("flatAmountDecimal", None)) is None else value
        self.unit_amount = UNSET if (value := pop("unitAmount", None)) is None else value
        self.unit_amount_decimal = UNSET if (value := pop("unitAmountDecimal", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

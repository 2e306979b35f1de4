from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    billing_price_object as _billing_price_object,
    billing_price_price_type as _billing_price_price_type,
    billing_price_recurrence as _billing_price_recurrence,
    billing_price_scheme as _billing_price_scheme,
    billing_price_tier as _billing_price_tier,
    billing_price_tiers_mode as _billing_price_tiers_mode,
    billing_product as _billing_product,
)

if TYPE_CHECKING:
    from .billing_price_object import BillingPriceObject
    from .billing_price_price_type import BillingPricePriceType
    from .billing_price_recurrence import BillingPriceRecurrence
    from .billing_price_scheme import BillingPriceScheme
    from .billing_price_tier import BillingPriceTier
    from .billing_price_tiers_mode import BillingPriceTiersMode
    from .billing_product import BillingProduct

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BillingPrice(ApiModel):
    """The price schedule for a particular service applied to an invoice line item.

    Attributes:
        id: Unique identifier for the object.
        billing_scheme: Describes how to compute the price per period. Either `per_unit` or `tiered`. `per_unit` indicates
            that the fixed amount (specified in `unitAmount` or `unitAmountDecimal`) will be charged per unit in
            `quantity` (for prices with `usageType=licensed`), or per unit of total usage (for prices with
            `usageType=metered`). `tiered` indicates that the unit pricing will be computed using a tiering
            strategy as defined using the `tiers` and `tiersMode` attributes.
        active: Whether the price can be used for new purchases.
        object_: String representing the object's type. Objects of the same type share the same value.
        price_type: One of `one_time` or `recurring` depending on whether the price is for a one-time purchase or a
            recurring (subscription) purchase.
        product: A QCS service product. This may represent one time (such as reservations) or metered services.
        recurring: The recurring components of a price such as `interval` and `usageType`.
        tiers: Each element represents a pricing tier. This parameter requires `billingScheme` to be set to
            `tiered`. See also the documentation for `billingScheme`.
        tiers_mode: Defines if the tiering price should be `graduated` or `volume` based. In `volume`-based tiering, the
            maximum quantity within a period determines the per unit price, in `graduated` tiering pricing can
            successively change as the quantity grows.
        unit_amount_decimal: The unit amount in `currency` to be charged. Only set if `billingScheme=per_unit`.
    """

    id: str
    billing_scheme: BillingPriceScheme | Unset = UNSET
    active: bool | Unset = UNSET
    object_: BillingPriceObject | Unset = UNSET
    price_type: BillingPricePriceType | Unset = UNSET
    product: BillingProduct | Unset = UNSET
    recurring: BillingPriceRecurrence | Unset = UNSET
    tiers: list[BillingPriceTier] | Unset = UNSET
    tiers_mode: BillingPriceTiersMode | Unset = UNSET
    unit_amount_decimal: float | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("billing_scheme", "billingScheme"),
        ("active", "active"),
        ("object_", "object"),
        ("price_type", "priceType"),
        ("product", "product"),
        ("recurring", "recurring"),
        ("tiers", "tiers"),
        ("tiers_mode", "tiersMode"),
        ("unit_amount_decimal", "unitAmountDecimal"),
    )
    REQUIRED = frozenset(
        {
            "id",
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
        self.billing_scheme = (
            UNSET if (value := pop("billingScheme", None)) is None else _billing_price_scheme.read(value)
        )
        self.active = UNSET if (value := pop("active", None)) is None else value
        self.object_ = UNSET if (value := pop("object", None)) is None else _billing_price_object.read(value)
        self.price_type = UNSET if (value := pop("priceType", None)) is None else _billing_price_price_type.read(value)
        self.product = (
            UNSET if (value := pop("product", None)) is None else decode_model(value, _billing_product.BillingProduct)
        )
        self.recurring = (
            UNSET
            if (value := pop("recurring", None)) is None
            else decode_model(value, _billing_price_recurrence.BillingPriceRecurrence)
        )
        self.tiers = (
            UNSET
            if (value := pop("tiers", None)) is None
            else decode_models(value, _billing_price_tier.BillingPriceTier)
        )
        self.tiers_mode = UNSET if (value := pop("tiersMode", None)) is None else _billing_price_tiers_mode.read(value)
        self.unit_amount_decimal = UNSET if (value := pop("unitAmountDecimal", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

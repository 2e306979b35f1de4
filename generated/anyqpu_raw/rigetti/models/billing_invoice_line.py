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
    unknown_fields,
)
from . import (
    billing_invoice_line_line_item_type as _billing_invoice_line_line_item_type,
    billing_price as _billing_price,
)

if TYPE_CHECKING:
    from .billing_invoice_line_line_item_type import BillingInvoiceLineLineItemType
    from .billing_price import BillingPrice

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BillingInvoiceLine(ApiModel):
    """A line item on an invoice representing a particular purchase (such as a reservation) or aggregate usage for
    the invoice period.

    Attributes:
        price: The price schedule for a particular service applied to an invoice line item.
    """

    amount: int
    description: str
    id: str
    line_item_type: BillingInvoiceLineLineItemType
    metadata: dict[str, str]
    quantity: int
    invoice_item: str | Unset = UNSET
    price: BillingPrice | Unset = UNSET
    subscription: str | Unset = UNSET
    subscription_item: str | Unset = UNSET

    FIELDS = (
        ("amount", "amount"),
        ("description", "description"),
        ("id", "id"),
        ("line_item_type", "lineItemType"),
        ("metadata", "metadata"),
        ("quantity", "quantity"),
        ("invoice_item", "invoiceItem"),
        ("price", "price"),
        ("subscription", "subscription"),
        ("subscription_item", "subscriptionItem"),
    )
    REQUIRED = frozenset(
        {
            "amount",
            "description",
            "id",
            "lineItemType",
            "metadata",
            "quantity",
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
        self.amount = pop("amount")
        self.description = pop("description")
        self.id = pop("id")
        self.line_item_type = _billing_invoice_line_line_item_type.read(pop("lineItemType"))
        self.metadata = pop("metadata")
        self.quantity = pop("quantity")
        self.invoice_item = UNSET if (value := pop("invoiceItem", None)) is None else value
        self.price = (
            UNSET if (value := pop("price", None)) is None else decode_model(value, _billing_price.BillingPrice)
        )
        self.subscription = UNSET if (value := pop("subscription", None)) is None else value
        self.subscription_item = UNSET if (value := pop("subscriptionItem", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_datetime,
    unknown_fields,
)
from . import billing_invoice_status as _billing_invoice_status

if TYPE_CHECKING:
    from .billing_invoice_status import BillingInvoiceStatus


@define(kw_only=True, repr=False)
class BillingUpcomingInvoice(ApiModel):
    """An unfinalized billing invoice."""

    period_end: datetime
    period_start: datetime
    starting_balance: int
    status: BillingInvoiceStatus
    subtotal: int
    tax: int
    total: int

    FIELDS = (
        ("period_end", "periodEnd"),
        ("period_start", "periodStart"),
        ("starting_balance", "startingBalance"),
        ("status", "status"),
        ("subtotal", "subtotal"),
        ("tax", "tax"),
        ("total", "total"),
    )
    REQUIRED = frozenset(
        {
            "periodEnd",
            "periodStart",
            "startingBalance",
            "status",
            "subtotal",
            "tax",
            "total",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            period_end=decode_datetime(rest.pop("periodEnd")),
            period_start=decode_datetime(rest.pop("periodStart")),
            starting_balance=rest.pop("startingBalance"),
            status=_billing_invoice_status.BillingInvoiceStatus.read(rest.pop("status")),
            subtotal=rest.pop("subtotal"),
            tax=rest.pop("tax"),
            total=rest.pop("total"),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

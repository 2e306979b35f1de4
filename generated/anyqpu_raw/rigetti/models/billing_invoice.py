from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)
from . import billing_invoice_status as _billing_invoice_status

if TYPE_CHECKING:
    from .billing_invoice_status import BillingInvoiceStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BillingInvoice(ApiModel):
    """A finalized billing invoice."""

    period_end: datetime
    period_start: datetime
    starting_balance: int
    status: BillingInvoiceStatus
    subtotal: int
    tax: int
    total: int
    id: str

    FIELDS = (
        ("period_end", "periodEnd"),
        ("period_start", "periodStart"),
        ("starting_balance", "startingBalance"),
        ("status", "status"),
        ("subtotal", "subtotal"),
        ("tax", "tax"),
        ("total", "total"),
        ("id", "id"),
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
        self.period_end = decode_datetime(pop("periodEnd"))
        self.period_start = decode_datetime(pop("periodStart"))
        self.starting_balance = pop("startingBalance")
        self.status = _billing_invoice_status.read(pop("status"))
        self.subtotal = pop("subtotal")
        self.tax = pop("tax")
        self.total = pop("total")
        self.id = pop("id")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

"""Invoices: three made-up past months, and the upcoming one with the charges of reservations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .catalogue import PROCESSORS, Processor
from .errors import QcsError
from .fields import stamp
from .store import Account, Store

_MONTHS = 3
_MINUTES = 30
# The Ankaa is new.
_RESERVED = [processor for processor in PROCESSORS.values() if processor.family == "Aspen"]


@dataclass(frozen=True, slots=True)
class Invoice:
    """One past month of an account."""

    id: str
    start: datetime
    end: datetime

    @property
    def total(self) -> int:
        """Half an hour on each of these processors, in cents."""
        return sum(processor.cents_per_minute * _MINUTES for processor in _RESERVED)

    def view(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"id": self.id, **_sums(self.start, self.end, "paid", self.total)}


def invoices(account: Account, began: datetime) -> list[Invoice]:
    """Those of the months before the emulator began, the latest first."""
    past: list[Invoice] = []
    end = month(began)
    for _ in range(_MONTHS):
        start = month(end - timedelta(days=1))
        past.append(Invoice(f"in_{account.type}_{start:%Y%m}", start, end))
        end = start
    return past


def invoice(account: Account, began: datetime, invoice_id: str) -> Invoice:
    """One of them, or a 404."""
    for record in invoices(account, began):
        if record.id == invoice_id:
            return record
    raise QcsError(404, f"there is no invoice {invoice_id!r}")


def lines(record: Invoice) -> list[dict[str, Any]]:
    """Return the lines of a past invoice."""
    rows: list[dict[str, Any]] = []
    for number, processor in enumerate(_RESERVED):
        amount = processor.cents_per_minute * _MINUTES
        line = _line(f"il_{record.id}_{number}", f"Reservation on {processor.id}", amount, _MINUTES, processor)
        rows.append(line)
    return rows


def upcoming(store: Store, account: Account) -> dict[str, Any]:
    """Return the upcoming invoice."""
    start = month(store.now())
    total = sum(charge.amount for charge in store.charges.values() if charge.account == account)
    return _sums(start, month(start + timedelta(days=32)), "draft", total, store.balance(account) - total)


def upcoming_lines(store: Store, account: Account) -> list[dict[str, Any]]:
    """Return the lines of the upcoming invoice."""
    return [
        _line(f"il_{charge.id}", charge.description, charge.amount, charge.minutes, charge.processor, item=charge.id)
        for charge in store.charges.values()
        if charge.account == account
    ]


def month(when: datetime) -> datetime:
    """The beginning of a month."""
    return when.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _sums(start: datetime, end: datetime, status: str, total: int, balance: int = 0) -> dict[str, Any]:
    return {
        "periodStart": stamp(start),
        "periodEnd": stamp(end),
        "startingBalance": balance,
        "status": status,
        "subtotal": total,
        "tax": 0,
        "total": total,
    }


def _line(
    line_id: str, description: str, amount: int, minutes: int, processor: Processor, *, item: str | None = None
) -> dict[str, Any]:
    name = processor.id.lower()
    product = {"id": f"prod_{name}", "name": f"{processor.id} reservation", "object": "product", "unitLabel": "minute"}
    price = {
        "id": f"price_{name}",
        "object": "price",
        "active": True,
        "billingScheme": "per_unit",
        "priceType": "one_time",
        "unitAmountDecimal": float(processor.cents_per_minute),
        "product": product,
    }
    line = {
        "id": line_id,
        "description": description,
        "amount": amount,
        "quantity": minutes,
        "lineItemType": "invoiceitem",
        "metadata": {"quantumProcessorId": processor.id},
        "price": price,
    }
    return line if item is None else line | {"invoiceItem": item}

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)
from . import account_type as _account_type

if TYPE_CHECKING:
    from .account_type import AccountType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Reservation(ApiModel):
    """Reservation

    Attributes:
        account_id: userId for `accountType` "user", group name for `accountType` "group".
        account_type: There are two types of accounts within QCS: user (representing a single
            user in Okta) and group
            (representing one or more users in Okta).
        user_id: Deprecated in favor of `accountId`.
        created_by_account_id: userId for `accountType` "user", group name for `accountType` "group".
        created_by_account_type: There are two types of accounts within QCS: user (representing a single
            user in Okta) and group
            (representing one or more users in Okta).
    """

    account_id: str
    account_type: AccountType
    created_time: datetime
    end_time: datetime
    id: int
    price: int
    quantum_processor_id: str
    start_time: datetime
    user_id: str
    cancellation_billing_invoice_item_id: str | Unset = UNSET
    cancelled: bool | Unset = UNSET
    creation_billing_invoice_item_id: str | Unset = UNSET
    notes: str | Unset = UNSET
    updated_time: datetime | Unset = UNSET
    created_by_account_id: str | Unset = UNSET
    created_by_account_type: AccountType | Unset = UNSET

    FIELDS = (
        ("account_id", "accountId"),
        ("account_type", "accountType"),
        ("created_time", "createdTime"),
        ("end_time", "endTime"),
        ("id", "id"),
        ("price", "price"),
        ("quantum_processor_id", "quantumProcessorId"),
        ("start_time", "startTime"),
        ("user_id", "userId"),
        ("cancellation_billing_invoice_item_id", "cancellationBillingInvoiceItemId"),
        ("cancelled", "cancelled"),
        ("creation_billing_invoice_item_id", "creationBillingInvoiceItemId"),
        ("notes", "notes"),
        ("updated_time", "updatedTime"),
        ("created_by_account_id", "createdByAccountId"),
        ("created_by_account_type", "createdByAccountType"),
    )
    REQUIRED = frozenset(
        {
            "accountId",
            "accountType",
            "createdTime",
            "endTime",
            "id",
            "price",
            "quantumProcessorId",
            "startTime",
            "userId",
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
        self.account_id = pop("accountId")
        self.account_type = _account_type.read(pop("accountType"))
        self.created_time = decode_datetime(pop("createdTime"))
        self.end_time = decode_datetime(pop("endTime"))
        self.id = pop("id")
        self.price = pop("price")
        self.quantum_processor_id = pop("quantumProcessorId")
        self.start_time = decode_datetime(pop("startTime"))
        self.user_id = pop("userId")
        self.cancellation_billing_invoice_item_id = (
            UNSET if (value := pop("cancellationBillingInvoiceItemId", None)) is None else value
        )
        self.cancelled = UNSET if (value := pop("cancelled", None)) is None else value
        self.creation_billing_invoice_item_id = (
            UNSET if (value := pop("creationBillingInvoiceItemId", None)) is None else value
        )
        self.notes = UNSET if (value := pop("notes", None)) is None else value
        self.updated_time = UNSET if (value := pop("updatedTime", None)) is None else decode_datetime(value)
        self.created_by_account_id = UNSET if (value := pop("createdByAccountId", None)) is None else value
        self.created_by_account_type = (
            UNSET if (value := pop("createdByAccountType", None)) is None else _account_type.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

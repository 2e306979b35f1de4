from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_datetime,
    unknown_fields,
)
from . import account_type as _account_type

if TYPE_CHECKING:
    from .account_type import AccountType


@define(kw_only=True, repr=False)
class CreateReservationRequest(ApiModel):
    """CreateReservationRequest

    Attributes:
        account_id: userId for `accountType` "user", group name for `accountType` "group".
        account_type: There are two types of accounts within QCS: user (representing a single
            user in Okta) and group
            (representing one or more users in Okta).
    """

    end_time: datetime
    quantum_processor_id: str
    start_time: datetime
    account_id: str | Unset = UNSET
    account_type: AccountType | Unset = UNSET
    notes: str | Unset = UNSET

    FIELDS = (
        ("end_time", "endTime"),
        ("quantum_processor_id", "quantumProcessorId"),
        ("start_time", "startTime"),
        ("account_id", "accountId"),
        ("account_type", "accountType"),
        ("notes", "notes"),
    )
    REQUIRED = frozenset(
        {
            "endTime",
            "quantumProcessorId",
            "startTime",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            end_time=decode_datetime(rest.pop("endTime")),
            quantum_processor_id=rest.pop("quantumProcessorId"),
            start_time=decode_datetime(rest.pop("startTime")),
            account_id=UNSET if (value := rest.pop("accountId", None)) is None else value,
            account_type=UNSET
            if (value := rest.pop("accountType", None)) is None
            else _account_type.AccountType.read(value),
            notes=UNSET if (value := rest.pop("notes", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.end_time = decode_datetime(pop("endTime"))
        self.quantum_processor_id = pop("quantumProcessorId")
        self.start_time = decode_datetime(pop("startTime"))
        self.account_id = UNSET if (value := pop("accountId", None)) is None else value
        self.account_type = UNSET if (value := pop("accountType", None)) is None else _account_type.read(value)
        self.notes = UNSET if (value := pop("notes", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

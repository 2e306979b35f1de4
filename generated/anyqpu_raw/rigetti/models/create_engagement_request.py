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
from . import account_type as _account_type

if TYPE_CHECKING:
    from .account_type import AccountType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateEngagementRequest(ApiModel):
    """CreateEngagementRequest

    Attributes:
        account_id: Either the client's user ID or the name of a group on behalf of which the client wishes to engage.
            This value will override any values set in the headers.
        account_type: There are two types of accounts within QCS: user (representing a single
            user in Okta) and group
            (representing one or more users in Okta).
        endpoint_id: Unique, opaque identifier for the endpoint
        quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
        tags: Tags recorded on QPU requests, which reporting services may later use for querying usage records.
    """

    account_id: str | Unset = UNSET
    account_type: AccountType | Unset = UNSET
    endpoint_id: str | Unset = UNSET
    quantum_processor_id: str | Unset = UNSET
    tags: list[str] | Unset = UNSET

    FIELDS = (
        ("account_id", "accountId"),
        ("account_type", "accountType"),
        ("endpoint_id", "endpointId"),
        ("quantum_processor_id", "quantumProcessorId"),
        ("tags", "tags"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.account_id = UNSET if (value := pop("accountId", None)) is None else value
        self.account_type = UNSET if (value := pop("accountType", None)) is None else _account_type.read(value)
        self.endpoint_id = UNSET if (value := pop("endpointId", None)) is None else value
        self.quantum_processor_id = UNSET if (value := pop("quantumProcessorId", None)) is None else value
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

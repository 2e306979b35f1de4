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
    account_type as _account_type,
    engagement_credentials as _engagement_credentials,
)

if TYPE_CHECKING:
    from .account_type import AccountType
    from .engagement_credentials import EngagementCredentials

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EngagementWithCredentials(ApiModel):
    """An engagement is the authorization of a user to execute work on a Quantum Processor Endpoint.

    Attributes:
        address: The network address of the endpoint to which this engagement grants access
        credentials: Credentials are the ZeroMQ CURVE Keys used to encrypt the connection
            with the Quantum Processor
            Endpoint.
        endpoint_id: The ID of the endpoint to which this engagement grants access
        expires_at: Time after which the engagement is no longer valid. Given in RFC3339 format.
        account_id: User ID or group name on behalf of which the engagement is made.
        account_type: There are two types of accounts within QCS: user (representing a single
            user in Okta) and group
            (representing one or more users in Okta).
        minimum_priority: The minimum priority value allowed for execution
        quantum_processor_ids: The quantum processors for which this engagement enables access and execution
        tags: Tags recorded on QPU requests and recorded on usage records.
    """

    address: str
    credentials: EngagementCredentials
    endpoint_id: str
    expires_at: str
    user_id: str
    account_id: str | Unset = UNSET
    account_type: AccountType | Unset = UNSET
    minimum_priority: int | Unset = UNSET
    quantum_processor_ids: list[str] | Unset = UNSET
    tags: list[str] | Unset = UNSET

    FIELDS = (
        ("address", "address"),
        ("credentials", "credentials"),
        ("endpoint_id", "endpointId"),
        ("expires_at", "expiresAt"),
        ("user_id", "userId"),
        ("account_id", "accountId"),
        ("account_type", "accountType"),
        ("minimum_priority", "minimumPriority"),
        ("quantum_processor_ids", "quantumProcessorIds"),
        ("tags", "tags"),
    )
    REQUIRED = frozenset(
        {
            "address",
            "credentials",
            "endpointId",
            "expiresAt",
            "userId",
        }
    )
    SECRETS = frozenset(
        {
            "credentials",
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
        self.address = pop("address")
        self.credentials = decode_model(pop("credentials"), _engagement_credentials.EngagementCredentials)
        self.endpoint_id = pop("endpointId")
        self.expires_at = pop("expiresAt")
        self.user_id = pop("userId")
        self.account_id = UNSET if (value := pop("accountId", None)) is None else value
        self.account_type = UNSET if (value := pop("accountType", None)) is None else _account_type.read(value)
        self.minimum_priority = UNSET if (value := pop("minimumPriority", None)) is None else value
        self.quantum_processor_ids = UNSET if (value := pop("quantumProcessorIds", None)) is None else value
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_model,
    unknown_fields,
)
from . import endpoint_addresses as _endpoint_addresses

if TYPE_CHECKING:
    from .endpoint_addresses import EndpointAddresses


@define(kw_only=True, repr=False)
class Endpoint(ApiModel):
    """An Endpoint is the entry point for remote access to a QuantumProcessor.

    Attributes:
        addresses: Addresses at which an endpoint is reachable over the network.
        healthy: Whether the endpoint is operating as intended
        id: Unique, opaque identifier for the endpoint
        mock: Whether the endpoint serves simulated or substituted data for testing purposes
        address: Network address at which the endpoint is locally reachable
        datacenter: Datacenter within which the endpoint is deployed
        quantum_processor_ids: Public identifiers for quantum processors served by this endpoint.
    """

    addresses: EndpointAddresses
    healthy: bool
    id: str
    mock: bool
    address: str | None | Unset = UNSET
    datacenter: str | Unset = UNSET
    quantum_processor_ids: list[str] | Unset = UNSET

    FIELDS = (
        ("addresses", "addresses"),
        ("healthy", "healthy"),
        ("id", "id"),
        ("mock", "mock"),
        ("address", "address"),
        ("datacenter", "datacenter"),
        ("quantum_processor_ids", "quantumProcessorIds"),
    )
    REQUIRED = frozenset(
        {
            "addresses",
            "healthy",
            "id",
            "mock",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            addresses=decode_model(rest.pop("addresses"), _endpoint_addresses.EndpointAddresses),
            healthy=rest.pop("healthy"),
            id=rest.pop("id"),
            mock=rest.pop("mock"),
            address=rest.pop("address", UNSET),
            datacenter=UNSET if (value := rest.pop("datacenter", None)) is None else value,
            quantum_processor_ids=UNSET if (value := rest.pop("quantumProcessorIds", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

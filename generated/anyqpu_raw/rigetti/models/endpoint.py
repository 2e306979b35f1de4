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
from . import endpoint_addresses as _endpoint_addresses

if TYPE_CHECKING:
    from .endpoint_addresses import EndpointAddresses

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.addresses = decode_model(pop("addresses"), _endpoint_addresses.EndpointAddresses)
        self.healthy = pop("healthy")
        self.id = pop("id")
        self.mock = pop("mock")
        self.address = pop("address", UNSET)
        self.datacenter = UNSET if (value := pop("datacenter", None)) is None else value
        self.quantum_processor_ids = UNSET if (value := pop("quantumProcessorIds", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

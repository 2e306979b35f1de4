"""Which protocol executes the programs of a processor, and at which addresses: read over HTTP, kept for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anyqpu._lazy import LazyModule
from anyqpu.core.memory import Memory
from anyqpu.errors import (
    APIError,
    ConfigError,
    Hint,
    NotFoundError,
    ServiceUnavailableError,
    UnexpectedResponseError,
)
from anyqpu.providers.rigetti.arguments import PROVIDER, endpoint_id

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core.context import Context
    from anyqpu.providers.rigetti import mapping
    from anyqpu.providers.rigetti.records import Accessor, Endpoint
    from anyqpu.transport import addresses, grpc
else:
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")
    addresses, grpc = LazyModule("anyqpu.transport.addresses"), LazyModule("anyqpu.transport.grpc")

ExecutionProtocol = Literal["grpc", "zeromq"]
PROTOCOLS: tuple[ExecutionProtocol, ...] = ("grpc", "zeromq")
GRPC_URL = "https://grpc.qcs.rigetti.com"
# The kind of accessor that takes jobs for a processor by its name.
GATEWAY = "gateway.v1"
# Seconds for which Rigetti's own client keeps accessors.
ACCESSOR_SECONDS = 60.0
# How a server of 2022 responds to a request for accessors.
UNKNOWN_OPERATION = frozenset({404, 405, 501})


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where the jobs of a processor go over gRPC.

    Attributes:
        url: Address of the controller service.
        endpoint: Endpoint that requests name as their target; None: the processor.
    """

    url: str
    endpoint: str | None = None


class Gateways:
    """The gateways of one client's processors."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._context = context
        self._raw = context.raw
        self._kept = Memory["Gateway | None"](context.clock, seconds=ACCESSOR_SECONDS)

    async def choose(
        self, device: str, endpoint: str | Endpoint | None, execution: ExecutionProtocol | None
    ) -> Gateway | None:
        """Return where programs for a processor go over gRPC; None where they go over ZeroMQ.

        Raises:
            ServiceUnavailableError: The processor takes programs in neither way now.
            ConfigError: Its address is neither encrypted nor on this machine.
        """
        if execution == "zeromq":
            return None
        return await (self.get if execution == "grpc" else self.find)(device, endpoint)

    async def find(self, device: str, endpoint: str | Endpoint | None) -> Gateway | None:
        """Return the gateway of a processor or an endpoint; None for one without a gateway."""
        named = None if endpoint is None else endpoint_id(endpoint)
        return await self._kept.look_up(repr((device, named)), lambda: self._read(device, named))

    async def get(self, device: str, endpoint: str | Endpoint | None) -> Gateway:
        """Return the gateway of a processor or an endpoint; raise what `choose` does for one without a gateway."""
        gateway = await self.find(device, endpoint)
        if gateway is None:
            self.forget(device, endpoint)
            place = f"processor {device}" if endpoint is None else f"endpoint {endpoint_id(endpoint)}"
            raise ServiceUnavailableError(
                f"{place} has no live accessor for gRPC now",
                provider=PROVIDER,
                hint="Try again later, or name an endpoint that has a gRPC address",
            )
        return gateway

    def forget(self, device: str, endpoint: str | Endpoint | None) -> None:
        """Read the gateway again the next time: its address did not respond."""
        named = None if endpoint is None else endpoint_id(endpoint)
        wrong = self._kept.get(repr((device, named)))
        self._kept.discard(lambda kept: kept is wrong)

    async def _read(self, device: str, endpoint: str | None) -> Gateway | None:
        if endpoint is not None:
            raw = await self._raw.get_endpoint(endpoint)
            url = mapping.endpoint_of(raw).grpc_address
            return (
                None if url is None else Gateway(self._checked(url, f"gRPC address of endpoint {endpoint}"), endpoint)
            )
        accessors = await self._accessors(device)
        live = [accessor for accessor in accessors if accessor.live is True and accessor.kind == GATEWAY]
        if live:
            return Gateway(self._checked(live[0].url, f"accessor of {device}"))
        try:
            default = mapping.endpoint_of(await self._raw.get_default_endpoint(device))
        except (NotFoundError, UnexpectedResponseError):
            # It is missing, or cannot be read; an engagement names its address, too.
            default = None
        if default is not None and default.grpc_address is not None:
            url = self._checked(default.grpc_address, f"gRPC address of endpoint {default.id}")
            return Gateway(url)
        if accessors and (default is None or default.address is None):
            raise ServiceUnavailableError(
                f"processor {device} takes no programs now: none of its accessors is live",
                provider=PROVIDER,
                hint="Try again later",
            )
        return None

    async def _accessors(self, device: str) -> list[Accessor]:
        """Return the accessors of a processor (GetQuantumProcessorAccessors); none of a server that has none."""
        try:
            return mapping.accessors_of(await self._raw.get_quantum_processor_accessors(device), device)
        except UnexpectedResponseError:
            return []
        except APIError as error:
            if error.status_code not in UNKNOWN_OPERATION:
                raise
            return []

    def translation_url(self, gateway_url: str) -> str:
        """Return the address of the translation service: the setting, Rigetti's own, or on this machine the gateway's.

        Raises:
            ConfigError: It is not known, or neither encrypted nor on this machine.
        """
        settings, address = self._context.settings, self._context.address
        chosen = settings.get_value("grpc_api_url")
        if chosen is not None:
            return self._checked(chosen, settings.origin("grpc_api_url") or "setting grpc_api_url")
        if address == self._context.spec.endpoints.base_url:
            return GRPC_URL
        # An emulator, which serves both in one place.
        if address is None or addresses.is_loopback(addresses.origin_of(address)[1]):
            return gateway_url
        raise ConfigError(
            f"the API is at {address}, but the address of its gRPC services is not known",
            provider=PROVIDER,
            hint=Hint(
                "Give grpc_api_url=, or set QCS_SETTINGS_APPLICATIONS_GRPC_URL",
                "Set QCS_SETTINGS_APPLICATIONS_GRPC_URL",
            ),
        )

    def _checked(self, url: str, source: str) -> str:
        return grpc.checked_address(url, source, PROVIDER)

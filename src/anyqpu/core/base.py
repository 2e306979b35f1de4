"""What the clients of all clouds have in common."""

from __future__ import annotations

from abc import ABC
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypeVar

from anyqpu.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from anyqpu.config.settings import Settings
    from anyqpu.model.calibration import Topology
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.device import Device
    from anyqpu.transport.client import Transport

R = TypeVar("R")


# What people call what a cloud does not have, where that is not the name itself.
WORDS = {
    "find_slots": "list of free times",
    "calibration": "calibrations",
    "job_listing": "list of jobs",
    "cancel": "way to cancel a job",
}


class BaseClient(ABC, Generic[R]):
    """A cloud, ready to be asked. Use it as `async with connect(...) as client`.

    Attributes:
        provider: The cloud's name.
        capabilities: What the cloud can do, as data. A method for what it cannot raises `UnsupportedOperationError`,
            which names the nearest thing that it can.
        raw: Every operation of the cloud's API document, by its operationId in snake_case, awaited and typed.
        settings: What the client was made with; `settings.origin("token")` says where a value came from.
    """

    provider: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    raw: R

    def __init__(self, transport: Transport, raw: R, settings: Settings) -> None:
        self._transport = transport
        self.raw = raw
        self.settings = settings

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Jobs keep running; closing again does nothing."""
        await self._transport.aclose()

    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        return self.settings.profile

    # What not every cloud has. Those that do say it anew, with types.

    def session(self, *arguments: Any, **options: Any) -> Any:
        """A session as a block."""
        self._unsupported("sessions")

    def sessions(self, *arguments: Any, **options: Any) -> Any:
        """All sessions."""
        self._unsupported("sessions")

    def reservations(self, *arguments: Any, **options: Any) -> Any:
        """All reservations."""
        self._unsupported("reservations")

    def find_slots(self, *arguments: Any, **options: Any) -> Any:
        """Times that can be reserved."""
        self._unsupported("find_slots")

    async def reserve(self, *arguments: Any, **options: Any) -> Any:
        """Set time on a device aside."""
        self._unsupported("reservations")

    async def cancel_reservation(self, *arguments: Any, **options: Any) -> Any:
        """Give reserved time back."""
        self._unsupported("reservations")

    async def calibration(self, *arguments: Any, **options: Any) -> Any:
        """How well a device works."""
        self._unsupported("calibration")

    async def topology(self, device: str | Device) -> Topology | None:
        """Which qubits a device has, or which traps for atoms, and which can be coupled; None: the cloud does not say.

        A device that has several layouts of traps is described by the first. Nothing is sent for a `Device` that says
        it itself.

        Raises:
            NotFoundError: There is no such device.
        """
        raise NotImplementedError

    def _unsupported(self, capability: str) -> NoReturn:
        raise UnsupportedOperationError(
            f"{self.provider.capitalize()} has no {WORDS.get(capability, capability)}",
            provider=self.provider,
            hint=self.capabilities.instead.get(capability),
        )

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds connections and credentials: pickle the handles of its jobs instead")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

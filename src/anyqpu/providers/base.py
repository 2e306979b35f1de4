"""What the clients of all clouds have in common."""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Generic, Self, TypeVar

from anyqpu.config.settings import Settings
from anyqpu.transport.client import Transport

R = TypeVar("R")


class BaseClient(Generic[R]):
    """A cloud, ready to be asked. Use it as `async with connect(...) as client`.

    Attributes:
        provider: The cloud's name.
        raw: Every operation of the cloud's API document, by its operationId in snake_case, awaited and typed.
        settings: What the client was made with; `settings.origin("token")` says where a value came from.
    """

    provider: ClassVar[str]
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
        """Close the connections. Jobs go on; closing again does nothing."""
        await self._transport.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

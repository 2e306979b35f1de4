"""The client of Scaleway Quantum as a Service."""

from __future__ import annotations

from typing import ClassVar

from anyqpu_raw.scaleway.client import RawClient

from anyqpu.config.settings import Settings
from anyqpu.providers.base import BaseClient
from anyqpu.transport.client import Transport


class ScalewayClient(BaseClient[RawClient]):
    """Scaleway Quantum as a Service; `raw` has every operation of specs/scaleway/final.json."""

    provider: ClassVar[str] = "scaleway"

    def __init__(self, transport: Transport, *, settings: Settings) -> None:
        super().__init__(transport, RawClient(transport.call), settings)

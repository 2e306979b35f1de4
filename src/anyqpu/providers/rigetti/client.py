"""The client of Rigetti Quantum Cloud Services."""

from __future__ import annotations

from typing import ClassVar

from anyqpu_raw.rigetti.client import RawClient

from anyqpu.config.settings import Settings
from anyqpu.providers.base import BaseClient
from anyqpu.transport.client import Transport


class RigettiClient(BaseClient[RawClient]):
    """Rigetti Quantum Cloud Services; `raw` has every operation of specs/rigetti/final.json."""

    provider: ClassVar[str] = "rigetti"

    def __init__(self, transport: Transport, *, settings: Settings) -> None:
        super().__init__(transport, RawClient(transport.call), settings)

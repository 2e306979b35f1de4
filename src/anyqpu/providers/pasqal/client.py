"""The client of Pasqal Cloud."""

from __future__ import annotations

from typing import ClassVar

from anyqpu_raw.pasqal.client import RawClient

from anyqpu.config.settings import Settings
from anyqpu.providers.base import BaseClient
from anyqpu.transport.client import Transport


class PasqalClient(BaseClient[RawClient]):
    """Pasqal Cloud; `raw` has every operation of specs/pasqal/final.json."""

    provider: ClassVar[str] = "pasqal"

    def __init__(self, transport: Transport, *, settings: Settings) -> None:
        super().__init__(transport, RawClient(transport.call), settings)

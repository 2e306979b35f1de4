"""The client of Rigetti Quantum Cloud Services."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, ClassVar, cast

from anyqpu_raw.rigetti.client import RawClient

from anyqpu.core.memory import Memory
from anyqpu.model.capabilities import Capabilities
from anyqpu.model.job import Job
from anyqpu.providers.rigetti import rpc
from anyqpu.providers.rigetti.accounts import RigettiAccounts
from anyqpu.providers.rigetti.capabilities import current
from anyqpu.providers.rigetti.execution import RigettiExecution
from anyqpu.providers.rigetti.reservations import RigettiReservations
from anyqpu.providers.rigetti.service import RigettiService
from anyqpu.transport.client import Transport
from anyqpu.transport.zeromq import Connections


class _ByExtra:
    """Whether there are jobs depends on what is installed."""

    def __get__(self, instance: object, owner: type) -> Capabilities:
        return current()


class RigettiClient(RigettiReservations, RigettiExecution, RigettiAccounts, RigettiService):
    """Rigetti Quantum Cloud Services: processors, endpoints and engagements, reservations, accounts.

    Each operation of specs/rigetti/final.json has a method, and is in `raw` as it is. Jobs take the extra `rigetti`.
    """

    provider: ClassVar[str] = "rigetti"
    _make_raw = RawClient
    capabilities: ClassVar[Capabilities] = cast("Capabilities", _ByExtra())

    def __init__(self, spec: Any, transport: Transport, settings: Any, **options: Any) -> None:
        super().__init__(spec, transport, settings, **options)
        self._wall = self._clock.wall
        self._me = Memory[str](self._clock)
        self._grants = {}
        self._engaging = {}
        self._connections = Connections[rpc.Answer](self.provider, rpc.read)
        self._jobs = OrderedDict[str, Job]()

    async def aclose(self) -> None:
        """Close the connections, those to execution endpoints too; jobs go on."""
        self._connections.close()
        self._grants.clear()
        await super().aclose()

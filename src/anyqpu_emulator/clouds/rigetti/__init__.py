"""Rigetti Quantum Cloud Services: all operations of the published document, and the issuer of its tokens."""

from __future__ import annotations

from typing import Any

from starlette.routing import BaseRoute, Mount, Router

from anyqpu_emulator.house import House

from .accounts import AccountRoutes
from .auth import Gatekeeper
from .engagements import EngagementRoutes
from .errors import Boundary
from .executions import Executions
from .general import GeneralRoutes
from .processors import ProcessorRoutes
from .reservations import ReservationRoutes
from .store import Store
from .tokens import Issuer
from .translation import TranslationRoutes


class RigettiCloud:
    """The cloud under `/rigetti`: the API below `/rigetti/v1`, the issuer below `/rigetti/oauth2/default`."""

    name = "rigetti"
    prefix = "/rigetti"

    def __init__(self, house: House) -> None:
        """Begin with default endpoints and no reservations."""
        self._gate = Gatekeeper(house)
        self._store = Store(house)
        self._executions = Executions(house)
        self._issuer = Issuer(house, self._gate)

    def routes(self) -> list[BaseRoute]:
        """One mount, in which errors have QCS's own form."""
        rooms = (
            GeneralRoutes(self._store, self._gate),
            TranslationRoutes(self._store, self._gate),
            ProcessorRoutes(self._store, self._gate),
            EngagementRoutes(self._store, self._gate, self._executions),
            ReservationRoutes(self._store, self._gate),
            AccountRoutes(self._store, self._gate),
        )
        api = [route for room in rooms for route in room.routes()]
        return [Mount("", app=Boundary(Router([*self._issuer.routes(), *api], redirect_slashes=False)))]

    def jobs(self) -> list[dict[str, Any]]:
        """All that was executed, in order of submission."""
        return self._executions.overview()

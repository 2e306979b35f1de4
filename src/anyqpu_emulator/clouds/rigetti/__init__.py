"""Rigetti Quantum Cloud Services: all operations of the published document, and the issuer of its tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Router
from starlette.types import Scope

from anyqpu_emulator.house import House

from .accounts import AccountRoutes
from .auth import Gatekeeper
from .catalogue import PROCESSORS
from .engagements import EngagementRoutes
from .errors import Boundary, QcsError, answer
from .executions import Executions
from .general import GeneralRoutes
from .processors import ProcessorRoutes
from .reservations import ReservationRoutes
from .store import Store
from .tokens import ISSUER_PATH, Issuer
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

    def access_token(self, url: str) -> str:
        """A token that is good for a day; `url` is this cloud's address."""
        return self._issuer.access_token(f"{url}{ISSUER_PATH}")

    def jobs(self) -> list[dict[str, Any]]:
        """All that was executed, in order of submission."""
        return self._executions.overview()

    def devices(self) -> list[dict[str, Any]]:
        """All processors."""
        return [{"id": processor, "status": "online"} for processor in PROCESSORS]

    def sessions(self) -> list[dict[str, Any]]:
        """All reservations."""
        return self._store.reservations_overview()

    def resources(self) -> list[dict[str, Any]]:
        """The endpoints that clients created; the default ones are part of the catalogue."""
        return self._store.endpoints_overview()

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """QCS's own form."""
        return answer(QcsError(status, message, headers=headers), scope)

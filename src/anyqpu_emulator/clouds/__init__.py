"""The clouds: packages with a class that satisfies `Cloud`. They do not depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.rules import Rules

from .kipu import KipuCloud
from .pasqal import PasqalCloud
from .rigetti import RigettiCloud
from .scaleway import ScalewayCloud


class Cloud(Protocol):
    """One emulated cloud."""

    @property
    def name(self) -> str:
        """The cloud's name in lower case."""
        ...

    @property
    def prefix(self) -> str:
        """The path below which its routes lie, with a leading slash."""
        ...

    @property
    def rules(self) -> Rules:
        """The rules of its devices that stand for hardware."""
        ...

    def routes(self) -> Sequence[BaseRoute]:
        """Everything it serves, relative to the prefix."""
        ...

    def jobs(self) -> list[dict[str, Any]]:
        """All its jobs for `/_control/state`: cloud, kind, id, backend, status, shots, created_at, tags, keys."""
        ...

    def program(self, job_id: str) -> Any:
        """Return what one of its jobs computes: a text, several texts, or JSON; None if there is nothing to show."""
        ...

    def devices(self) -> list[dict[str, Any]]:
        """Return all devices for `/_control/state`: id and status."""
        ...

    def sessions(self) -> list[dict[str, Any]]:
        """All its sessions, batches, bookings and reservations for `/_control/state`.

        Each has kind, id, backend, status, created_at, tags and keys.
        """
        ...

    def resources(self) -> list[dict[str, Any]]:
        """Return other resources that clients created, for `/_control/state`: kind, id, tags, keys."""
        ...

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """Return the response to a request that fails with this status, in the cloud's own form."""
        ...


CLOUDS: tuple[Callable[[AppContext], Cloud], ...] = (ScalewayCloud, KipuCloud, PasqalCloud, RigettiCloud)

"""The clouds. Each is a package of its own with a class that satisfies `Cloud`; none knows another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from anyqpu_emulator.house import House

from .kipu import KipuCloud
from .pasqal import PasqalCloud
from .rigetti import RigettiCloud
from .scaleway import ScalewayCloud


class Cloud(Protocol):
    """One emulated cloud."""

    @property
    def name(self) -> str:
        """The cloud's word in lower case."""
        ...

    @property
    def prefix(self) -> str:
        """The path below which its routes lie, with a leading slash."""
        ...

    def routes(self) -> Sequence[BaseRoute]:
        """Everything it serves, relative to the prefix."""
        ...

    def jobs(self) -> list[dict[str, Any]]:
        """All its jobs for `/_control/state`: cloud, kind, id, backend, status, shots, created_at, tags, keys."""
        ...

    def devices(self) -> list[dict[str, Any]]:
        """All it has for `/_control/state`: id and status."""
        ...

    def sessions(self) -> list[dict[str, Any]]:
        """All its sessions, batches, bookings and reservations for `/_control/state`.

        Each has kind, id, backend, status, created_at, tags and keys.
        """
        ...

    def resources(self) -> list[dict[str, Any]]:
        """What else clients have created and not deleted, for `/_control/state`: kind, id, tags, keys."""
        ...

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """The answer to a request that fails with this status, as the cloud words it."""
        ...


CLOUDS: tuple[Callable[[House], Cloud], ...] = (ScalewayCloud, KipuCloud, PasqalCloud, RigettiCloud)

"""The clouds. Each is a package of its own with a class that satisfies `Cloud`; none knows another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from starlette.routing import BaseRoute

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
        """All its jobs for `/_control/state`: cloud, id, backend, status, shots, created_at."""
        ...


CLOUDS: tuple[Callable[[House], Cloud], ...] = (ScalewayCloud, KipuCloud, PasqalCloud, RigettiCloud)

"""Rigetti Quantum Cloud Services."""

from typing import TYPE_CHECKING

from anyqpu._lazy import lazy_names

if TYPE_CHECKING:
    from anyqpu.providers.rigetti.client import RigettiClient
    from anyqpu.providers.rigetti.filters import F
    from anyqpu.providers.rigetti.login import log_in
else:
    __getattr__ = lazy_names(__name__, {"F": "filters", "RigettiClient": "client", "log_in": "login"})

__all__ = ["F", "RigettiClient", "log_in"]

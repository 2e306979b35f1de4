"""Kipu Quantum Hub."""

from typing import TYPE_CHECKING

from anyqpu._lazy import lazy_names

if TYPE_CHECKING:
    from anyqpu.providers.kipu.client import KipuClient
else:
    __getattr__ = lazy_names(__name__, {"KipuClient": "client"})

__all__ = ["KipuClient"]

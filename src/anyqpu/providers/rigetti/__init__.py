"""Rigetti Quantum Cloud Services."""

from anyqpu.providers.rigetti.client import RigettiClient
from anyqpu.providers.rigetti.filters import F
from anyqpu.providers.rigetti.login import log_in

__all__ = ["F", "RigettiClient", "log_in"]

"""Rigetti Quantum Cloud Services."""

from anyqpu.providers.rigetti.client import RigettiClient
from anyqpu.providers.rigetti.login import log_in

__all__ = ["RigettiClient", "log_in"]

"""Rigetti Quantum Cloud Services."""

from anyqpu.providers.rigetti.client import RigettiClient

__all__ = ["RigettiClient"]

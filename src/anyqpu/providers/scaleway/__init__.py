"""Scaleway Quantum as a Service."""

from anyqpu.providers.scaleway.client import ScalewayClient

__all__ = ["ScalewayClient"]

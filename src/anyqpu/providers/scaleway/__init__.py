"""Scaleway Quantum as a Service."""

from anyqpu.providers.scaleway.applications import Application
from anyqpu.providers.scaleway.client import ScalewayClient
from anyqpu.providers.scaleway.demands import BookingDemand
from anyqpu.providers.scaleway.models import ComputationModel

__all__ = ["Application", "BookingDemand", "ComputationModel", "ScalewayClient"]

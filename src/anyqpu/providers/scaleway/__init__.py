"""Scaleway Quantum as a Service."""

from typing import TYPE_CHECKING

from anyqpu._lazy import lazy_names

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.applications import Application
    from anyqpu.providers.scaleway.client import ScalewayClient
    from anyqpu.providers.scaleway.demands import BookingDemand
    from anyqpu.providers.scaleway.models import ComputationModel
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "Application": "applications",
            "BookingDemand": "demands",
            "ComputationModel": "models",
            "ScalewayClient": "client",
        },
    )

__all__ = ["Application", "BookingDemand", "ComputationModel", "ScalewayClient"]

"""Scaleway Quantum as a Service."""

from typing import TYPE_CHECKING

from anyqpu._lazy import lazy_names

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.client import ScalewayClient
    from anyqpu.providers.scaleway.requirements import BookingDemand
    from anyqpu.providers.scaleway.resources.applications import Application
    from anyqpu.providers.scaleway.resources.models import ComputationModel
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "Application": "resources.applications",
            "BookingDemand": "requirements",
            "ComputationModel": "resources.models",
            "ScalewayClient": "client",
        },
    )

__all__ = ["Application", "BookingDemand", "ComputationModel", "ScalewayClient"]

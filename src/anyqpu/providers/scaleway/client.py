"""The client of Scaleway Quantum as a Service."""

from __future__ import annotations

from typing import ClassVar

from anyqpu.model.capabilities import Capabilities
from anyqpu.providers.scaleway.bookings import ScalewayBookings
from anyqpu.providers.scaleway.jobs import ScalewayJobs


class ScalewayClient(ScalewayJobs, ScalewayBookings):
    """Scaleway Quantum as a Service: platforms on which a session is opened, and jobs in sessions.

    Its operations are those of specs/scaleway/final.json; `raw` has each of them.
    """

    provider: ClassVar[str] = "scaleway"
    capabilities: ClassVar[Capabilities] = Capabilities(
        delete=True,
        tags=True,
        sessions=True,
        reservations=True,
        workloads=True,
        prices=True,
        instead={
            "drain": "a session(on_exit='drain') waits for its jobs before it ends; others can still submit to it",
            "find_slots": "device.booking_rules says what a booking must keep to; reserve says if the time is taken",
            "calibration": "device.raw.metadata has what a platform says of itself",
        },
    )

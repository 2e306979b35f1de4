"""The client of Pasqal Cloud."""

from __future__ import annotations

from typing import Any, ClassVar

from anyqpu_raw.pasqal.client import RawClient

from anyqpu.core.memory import Memory
from anyqpu.model.capabilities import Capabilities
from anyqpu.providers.pasqal.workloads import PasqalWorkloads
from anyqpu.transport.client import Transport

# The tags of a batch can be changed by others; all else that is remembered of it stays.
BATCH_SECONDS = 3600.0


class PasqalClient(PasqalWorkloads):
    """Pasqal Cloud: sequences of pulses on neutral atoms, as jobs in batches.

    Its operations are those of specs/pasqal/final.json; `raw` has each of them. `RAW_ONLY` says which ones have no
    method here, and why. A method that uses an operation whose path is merely inferred says so; no other does.
    """

    provider: ClassVar[str] = "pasqal"
    _make_raw = RawClient
    capabilities: ClassVar[Capabilities] = Capabilities(
        tags=True,
        sessions=True,
        drain=True,
        workloads=True,
        instead={
            "reservations": "Batches wait in the device's queue; device.queue_depth says how long it is",
            "find_slots": "device.queue_depth and device.average_wait say how long jobs wait",
            "calibration": "device_specs(device) has the device's parameters",
            "delete": "cancel_job ends a job; Pasqal keeps what it was",
            "prices": "Prices are in your contract with Pasqal; no operation has them",
        },
    )

    def __init__(self, spec: Any, transport: Transport, settings: Any, **options: Any) -> None:
        super().__init__(spec, transport, settings, **options)
        self._batches = Memory(self._clock, seconds=BATCH_SECONDS)

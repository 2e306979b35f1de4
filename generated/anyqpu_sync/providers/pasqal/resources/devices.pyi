"""Types of the blocking classes of `anyqpu.providers.pasqal.resources.devices`. Written by scripts/sync."""

from typing import Any

from anyqpu_sync.paging.pager import Pager

from anyqpu.model.device import Device
from anyqpu.providers.pasqal.resources.devices import QueuedBatch, QueueSize

class Specifications:
    """Channels, layouts and limits of devices, as Pulser describes them."""
    def get(self, device: str | Device) -> dict[str, Any]:
        """Return the channels, layouts and limits of a device, as Pulser describes them (get_device_specs).

        Raises:
            NotFoundError: There is no such device.
        """
        ...
    def text(self, id: str) -> str | None:
        """Return the specification of a device as JSON text (get_device_specs), or None."""
        ...
    def all(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of all devices by type; unreadable ones are left out (list_device_specs)."""
        ...
    def public(self) -> dict[str, dict[str, Any]]:
        """Return the specifications of the public devices by type; no credentials needed (list_public_device_specs)."""
        ...

class Queues:
    """Queues of devices."""
    def batches(
        self, device: str | Device, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[QueuedBatch]:
        """List the batches that wait for a device or run on it (get_device_queue)."""
        ...
    def waiting_jobs(self, device: str | Device) -> int | None:
        """Return how many jobs wait for a device (get_device_queue); None where the provider does not show it."""
        ...
    def sizes(self, device: str | Device) -> list[QueueSize]:
        """Return the lengths of a device's queues, in batches, jobs, shots (get_device_queue_size; path inferred)."""
        ...

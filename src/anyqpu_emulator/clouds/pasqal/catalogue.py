"""The devices and the project of `catalogue.toml`."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from anyqpu_emulator.data import read_toml
from anyqpu_emulator.pulser_devices import analog, virtual
from anyqpu_emulator.rules import Rules

_CATALOGUE = read_toml("clouds/pasqal/catalogue.toml")
PROJECT_ID: str = _CATALOGUE["project"]["id"]
PROJECT_NAME: str = _CATALOGUE["project"]["name"]
PACKAGES: dict[str, str] = _CATALOGUE["packages"]
"""Labels of the packages by their names."""
_NAMESPACE = uuid.UUID("0c2f7a64-9c43-4f0b-8f38-30a0f6f1b2de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device type. `max_runs` limits the runs of a job; None means no limit."""

    device_type: str
    description: str
    is_emulator: bool
    max_atoms: int
    max_runs: int | None = None
    average_queue_time: int = 0
    public: bool = True

    @property
    def id(self) -> str:
        """The device's UUID, derived from its type."""
        return str(uuid.uuid5(_NAMESPACE, self.device_type))

    @property
    def specs(self) -> str:
        """The device as Pulser writes it, a JSON text."""
        if self.device_type == "EMU_FREE":
            device = virtual(self.device_type, self.max_atoms)
        else:
            device = analog(self.device_type, self.max_atoms, self.max_runs)
        return json.dumps(device, separators=(",", ":"))


DEVICES: dict[str, Device] = {
    name: Device(device_type=name, **values) for name, values in _CATALOGUE["devices"].items()
}
RULES = Rules(_CATALOGUE["rules"])

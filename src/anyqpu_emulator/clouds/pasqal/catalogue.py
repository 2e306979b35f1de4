"""The devices and the project. People write these names into their code, so they never change."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from anyqpu_emulator.pulser_devices import analog, virtual

PROJECT_ID = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
PROJECT_NAME = "Emulated project"
_SPACE = uuid.UUID("0c2f7a64-9c43-4f0b-8f38-30a0f6f1b2de")


@dataclass(frozen=True, slots=True)
class Device:
    """One device type. `max_runs` is a limit per job; None is none."""

    device_type: str
    description: str
    is_emulator: bool
    max_atoms: int
    max_runs: int | None
    average_queue_time: int
    public: bool

    @property
    def id(self) -> str:
        """A UUID that stays the same."""
        return str(uuid.uuid5(_SPACE, self.device_type))

    @property
    def specs(self) -> str:
        """The device as Pulser writes it, a JSON text."""
        free = self.device_type == "EMU_FREE"
        made = virtual("EMU_FREE", 10) if free else analog(self.device_type, self.max_atoms, self.max_runs)
        return json.dumps(made, separators=(",", ":"))


DEVICES: dict[str, Device] = {
    device.device_type: device
    for device in (
        Device("EMU_FREE", "State vector, free of charge.", True, 10, None, 0, True),
        Device("EMU_MPS", "Tensor network; here a state vector too.", True, 80, None, 0, True),
        Device("EMU_FRESNEL", "State vector within the limits of FRESNEL.", True, 80, 500, 0, True),
        Device("FRESNEL", "Analog QPU; here a state vector without noise.", False, 80, 500, 60, True),
    )
}

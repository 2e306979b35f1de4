"""The devices and the project. People write these names into their code, so they never change."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

PROJECT_ID = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
PROJECT_NAME = "Emulated project"
PULSER_VERSION = "1.9.1"
_SPACE = uuid.UUID("0c2f7a64-9c43-4f0b-8f38-30a0f6f1b2de")
_TWO_PI = 6.283185307179586


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
        return json.dumps(_free() if self.device_type == "EMU_FREE" else _analog(self), separators=(",", ":"))


DEVICES: dict[str, Device] = {
    device.device_type: device
    for device in (
        Device("EMU_FREE", "State vector, free of charge.", True, 10, None, 0, True),
        Device("EMU_MPS", "Tensor network; here a state vector too.", True, 80, None, 0, True),
        Device("EMU_FRESNEL", "State vector within the limits of FRESNEL.", True, 80, 500, 0, True),
        Device("FRESNEL", "Analog QPU; here a state vector without noise.", False, 80, 500, 60, True),
    )
}


def _channel(limits: dict[str, Any], **details: Any) -> dict[str, Any]:
    return {
        "id": "rydberg_global",
        "basis": "ground-rydberg",
        "addressing": "Global",
        "max_abs_detuning": None,
        "max_amp": None,
        "min_retarget_interval": None,
        "fixed_retarget_t": None,
        "max_targets": None,
        "clock_period": 1,
        "min_duration": 1,
        "max_duration": None,
        "mod_bandwidth": None,
        "eom_config": None,
        **limits,
        **details,
    }


def _free() -> dict[str, Any]:
    local = {"id": "rydberg_local", "addressing": "Local", "min_retarget_interval": 0, "fixed_retarget_t": 0}
    return {
        "name": "EMU_FREE",
        "dimensions": 2,
        "rydberg_level": 70,
        "min_atom_distance": 0.0,
        "max_atom_num": 10,
        "max_radial_distance": None,
        "supports_slm_mask": False,
        "max_layout_filling": 0.5,
        "reusable_channels": True,
        "version": "1",
        "pulser_version": PULSER_VERSION,
        "channels": [_channel({}), _channel(local)],
        "interaction_coeff_xy": None,
        "is_virtual": True,
    }


def _analog(device: Device) -> dict[str, Any]:
    limits = {
        "max_abs_detuning": 10 * _TWO_PI,
        "max_amp": 2 * _TWO_PI,
        "clock_period": 4,
        "min_duration": 16,
        "max_duration": 6000,
    }
    # A device that is not virtual must offer layouts of traps.
    return {
        "name": device.device_type,
        "dimensions": 2,
        "rydberg_level": 60,
        "min_atom_distance": 5.0,
        "max_atom_num": device.max_atoms,
        "max_radial_distance": 38,
        "supports_slm_mask": False,
        "max_layout_filling": 0.5,
        "max_sequence_duration": 6000,
        "max_runs": device.max_runs or 2000,
        "requires_layout": False,
        "reusable_channels": False,
        "pre_calibrated_layouts": [_triangular()],
        "version": "1",
        "pulser_version": PULSER_VERSION,
        "channels": [_channel(limits)],
        "interaction_coeff_xy": None,
        "is_virtual": False,
    }


def _triangular() -> dict[str, Any]:
    """Sixty-one traps, five micrometres apart, in a hexagon."""
    height = 4.330127
    traps: list[list[float]] = []
    for row in range(-4, 5):
        length = 9 - abs(row)
        traps += [[round((place - (length - 1) / 2) * 5.0, 6), round(row * height, 6)] for place in range(length)]
    return {"coordinates": sorted(traps), "slug": "TriangularLatticeLayout(61, 5.0µm)"}

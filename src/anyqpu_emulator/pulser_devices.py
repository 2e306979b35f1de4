"""Devices of neutral atoms as Pulser writes them, in what it calls its abstract representation."""

from __future__ import annotations

from typing import Any

PULSER_VERSION = "1.9.1"
_TWO_PI = 6.283185307179586


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


def virtual(name: str, max_atoms: int) -> dict[str, Any]:
    """A device almost without limits."""
    local = {"id": "rydberg_local", "addressing": "Local", "min_retarget_interval": 0, "fixed_retarget_t": 0}
    return {
        "name": name,
        "dimensions": 2,
        "rydberg_level": 70,
        "min_atom_distance": 0.0,
        "max_atom_num": max_atoms,
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


def analog(name: str, max_atoms: int, max_runs: int | None) -> dict[str, Any]:
    """A device with one global channel, and the limits of a real one."""
    limits = {
        "max_abs_detuning": 10 * _TWO_PI,
        "max_amp": 2 * _TWO_PI,
        "clock_period": 4,
        "min_duration": 16,
        "max_duration": 6000,
    }
    # A device that is not virtual must offer layouts of traps.
    return {
        "name": name,
        "dimensions": 2,
        "rydberg_level": 60,
        "min_atom_distance": 5.0,
        "max_atom_num": max_atoms,
        "max_radial_distance": 38,
        "supports_slm_mask": False,
        "max_layout_filling": 0.5,
        "max_sequence_duration": 6000,
        "max_runs": max_runs or 2000,
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

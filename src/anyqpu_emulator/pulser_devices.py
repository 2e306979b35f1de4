"""Neutral-atom devices in Pulser's abstract representation."""

from __future__ import annotations

from typing import Any

from .data import read_json

_DEVICES: dict[str, dict[str, Any]] = read_json("pulser_devices.json")


def virtual(name: str, max_atoms: int) -> dict[str, Any]:
    """Return a device almost without limits."""
    return {**_DEVICES["virtual"], "name": name, "max_atom_num": max_atoms}


def analog(name: str, max_atoms: int, max_runs: int | None) -> dict[str, Any]:
    """Return a device with one global channel and the limits of real hardware.

    Its trap layout is a triangular lattice of 61 traps: Pulser requires a layout of devices that are not virtual.
    """
    device = _DEVICES["analog"]
    return {**device, "name": name, "max_atom_num": max_atoms, "max_runs": max_runs or device["max_runs"]}

"""What platforms that stand for hardware demand of programs, and the noise that they add."""

from __future__ import annotations

import json
from typing import Any

from anyqpu_emulator.engines.noise import Conditions, NoiseModel
from anyqpu_emulator.engines.photonic_jobs import Limits

from .catalogue import NOISE, OTHERS, RULES, Platform


def gate_conditions(platform: Platform, *, strict: bool, noisy: bool) -> Conditions:
    """Return the conditions of circuits on a platform."""
    native = None
    if strict and "native_gates" in RULES.of(platform.name):
        native = RULES.native(platform.name, platform.instructions, OTHERS, range(platform.qubits), platform.pairs)
    return Conditions(native, _noise(platform) if noisy else None)


def photonic_limits(platform: Platform) -> Limits | None:
    """Return the limits of a photonic platform that stands for hardware, as its metadata has them."""
    if "photons" not in RULES.of(platform.name):
        return None
    metadata: dict[str, Any] = json.loads(platform.metadata)
    limits = metadata["constraints"]
    return Limits(
        device=platform.name,
        modes=(limits["min_mode_count"], limits["max_mode_count"]),
        photons=(limits["min_photon_count"], limits["max_photon_count"]),
        commands=tuple(metadata["available_commands"]),
    )


def pulser_device(platform: Platform) -> dict[str, Any] | None:
    """Return the device that sequences for a platform must be made for; None if any will do."""
    if "device" not in RULES.of(platform.name):
        return None
    device: dict[str, Any] = json.loads(json.loads(platform.metadata)["specs"])
    return device


def _noise(platform: Platform) -> NoiseModel | None:
    if platform.name not in NOISE:
        return None
    values, qubits = NOISE[platform.name], range(platform.qubits)
    t1: float = values["t1"]
    t2: float = values["t2"]
    return NoiseModel(
        readout=dict.fromkeys(qubits, (values["readout"], values["readout"])),
        errors={
            **{("", (qubit,)): values["single"] for qubit in qubits},
            **{("", (min(pair), max(pair))): values["double"] for pair in platform.pairs},
        },
        free=frozenset(values["free"]),
        t1=dict.fromkeys(qubits, t1),
        t2=dict.fromkeys(qubits, t2),
        seconds=values["seconds"],
    )

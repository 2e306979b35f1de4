"""Platforms and applications. People write their names, and sometimes their ids, into code; both are stable."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from anyqpu_emulator.pulser_devices import analog

from .fields import spell_duration

Engine: TypeAlias = Literal["qiskit", "photonic", "pulser"]
_NAMES = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def _stable_id(name: str) -> str:
    return str(uuid.uuid5(_NAMES, f"https://api.scaleway.com/qaas/{name}"))


def _euros(cents: int) -> dict[str, Any]:
    return {"currency_code": "EUR", "units": cents // 100, "nanos": cents % 100 * 10_000_000}


@dataclass(frozen=True, slots=True)
class Bookable:
    """What can be booked, in seconds and in number."""

    min_duration: float = 300
    max_duration: float = 6 * 3600
    max_ahead: float = 30 * 86400
    per_day: int = 3
    per_week: int = 10

    def view(self) -> dict[str, Any]:
        """`booking_requirement` of the published schema."""
        return {
            "min_duration": spell_duration(self.min_duration),
            "max_duration": spell_duration(self.max_duration),
            "max_cancellation_duration": "0s",
            "max_planification_duration": spell_duration(self.max_ahead),
            "min_planification_duration": "0s",
            "max_booking_per_week": self.per_week,
            "max_booking_per_day": self.per_day,
        }


_NOT_BOOKABLE = {
    **dict.fromkeys(("min_duration", "max_duration", "max_cancellation_duration"), "0s"),
    **dict.fromkeys(("max_planification_duration", "min_planification_duration"), "0s"),
    "max_booking_per_week": 0,
    "max_booking_per_day": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform."""

    name: str
    provider_name: str
    backend_name: str
    type: str
    technology: str
    engine: Engine
    qubits: int
    max_shots: int
    max_circuits: int
    cents_per_hour: int = 0
    hardware: str
    vcpus: int = 0
    gpus: int = 0
    metadata: str
    description: str
    bookable: Bookable | None = None

    @property
    def id(self) -> str:
        """The platform's UUID, of its name."""
        return _stable_id(self.name)

    def view(self) -> dict[str, Any]:
        """`Platform` of the published schema. Prices and the like are never null: clients stumble over that."""
        return {
            "id": self.id,
            "version": "1.0.0",
            "name": self.name,
            "provider_name": self.provider_name,
            "backend_name": self.backend_name,
            "type": self.type,
            "technology": self.technology,
            "max_qubit_count": self.qubits,
            "max_shot_count": self.max_shots,
            "max_circuit_count": self.max_circuits,
            "availability": "available",
            "metadata": self.metadata,
            "price_per_hour": _euros(self.cents_per_hour),
            "price_per_shot": _euros(0),
            "price_per_circuit": _euros(0),
            "hardware": {
                "name": self.hardware,
                "vcpus": self.vcpus,
                "gpus": self.gpus,
                "gpus_network": "",
                "ram": self.vcpus * 8 * 1024**3,
                "vram": self.gpus * 24 * 1024**3,
            },
            "booking_requirement": self.bookable.view() if self.bookable else _NOT_BOOKABLE,
            "description": self.description,
            "documentation_url": "https://www.scaleway.com/en/docs/quantum-as-a-service/",
            "is_bookable": self.bookable is not None,
        }


def _photonic_metadata(modes: int, photons: int) -> str:
    constraints = {"max_mode_count": modes, "max_photon_count": photons, "min_mode_count": 1, "min_photon_count": 1}
    # No `commands` in it: Perceval then sends the payload that platforms of this age understand.
    metadata = {
        "available_commands": ["probs", "sample_count", "samples"],
        "constraints": constraints,
        "min_client_version": "0.10.0",
        "parameters": {},
    }
    return json.dumps(metadata)


def _qiskit_metadata(*instructions: str) -> str:
    """The target that Scaleway's provider for Qiskit makes; Qiskit knows the names and their parameters."""
    names = [*instructions, "measure", "reset", "delay"]
    return json.dumps({"qiskit": {"target": {"instructions": [{"name": name, "params": None} for name in names]}}})


_SIMULATED = ("h", "x", "y", "z", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "cx", "cz", "swap", "ccx", "id")

_COMPUTED = "Emulated: circuits that act on up to 20 qubits are computed, wider ones where Aer is installed."
_PHOTONS = "Emulated: circuits of up to 10 photons are computed, and more where Perceval is installed."

_ALL = (
    Platform(
        name="EMU-AER-16C-128M",
        provider_name="scaleway",
        backend_name="aer",
        type="simulator",
        technology="general_purpose",
        engine="qiskit",
        qubits=33,
        max_shots=1_000_000,
        max_circuits=1000,
        hardware="POP2-16C-128G",
        vcpus=16,
        metadata=_qiskit_metadata(*_SIMULATED),
        description=f"Qiskit Aer. {_COMPUTED}",
    ),
    Platform(
        name="EMU-QSIM-16C-128M",
        provider_name="scaleway",
        backend_name="qsim",
        type="simulator",
        technology="general_purpose",
        engine="qiskit",
        qubits=33,
        max_shots=1_000_000,
        max_circuits=1000,
        hardware="POP2-16C-128G",
        vcpus=16,
        metadata=_qiskit_metadata(*_SIMULATED),
        description=f"Google qsim. {_COMPUTED}",
    ),
    Platform(
        name="QPU-GARNET-20PQ",
        provider_name="iqm",
        backend_name="garnet",
        type="qpu",
        technology="superconducting",
        engine="qiskit",
        qubits=20,
        max_shots=20_000,
        max_circuits=100,
        cents_per_hour=450_000,
        hardware="IQM Garnet",
        metadata=_qiskit_metadata("r", "cz", "id"),
        description=f"20-qubit processor; any pair of qubits may be coupled here. {_COMPUTED}",
    ),
    Platform(
        name="QPU-BELENOS-12PQ",
        provider_name="quandela",
        backend_name="belenos",
        type="qpu",
        technology="photonic",
        engine="photonic",
        qubits=12,
        max_shots=1_000_000,
        max_circuits=1,
        cents_per_hour=250_000,
        hardware="Quandela Belenos",
        metadata=_photonic_metadata(24, 12),
        description=f"12-qubit photonic processor. {_PHOTONS}",
    ),
    Platform(
        name="EMU-SAMPLING-L4",
        provider_name="quandela",
        backend_name="sampling",
        type="simulator",
        technology="photonic",
        engine="photonic",
        qubits=12,
        max_shots=1_000_000,
        max_circuits=1,
        cents_per_hour=100,
        hardware="L4-1-24G",
        vcpus=8,
        gpus=1,
        metadata=_photonic_metadata(24, 12),
        description=f"Photonic simulator. {_PHOTONS}",
    ),
    Platform(
        name="QPU-FRESNEL-100PQ",
        provider_name="pasqal",
        backend_name="fresnel",
        type="qpu",
        technology="neutral_atom",
        engine="pulser",
        qubits=100,
        max_shots=2_000,
        max_circuits=1,
        cents_per_hour=300_000,
        hardware="Pasqal Fresnel",
        metadata=json.dumps({"specs": json.dumps(analog("QPU-FRESNEL-100PQ", 100, 2_000))}),
        description="100-atom processor. Emulated: up to 10 atoms, or 14 where Pulser is installed.",
        bookable=Bookable(),
    ),
)
PLATFORMS: dict[str, Platform] = {platform.id: platform for platform in _ALL}

VQE_INPUT: dict[str, Any] = {
    "hamiltonian": [["II", -1.0523], ["ZI", 0.3979], ["IZ", -0.3979], ["ZZ", -0.0113], ["XX", 0.1809]],
    "layers": 1,
    "max_sweeps": 20,
}


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `input_template`, sent back as it is, is a valid input of a process."""

    name: str
    type: str
    input_template: str
    platform_ids: tuple[str, ...]

    @property
    def id(self) -> str:
        """The application's UUID, of its name."""
        return _stable_id(f"applications/{self.name}")

    def view(self) -> dict[str, Any]:
        """`Application` of the published schema."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "compatible_platform_ids": list(self.platform_ids),
            "input_template": self.input_template,
        }


_VQE = Application("vqe", "vqe", json.dumps(VQE_INPUT), tuple(p.id for p in _ALL if p.engine == "qiskit"))
APPLICATIONS: dict[str, Application] = {_VQE.id: _VQE}

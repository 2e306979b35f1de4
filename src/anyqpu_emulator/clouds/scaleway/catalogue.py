"""The platforms and applications of `catalogue.toml`. Their ids follow from their names."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from anyqpu_emulator.data import read_toml
from anyqpu_emulator.pulser_devices import analog
from anyqpu_emulator.rules import Rules

from .fields import spell_duration

Engine: TypeAlias = Literal["qiskit", "photonic", "pulser"]
_NAMES = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def _stable_id(name: str) -> str:
    return str(uuid.uuid5(_NAMES, f"https://api.scaleway.com/qaas/{name}"))


def _euros(cents: int) -> dict[str, Any]:
    return {"currency_code": "EUR", "units": cents // 100, "nanos": cents % 100 * 10_000_000}


@dataclass(frozen=True, slots=True)
class Bookable:
    """Limits of bookings: durations in seconds, and numbers."""

    min_duration: float
    max_duration: float
    max_ahead: float
    per_day: int
    per_week: int

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
    instructions: tuple[str, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def id(self) -> str:
        """The platform's UUID, derived from its name."""
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


OTHERS = ("measure", "reset", "delay")
"""Instructions of all gate-model platforms besides their gates."""


def _qiskit_metadata(instructions: list[str], pairs: list[tuple[int, int]]) -> str:
    """The target that Scaleway's provider for Qiskit makes; Qiskit knows the names and their parameters."""
    target: dict[str, Any] = {
        "instructions": [{"name": name, "params": None} for name in (*instructions, *OTHERS)],
    }
    if pairs:
        target["coupling_map"] = [pair for a, b in pairs for pair in ([a, b], [b, a])]
    return json.dumps({"qiskit": {"target": target}})


def _platform(name: str, values: dict[str, Any]) -> Platform:
    bookable = Bookable(**values.pop("bookable")) if "bookable" in values else None
    match values["engine"]:
        case "qiskit":
            instructions, pairs = values.pop("instructions"), values.pop("pairs", [])
            metadata = _qiskit_metadata(instructions, pairs)
            values["instructions"], values["pairs"] = tuple(instructions), tuple((a, b) for a, b in pairs)
        case "photonic":
            metadata = _photonic_metadata(values.pop("modes"), values.pop("photons"))
        case _:
            metadata = json.dumps({"specs": json.dumps(analog(name, values["qubits"], values["max_shots"]))})
    return Platform(name=name, metadata=metadata, bookable=bookable, **values)


_CATALOGUE = read_toml("clouds/scaleway/catalogue.toml")
_PLATFORMS = [_platform(name, values) for name, values in _CATALOGUE["platforms"].items()]
NOISE: dict[str, dict[str, Any]] = _CATALOGUE["noise"]
"""The noise of platforms."""
RULES = Rules(_CATALOGUE["rules"], NOISE)
PLATFORMS: dict[str, Platform] = {platform.id: platform for platform in _PLATFORMS}


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `input_template`, sent back as it is, is a valid input of a process."""

    name: str
    type: str
    input_template: str
    platform_ids: tuple[str, ...]

    @property
    def id(self) -> str:
        """The application's UUID, derived from its name."""
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


def _application(name: str, values: dict[str, Any]) -> Application:
    platforms = tuple(platform.id for platform in _PLATFORMS if platform.engine == values["engine"])
    return Application(name, values["type"], json.dumps(values["input"]), platforms)


_APPLICATIONS = [_application(name, values) for name, values in _CATALOGUE["applications"].items()]
APPLICATIONS: dict[str, Application] = {application.id: application for application in _APPLICATIONS}

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    money as _money,
    platform_availability as _platform_availability,
    platform_booking_requirement_type_0 as _platform_booking_requirement_type_0,
    platform_hardware_type_0 as _platform_hardware_type_0,
    platform_technology as _platform_technology,
    platform_type as _platform_type,
)

if TYPE_CHECKING:
    from .money import Money
    from .platform_availability import PlatformAvailability
    from .platform_booking_requirement_type_0 import PlatformBookingRequirementType0
    from .platform_hardware_type_0 import PlatformHardwareType0
    from .platform_technology import PlatformTechnology
    from .platform_type import PlatformType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Platform(ApiModel):
    """Platform

    Attributes:
        id: Unique ID of the platform.
        version: Version of the platform.
        name: Name of the platform.
        provider_name: Name of the technological provider of the platform in lowercase (quandela, pasqal...).
        backend_name: Name of the running emulation backend or QPU model of the platform in lowercase (mosaiq, qsim,
            aer...).
        type_: Type of the platform (emulator or qpu).
        technology: Quantum technology used by the platform (trapped-ion, photonic, superconducting qubits...).
        max_qubit_count: Maximum number of qubits supported by the platform (estimated for emulator).
        max_shot_count: Maximum number of shots during a circuit execution.
        max_circuit_count: Maximum number of circuit that can be executed in one call.
        availability: Availability of the platform.
        metadata: Metadata provided by the platform.
        price_per_hour: Price to be paid per hour (excluding free tiers).
        price_per_shot: Price to be paid per shot (excluding free tiers).
        price_per_circuit: Price to be paid per circuit setup before its execution (excluding free tiers).
        hardware: Specifications of the underlying hardware.
        booking_requirement: Booking constraints to fit if the platform is bookable.
        description: English description of the platform.
        documentation_url: Documentation link to external documentation to learn more on this platform.
        is_bookable: Specify if the platform is bookable.
    """

    id: str
    version: str | Unset = UNSET
    name: str | Unset = UNSET
    provider_name: str | Unset = UNSET
    backend_name: str | Unset = UNSET
    type_: PlatformType | Unset = UNSET
    technology: PlatformTechnology | Unset = UNSET
    max_qubit_count: int | Unset = UNSET
    max_shot_count: int | Unset = UNSET
    max_circuit_count: int | Unset = UNSET
    availability: PlatformAvailability | Unset = UNSET
    metadata: str | Unset = UNSET
    price_per_hour: Money | None | Unset = UNSET
    price_per_shot: Money | None | Unset = UNSET
    price_per_circuit: Money | None | Unset = UNSET
    hardware: PlatformHardwareType0 | None | Unset = UNSET
    booking_requirement: PlatformBookingRequirementType0 | None | Unset = UNSET
    description: str | Unset = UNSET
    documentation_url: str | Unset = UNSET
    is_bookable: bool | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("version", "version"),
        ("name", "name"),
        ("provider_name", "provider_name"),
        ("backend_name", "backend_name"),
        ("type_", "type"),
        ("technology", "technology"),
        ("max_qubit_count", "max_qubit_count"),
        ("max_shot_count", "max_shot_count"),
        ("max_circuit_count", "max_circuit_count"),
        ("availability", "availability"),
        ("metadata", "metadata"),
        ("price_per_hour", "price_per_hour"),
        ("price_per_shot", "price_per_shot"),
        ("price_per_circuit", "price_per_circuit"),
        ("hardware", "hardware"),
        ("booking_requirement", "booking_requirement"),
        ("description", "description"),
        ("documentation_url", "documentation_url"),
        ("is_bookable", "is_bookable"),
    )
    REQUIRED = frozenset(
        {
            "id",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self.version = UNSET if (value := pop("version", None)) is None else value
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.provider_name = UNSET if (value := pop("provider_name", None)) is None else value
        self.backend_name = UNSET if (value := pop("backend_name", None)) is None else value
        self.type_ = UNSET if (value := pop("type", None)) is None else _platform_type.read(value)
        self.technology = UNSET if (value := pop("technology", None)) is None else _platform_technology.read(value)
        self.max_qubit_count = UNSET if (value := pop("max_qubit_count", None)) is None else value
        self.max_shot_count = UNSET if (value := pop("max_shot_count", None)) is None else value
        self.max_circuit_count = UNSET if (value := pop("max_circuit_count", None)) is None else value
        self.availability = (
            UNSET if (value := pop("availability", None)) is None else _platform_availability.read(value)
        )
        self.metadata = UNSET if (value := pop("metadata", None)) is None else value
        self.price_per_hour = (
            value
            if (value := pop("price_per_hour", UNSET)) is UNSET or value is None
            else (decode_model(value, _money.Money))
        )
        self.price_per_shot = (
            value
            if (value := pop("price_per_shot", UNSET)) is UNSET or value is None
            else (decode_model(value, _money.Money))
        )
        self.price_per_circuit = (
            value
            if (value := pop("price_per_circuit", UNSET)) is UNSET or value is None
            else (decode_model(value, _money.Money))
        )
        self.hardware = (
            value
            if (value := pop("hardware", UNSET)) is UNSET or value is None
            else (decode_model(value, _platform_hardware_type_0.PlatformHardwareType0))
        )
        self.booking_requirement = (
            value
            if (value := pop("booking_requirement", UNSET)) is UNSET or value is None
            else (decode_model(value, _platform_booking_requirement_type_0.PlatformBookingRequirementType0))
        )
        self.description = UNSET if (value := pop("description", None)) is None else value
        self.documentation_url = UNSET if (value := pop("documentation_url", None)) is None else value
        self.is_bookable = UNSET if (value := pop("is_bookable", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

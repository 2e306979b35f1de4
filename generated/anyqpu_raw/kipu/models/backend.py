from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_date,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    availability_times as _availability_times,
    backend_access_type as _backend_access_type,
    backend_hardware_provider as _backend_hardware_provider,
    backend_technology as _backend_technology,
    backend_type as _backend_type,
    configuration as _configuration,
    documentation as _documentation,
    provider as _provider,
)

if TYPE_CHECKING:
    from .availability_times import AvailabilityTimes
    from .backend_access_type import BackendAccessType
    from .backend_hardware_provider import BackendHardwareProvider
    from .backend_technology import BackendTechnology
    from .backend_type import BackendType
    from .configuration import Configuration
    from .documentation import Documentation
    from .provider import Provider

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Backend(ApiModel):
    """A quantum backend available for job execution, including its hardware characteristics, access model, and
    costs.

    Attributes:
        id: Unique backend identifier
        internal_id: Provider-internal identifier for the backend (for debugging and cross-referencing with upstream
            APIs).
        provider: Cloud through which a backend is reached.
        hardware_provider: Hardware manufacturer of the backend. May differ from the cloud Provider that exposes the backend
            (e.g. IonQ hardware accessed via AWS Braket).
        name: Machine-friendly short name of the backend.
        display_name: Human-readable display name shown in UIs.
        type_: Category of a backend. QPU is a physical quantum processing unit; SIMULATOR emulates quantum
            execution on classical hardware; ANNEALER is a quantum annealer.
        technology: Underlying quantum technology of a backend.
        queue_size: Current number of jobs queued on the backend.
        updated_at: Date of the last backend configuration update.
        access_type: Access/billing model of a backend. `pay-per-use` backends charge per job/shot; `token-based`
            backends require a pre-allocated provider-side token quota.
        documentation: Documentation, geographic location, and SDK metadata associated with a backend.
        configuration: Static hardware configuration of a quantum backend: gates, qubit count, connectivity, shot range,
            supported I/O formats.
        availability: Scheduled availability windows of the backend (for provider-restricted time slots).
        has_calibration: Whether calibration data is available for this backend (see GET /backends/{id}/calibration).
    """

    id: str
    internal_id: str | Unset = UNSET
    provider: Provider | Unset = UNSET
    hardware_provider: BackendHardwareProvider | Unset = UNSET
    name: str | Unset = UNSET
    display_name: str | Unset = UNSET
    type_: BackendType | Unset = UNSET
    technology: BackendTechnology | Unset = UNSET
    queue_size: int | None | Unset = UNSET
    updated_at: date | Unset = UNSET
    access_type: BackendAccessType | Unset = UNSET
    documentation: Documentation | Unset = UNSET
    configuration: Configuration | Unset = UNSET
    availability: list[AvailabilityTimes] | None | Unset = UNSET
    has_calibration: bool | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("internal_id", "internal_id"),
        ("provider", "provider"),
        ("hardware_provider", "hardware_provider"),
        ("name", "name"),
        ("display_name", "display_name"),
        ("type_", "type"),
        ("technology", "technology"),
        ("queue_size", "queue_size"),
        ("updated_at", "updated_at"),
        ("access_type", "access_type"),
        ("documentation", "documentation"),
        ("configuration", "configuration"),
        ("availability", "availability"),
        ("has_calibration", "has_calibration"),
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
        self.internal_id = UNSET if (value := pop("internal_id", None)) is None else value
        self.provider = UNSET if (value := pop("provider", None)) is None else _provider.read(value)
        self.hardware_provider = (
            UNSET if (value := pop("hardware_provider", None)) is None else _backend_hardware_provider.read(value)
        )
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.display_name = UNSET if (value := pop("display_name", None)) is None else value
        self.type_ = UNSET if (value := pop("type", None)) is None else _backend_type.read(value)
        self.technology = UNSET if (value := pop("technology", None)) is None else _backend_technology.read(value)
        self.queue_size = pop("queue_size", UNSET)
        self.updated_at = UNSET if (value := pop("updated_at", None)) is None else decode_date(value)
        self.access_type = UNSET if (value := pop("access_type", None)) is None else _backend_access_type.read(value)
        self.documentation = (
            UNSET
            if (value := pop("documentation", None)) is None
            else decode_model(value, _documentation.Documentation)
        )
        self.configuration = (
            UNSET
            if (value := pop("configuration", None)) is None
            else decode_model(value, _configuration.Configuration)
        )
        self.availability = (
            value
            if (value := pop("availability", UNSET)) is UNSET or value is None
            else (decode_models(value, _availability_times.AvailabilityTimes))
        )
        self.has_calibration = UNSET if (value := pop("has_calibration", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

"""Where jobs run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from anyqpu.model.money import Pricing
from anyqpu.model.pictured import HtmlRepr
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailabilityWindow, BookingRules
from anyqpu.model.serialize import Serializable
from anyqpu.model.status import DeviceKind, DeviceStatus, Technology

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(HtmlRepr, Serializable):
    """A quantum computer or simulator. None means that the cloud does not say.

    Attributes:
        id: What `submit(device=...)` takes.
        vendor: Who makes the hardware.
        cloud: Through which cloud it is reached, where one cloud resells another.
        status: Whether it can be used; `raw_status` is the cloud's own word.
        accepting_jobs: Whether it takes jobs now.
        processing_jobs: Whether it runs jobs now.
        num_qubits: Qubits, atoms or modes.
        shots_min: Fewest shots of a job.
        shots_max: Most shots of a job.
        native_id: The cloud's other identifier, where it has two.
        max_circuits: Most circuits of a job.
        queue_depth: Jobs waiting.
        average_wait: Time that jobs waited of late.
        input_formats: Program formats that it takes, in the cloud's own words.
        formats: The same in ours, the best first: what `submit` sends as it is.
        supports_sessions: Whether several jobs can share time on it.
        is_bookable: Whether time on it can be reserved.
        booking_rules: What a reservation must keep to.
        availability: When it is up, where the cloud announces it.
        pricing: What it costs.
        raw: The cloud's own description, as a generated model.
    """

    id: str
    provider: str
    name: str
    vendor: str | None = None
    cloud: str | None = None
    kind: DeviceKind = DeviceKind.UNKNOWN
    technology: Technology = Technology.UNKNOWN
    status: DeviceStatus = DeviceStatus.UNKNOWN
    raw_status: str | None = None
    accepting_jobs: bool | None = None
    processing_jobs: bool | None = None
    num_qubits: int | None = None
    shots_min: int | None = None
    shots_max: int | None = None
    native_id: str | None = None
    max_circuits: int | None = None
    queue_depth: int | None = None
    average_wait: timedelta | None = None
    input_formats: tuple[str, ...] = ()
    formats: tuple[ProgramFormat, ...] = ()
    has_calibration: bool | None = None
    description: str | None = None
    location: str | None = None
    documentation_url: str | None = None
    supports_sessions: bool | None = None
    is_bookable: bool | None = None
    booking_rules: BookingRules | None = None
    availability: tuple[AvailabilityWindow, ...] = ()
    pricing: Pricing | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _json_derived: ClassVar[tuple[str, ...]] = ("target",)

    @property
    def target(self) -> str:
        """`PROVIDER:DEVICE`, as the command line's `--device` takes it; by name where the identifier is a UUID."""
        return f"{self.provider}:{self.name if _UUID.fullmatch(self.id) else self.id}"

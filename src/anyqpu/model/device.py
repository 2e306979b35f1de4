"""Devices."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from anyqpu.model.calibration import Topology
from anyqpu.model.money import Pricing
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailabilityWindow, BookingRules
from anyqpu.model.serialize import Serializable
from anyqpu.model.status import DeviceKind, DeviceStatus, Technology

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Device(ShortRepr, HtmlRepr, Serializable):
    """A quantum computer or simulator. None means that the provider gives no value.

    Attributes:
        id: The identifier, for `submit(device=...)`.
        vendor: The maker of the hardware.
        cloud: The cloud that operates it, where the provider resells another.
        status: The common status; `raw_status` is the provider's value.
        accepting_jobs: Whether it accepts jobs now.
        processing_jobs: Whether it runs jobs now.
        num_qubits: The number of qubits, atoms or modes.
        shots_min: The smallest number of shots of a job.
        shots_max: The largest number of shots of a job.
        native_id: The provider's second identifier, where it has two.
        native_gates: The gates that it runs, by the provider's names.
        couplings: The pairs of qubits that a gate can act on, the smaller number first; None also where all can.
        max_circuits: The largest number of circuits of a job.
        queue_depth: The number of waiting jobs.
        average_wait: The recent average waiting time.
        input_formats: Accepted program formats, as the provider's values.
        formats: Accepted formats that anyqpu knows, the best first; `submit` sends these unchanged.
        supports_sessions: Whether several jobs can share time on it.
        is_bookable: Whether time on it can be reserved.
        booking_rules: The rules for reservations.
        availability: When it is in operation, where the provider announces it.
        pricing: Its prices.
        raw: The provider's description, as a generated model.
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
    native_gates: tuple[str, ...] | None = None
    couplings: tuple[tuple[int, int], ...] | None = None
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
    _repr_names: ClassVar[tuple[str, ...]] = (
        "id",
        "status",
        "num_qubits",
        "queue_depth",
        "provider",
        "name",
        "kind",
        "technology",
        "accepting_jobs",
    )
    _json_derived: ClassVar[tuple[str, ...]] = ("target",)

    @property
    def target(self) -> str:
        """`PROVIDER:DEVICE`, as the command line's `--device` takes it; by name where the identifier is a UUID."""
        return f"{self.provider}:{self.name if _UUID.fullmatch(self.id) else self.id}"

    @property
    def topology(self) -> Topology | None:
        """The qubits with their couplings; None where `couplings` is None. `client.topology` may know more."""
        if self.couplings is None:
            return None
        coupled = {qubit for pair in self.couplings for qubit in pair}
        count = self.num_qubits or 0
        # Some providers leave out numbers; then only the coupled qubits are certain.
        nodes = range(count) if max(coupled, default=-1) < count else sorted(coupled)
        return Topology(nodes=tuple(nodes), edges=self.couplings)

"""From Rigetti's models to the common ones, and to those of `records`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from anyqpu_raw._core import Unset
from anyqpu_raw.rigetti.models import (
    AvailableReservation,
    BillingInvoice,
    BillingInvoiceLine,
    BillingUpcomingInvoice,
    EngagementWithCredentials,
    InstructionSetArchitecture,
)
from anyqpu_raw.rigetti.models import ClientApplication as RawApplication
from anyqpu_raw.rigetti.models import Endpoint as RawEndpoint
from anyqpu_raw.rigetti.models import Group as RawGroup
from anyqpu_raw.rigetti.models import Operation as RawOperation
from anyqpu_raw.rigetti.models import Reservation as RawReservation
from anyqpu_raw.rigetti.models import User as RawUser

from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus, status_by_clock
from anyqpu.model.status import DeviceKind, DeviceStatus, Technology
from anyqpu.providers.rigetti import states
from anyqpu.providers.rigetti.records import (
    AccessGrant,
    ClientApplication,
    Endpoint,
    Group,
    Invoice,
    InvoiceLine,
    User,
)
from anyqpu.providers.values import given, text
from anyqpu.transport.secret import Secret
from anyqpu.transport.zeromq import CurveKeys

PROVIDER = "rigetti"
FORMAT = "quil"


# Times, durations, money: what goes out and what comes in


def moment(value: datetime, name: str) -> datetime:
    """A time to send; raises `ValidationError` for one that does not say where on earth it is meant."""
    if not isinstance(value, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValidationError(f"{name} is a datetime, not {value!r}", provider=PROVIDER, fields=(name,))
    if value.utcoffset() is None:
        raise ValidationError(
            f"{name} has no time zone: {value.isoformat()}",
            provider=PROVIDER,
            fields=(name,),
            hint="Such as datetime(2026, 1, 31, 12, tzinfo=UTC), or value.astimezone() for local time",
        )
    return value.astimezone(UTC)


def go_duration(value: timedelta | float, name: str) -> str:
    """A duration as the cloud takes it, such as `900s`; numbers are seconds. Raises `ValidationError`."""
    seconds: Any = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < float("inf"):
        raise ValidationError(
            f"{name} is more than 0 s, as a timedelta or a number of seconds, not {value!r}",
            provider=PROVIDER,
            fields=(name,),
        )
    return f"{seconds:.9f}".rstrip("0").rstrip(".") + "s"


def needed(value: str, name: str, example: str) -> str:
    """A text that is not empty; raises `ValidationError` if it is none."""
    if not isinstance(value, str) or not value.strip():  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValidationError(f"{name} is a text such as {example!r}, not {value!r}", provider=PROVIDER, fields=(name,))
    return value


def when(value: str | datetime | Unset | None) -> datetime | None:
    """A time that the document calls a text; None where there is none, or none that can be read."""
    said = None if isinstance(value, Unset) else value
    if said is None:
        return None
    try:
        known = datetime.fromisoformat(said) if isinstance(said, str) else said
    except ValueError:
        return None
    return (known if known.tzinfo else known.replace(tzinfo=UTC)).astimezone(UTC)


def cents(value: int) -> Money:
    """An amount; Rigetti counts in cents of US dollars."""
    return Money(Decimal(value).scaleb(-2), "USD")


# Processors


def device_of(
    id: str, *, raw: Any, endpoint: Endpoint | None = None, isa: InstructionSetArchitecture | None = None
) -> Device:
    """The common device, with as much as there is to go by."""
    healthy = endpoint.healthy if endpoint is not None else None
    return Device(
        id=id,
        provider=PROVIDER,
        name=id,
        vendor=PROVIDER,
        cloud=PROVIDER,
        kind=DeviceKind.SIMULATOR if endpoint is not None and endpoint.mock else DeviceKind.QPU,
        technology=Technology.SUPERCONDUCTING,
        status=DeviceStatus.UNKNOWN if healthy is None else states.DEVICE[healthy],
        raw_status=None if healthy is None else f"healthy={str(healthy).lower()}",
        accepting_jobs=healthy,
        processing_jobs=healthy,
        num_qubits=len(isa.architecture.nodes) if isa is not None else None,
        input_formats=(FORMAT,),
        formats=(ProgramFormat.QUIL,),
        has_calibration=True,
        supports_sessions=False,
        is_bookable=True,
        location=endpoint.datacenter if endpoint is not None else None,
        raw=raw,
    )


def calibration_of(raw: InstructionSetArchitecture, device_id: str) -> Calibration:
    """The figures of an instruction set architecture, one by one, and the couplings; the newest figure dates it."""
    sites = tuple(site for each in (*raw.instructions, *raw.benchmarks) for site in _figures(each))
    times = [site.measured_at for site in sites if site.measured_at is not None]
    edges = sorted({(min(edge.node_ids), max(edge.node_ids)) for edge in raw.architecture.edges if edge.node_ids})
    return Calibration(
        provider=PROVIDER,
        device_id=device_id,
        effective_at=max(times, default=None),
        source="device",
        data=raw.to_dict(),
        sites=sites,
        topology=Topology(
            nodes=tuple(sorted(node.node_id for node in raw.architecture.nodes)),
            edges=tuple(edges),
            family=text(raw.architecture.family),
        ),
        raw=raw,
    )


def _figures(operation: RawOperation) -> Iterator[SiteCharacteristic]:
    here = [((), each) for each in operation.characteristics]
    there = [(tuple(site.node_ids), each) for site in operation.sites for each in site.characteristics]
    for nodes, each in (*here, *there):
        yield SiteCharacteristic(
            operation=operation.name,
            nodes=tuple(given(each.node_ids) or nodes),
            name=each.name,
            value=each.value,
            error=given(each.error),
            parameters=tuple(given(each.parameter_values) or ()),
            measured_at=when(each.timestamp),
        )


def endpoint_of(raw: RawEndpoint) -> Endpoint:
    """The endpoint. Its `address` is deprecated, and null or missing on today's service."""
    return Endpoint(
        provider=PROVIDER,
        id=raw.id,
        healthy=raw.healthy,
        mock=raw.mock,
        device_ids=tuple(given(raw.quantum_processor_ids) or ()),
        address=given(raw.addresses.rpcq) or given(raw.address) or None,
        grpc_address=given(raw.addresses.grpc) or None,
        datacenter=given(raw.datacenter) or None,
        raw=raw,
    )


def grant_of(raw: EngagementWithCredentials, device_id: str | None) -> AccessGrant:
    """The grant. The cloud's answer is not kept: its keys are in `credentials`, and nowhere else."""
    devices = tuple(given(raw.quantum_processor_ids) or ())
    return AccessGrant(
        provider=PROVIDER,
        endpoint_id=raw.endpoint_id,
        device_id=device_id or next(iter(devices), None),
        address=raw.address,
        expires_at=when(raw.expires_at),
        credentials=CurveKeys(
            raw.credentials.server_public, raw.credentials.client_public, Secret(raw.credentials.client_secret)
        ),
        min_priority=given(raw.minimum_priority),
        device_ids=devices,
        user_id=raw.user_id,
        account_id=given(raw.account_id),
        account_type=text(raw.account_type),
    )


# Reservations


def reservation_of(raw: RawReservation, now: datetime) -> Reservation:
    """The common reservation. The cloud says only whether it is cancelled; the rest goes by the clock."""
    start, end = when(raw.start_time), when(raw.end_time)
    cancelled = bool(given(raw.cancelled))
    return Reservation(
        provider=PROVIDER,
        id=str(raw.id),
        device_id=raw.quantum_processor_id,
        status=ReservationStatus.CANCELLED if cancelled else status_by_clock(start, end, now),
        raw_status="cancelled" if cancelled else None,
        start=start,
        end=end,
        created_at=when(raw.created_time),
        price=cents(raw.price),
        account=raw.account_id,
        description=given(raw.notes) or None,
        raw=raw,
    )


def slot_of(raw: AvailableReservation) -> AvailableSlot:
    """The window that can be reserved."""
    start, end = when(raw.start_time), when(raw.end_time)
    assert start is not None and end is not None  # noqa: S101, PT018  # the document requires both
    return AvailableSlot(
        provider=PROVIDER,
        device_id=raw.quantum_processor_id,
        start=start,
        end=end,
        price=cents(raw.price),
        raw=raw,
    )


# Accounts


def user_of(raw: RawUser) -> User:
    """The person; the profile may be missing."""
    profile = given(raw.profile)
    return User(
        provider=PROVIDER,
        id=raw.idp_id,
        number=raw.id,
        created_at=raw.created_time,
        email=profile.email if profile else None,
        first_name=profile.first_name if profile else None,
        last_name=profile.last_name if profile else None,
        organization=profile.organization if profile else None,
        raw=raw,
    )


def group_of(raw: RawGroup) -> Group:
    """The group."""
    return Group(
        provider=PROVIDER,
        id=raw.id,
        name=raw.name,
        description=raw.description,
        created_at=raw.created_time,
        updated_at=raw.updated_time,
        members_updated_at=raw.last_membership_updated_time,
        raw=raw,
    )


def invoice_of(raw: BillingInvoice | BillingUpcomingInvoice) -> Invoice:
    """The invoice; one that is upcoming has no identifier."""
    return Invoice(
        provider=PROVIDER,
        id=raw.id if isinstance(raw, BillingInvoice) else None,
        status=str(raw.status),
        period_start=raw.period_start,
        period_end=raw.period_end,
        starting_balance=cents(raw.starting_balance),
        subtotal=cents(raw.subtotal),
        tax=cents(raw.tax),
        total=cents(raw.total),
        raw=raw,
    )


def invoice_line_of(raw: BillingInvoiceLine) -> InvoiceLine:
    """The line of an invoice."""
    return InvoiceLine(
        provider=PROVIDER,
        id=raw.id,
        description=raw.description,
        amount=cents(raw.amount),
        quantity=raw.quantity,
        kind=str(raw.line_item_type),
        metadata=dict(raw.metadata),
        raw=raw,
    )


def application_of(raw: RawApplication) -> ClientApplication:
    """The client application."""
    return ClientApplication(
        provider=PROVIDER,
        name=raw.name,
        latest_version=raw.latest_version,
        supported=raw.supported,
        minimum_version=given(raw.minimum_version) or None,
        details_url=given(raw.details_uri) or None,
        links={given(link.platform) or "": link.url for link in given(raw.links) or ()},
        raw=raw,
    )

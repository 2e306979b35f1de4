"""Map Rigetti's models to the common ones, and to those of `records`.

Only identity and status are required; a field with an unexpected value is None, and kept in `raw`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from anyqpu_raw._core import ApiModel
from anyqpu_raw.rigetti.models import (
    Architecture,
    AvailableReservation,
    EngagementWithCredentials,
    GetQuiltCalibrationsResponse,
    InstructionSetArchitecture,
    QuantumProcessor,
    TranslateNativeQuilToEncryptedBinaryResponse,
)
from anyqpu_raw.rigetti.models import Endpoint as RawEndpoint
from anyqpu_raw.rigetti.models import Operation as RawOperation
from anyqpu_raw.rigetti.models import Reservation as RawReservation

from anyqpu.core.arguments import checked_count, checked_segment, checked_text, checked_time, shown
from anyqpu.core.reading import OddResponseError, identity, odd_response, read_each, reads
from anyqpu.core.values import count, finite, given, moment, text
from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus, status_by_clock
from anyqpu.model.status import DeviceKind, DeviceStatus, Technology
from anyqpu.providers.rigetti import states
from anyqpu.providers.rigetti.records import (
    Endpoint,
    Engagement,
    QuiltCalibrations,
    Translation,
)
from anyqpu.transport.secret import Secret
from anyqpu.transport.zeromq import CurveKeys

T = TypeVar("T")

PROVIDER = "rigetti"
FORMAT = "quil"
# A reservation lasts hours; more than this is a unit other than seconds.
LONGEST_SECONDS = 10 * 366 * 86_400.0
MOST_PER_PAGE = 10_000
# Several times the largest processors. Pictures of a topology take time and memory by the square of its size.
MOST_QUBITS = 2_000
# Numbers that a program may be given.
MOST_MEMORY = 1_000_000


# Times, durations, money: what goes out and what comes in


def time_to_send(value: datetime, name: str) -> datetime:
    """Return a time to send, in UTC; raise `ValidationError` for one without a zone."""
    time = checked_time(value, name, PROVIDER)
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ValidationError(
            f"{name} is outside of the calendar: {shown(value)}", provider=PROVIDER, fields=(name,)
        ) from None


def go_duration(value: timedelta | float, name: str) -> str:
    """Return a duration as the service takes it, such as `900s`; numbers are seconds. Raise `ValidationError`."""
    length = finite(value.total_seconds() if isinstance(value, timedelta) else value)
    if length is None or not 0 < length < LONGEST_SECONDS:
        raise ValidationError(
            f"{name} is more than 0 s, as a timedelta or a number of seconds, not {shown(value)}",
            provider=PROVIDER,
            fields=(name,),
        )
    return f"{length:.9f}".rstrip("0").rstrip(".") + "s"


def needed(value: object, name: str, example: str) -> str:
    """Return a text that can be sent and stand in a path; raise `ValidationError` for anything else."""
    return checked_segment(value, name, example, PROVIDER)


def page_options(page_size: object, resume_token: object) -> None:
    """Raise `ValidationError` for a page size or a token that cannot be one."""
    checked_count(page_size, "page_size", PROVIDER, least=1, most=MOST_PER_PAGE)
    if resume_token is not None:
        checked_text(resume_token, "resume_token", "token:1", PROVIDER)


def each_of(page: Any, name: str, mapping: Callable[[Any], T]) -> list[T]:
    """Map the elements of a page; those that cannot be read are left out.

    Raises:
        UnexpectedResponseError: It is not a page, such as None for a success without a body.
    """
    if not isinstance(page, ApiModel):
        raise odd_response(PROVIDER, "a page of a list was expected")
    return read_each(PROVIDER, getattr(page, name), mapping)


def next_token(page: Any) -> object:
    """Return the token of the next page as it was sent: a list does not end where it cannot be read."""
    return given(getattr(page, "next_page_token", None))


def cents(value: Any) -> Money | None:
    """Return an amount; Rigetti counts in cents of US dollars. None where it is missing."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return Money(Decimal(value).scaleb(-2), "USD")


# Processors


@reads(PROVIDER)
def processor_of(raw: QuantumProcessor) -> Device:
    """Return a processor of which only the name is known."""
    return device_of(identity(raw.id), raw=raw)


def device_of(id: str, *, raw: Any, endpoint: Endpoint | None = None, num_qubits: int | None = None) -> Device:
    """Return the common device, with as much as is known of it."""
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
        num_qubits=num_qubits,
        input_formats=(FORMAT,),
        formats=(ProgramFormat.QUIL,),
        has_calibration=True,
        supports_sessions=False,
        is_bookable=True,
        location=endpoint.datacenter if endpoint is not None else None,
        raw=raw,
    )


@reads(PROVIDER)
def size_of(raw: InstructionSetArchitecture) -> int | None:
    """Return how many qubits a processor has; None where its architecture does not tell."""
    architecture = given(raw.architecture)
    nodes = None if architecture is None else given(architecture.nodes)
    return None if nodes is None else len(nodes)


def calibration_of(raw: Any, device_id: str) -> Calibration:
    """Return the figures of an instruction set architecture, one by one, and the couplings.

    A figure without a name or a value, a qubit and a coupling without numbers are left out.

    Raises:
        UnexpectedResponseError: It is not an instruction set architecture, or larger than any that can be drawn.
    """
    return replace(_calibration_of(raw, device_id), raw=raw)


@reads(PROVIDER)
def _calibration_of(raw: InstructionSetArchitecture, device_id: str) -> Calibration:
    architecture = given(raw.architecture)
    operations = (*(given(raw.instructions) or ()), *(given(raw.benchmarks) or ()))
    sites = tuple(site for operation in operations for site in _figures(operation))
    times = [site.measured_at for site in sites if site.measured_at is not None]
    return Calibration(
        provider=PROVIDER,
        device_id=device_id,
        effective_at=max(times, default=None),
        source="device",
        # Of the sound model: numbers that are not finite, and times without meaning, have no JSON form.
        data=raw.to_dict(),
        sites=sites,
        topology=None if architecture is None else _topology_of(architecture),
        raw=raw,
    )


def _topology_of(raw: Architecture) -> Topology:
    nodes = sorted({each for node in given(raw.nodes) or () if (each := count(node.node_id)) is not None})
    if len(nodes) > MOST_QUBITS:
        raise OddResponseError(f"{len(nodes)} qubits are more than a processor has")
    known = set(nodes)
    edges = {
        (min(ends), max(ends))
        for edge in given(raw.edges) or ()
        if len(ends := set(given(edge.node_ids) or ())) == 2 and ends <= known
    }
    return Topology(nodes=tuple(nodes), edges=tuple(sorted(edges)), family=text(raw.family))


def _figures(operation: RawOperation) -> Iterator[SiteCharacteristic]:
    name = given(operation.name)
    if name is None:
        return
    nowhere: tuple[int, ...] = ()
    places = [(nowhere, given(operation.characteristics) or ())]
    places += [
        (tuple(given(site.node_ids) or ()), given(site.characteristics) or ()) for site in given(operation.sites) or ()
    ]
    for nodes, characteristics in places:
        for each in characteristics:
            measured, value = given(each.name), given(each.value)
            if measured is None or value is None:
                continue
            yield SiteCharacteristic(
                operation=name,
                nodes=tuple(given(each.node_ids) or nodes),
                name=measured,
                value=value,
                error=given(each.error),
                parameters=tuple(given(each.parameter_values) or ()),
                measured_at=moment(given(each.timestamp)),
            )


@reads(PROVIDER)
def endpoint_of(raw: RawEndpoint) -> Endpoint:
    """Return the endpoint. Its `address` is deprecated, and null or missing on today's service."""
    addresses = given(raw.addresses)
    rpcq, grpc = (None, None) if addresses is None else (given(addresses.rpcq), given(addresses.grpc))
    return Endpoint(
        provider=PROVIDER,
        id=identity(raw.id),
        healthy=given(raw.healthy),
        mock=given(raw.mock),
        device_ids=tuple(given(raw.quantum_processor_ids) or ()),
        address=rpcq or given(raw.address) or None,
        grpc_address=grpc or None,
        datacenter=given(raw.datacenter) or None,
        raw=raw,
    )


@reads(PROVIDER)
def grant_of(raw: EngagementWithCredentials, device_id: str | None) -> Engagement:
    """Return the grant, without the model: its keys are in `credentials`, and nowhere else."""
    devices = tuple(given(raw.quantum_processor_ids) or ())
    keys = given(raw.credentials)
    if keys is None:
        raise OddResponseError("the engagement has no credentials")
    return Engagement(
        provider=PROVIDER,
        endpoint_id=identity(raw.endpoint_id, "endpointId"),
        device_id=device_id or next(iter(devices), None),
        address=identity(raw.address, "address"),
        expires_at=moment(given(raw.expires_at)),
        credentials=CurveKeys(
            identity(keys.server_public, "serverPublic"),
            identity(keys.client_public, "clientPublic"),
            Secret(identity(keys.client_secret, "clientSecret")),
        ),
        min_priority=given(raw.minimum_priority),
        device_ids=devices,
        user_id=given(raw.user_id),
        account_id=given(raw.account_id),
        account_type=text(raw.account_type),
    )


# Reservations


@reads(PROVIDER)
def reservation_of(raw: RawReservation, now: datetime) -> Reservation:
    """Return the common reservation. The service tells whether it is cancelled; the rest goes by the clock."""
    start, end = moment(raw.start_time), moment(raw.end_time)
    cancelled = bool(given(raw.cancelled))
    clock = ReservationStatus.UNKNOWN if start is None or end is None else status_by_clock(start, end, now)
    return Reservation(
        provider=PROVIDER,
        id=_number_of(raw.id),
        device_id=given(raw.quantum_processor_id),
        status=ReservationStatus.CANCELLED if cancelled else clock,
        raw_status="cancelled" if cancelled else None,
        status_recognized=cancelled or clock is not ReservationStatus.UNKNOWN,
        start=start,
        end=end,
        created_at=moment(raw.created_time),
        price=cents(raw.price),
        account=given(raw.account_id),
        description=given(raw.notes) or None,
        raw=raw,
    )


def _number_of(id: object) -> str:
    if count(id) is None:
        raise OddResponseError("'id' is missing or not a number")
    return str(id)


@reads(PROVIDER)
def slot_of(raw: AvailableReservation) -> AvailableSlot:
    """Return the window that can be reserved, which its processor and times identify."""
    start, end = moment(raw.start_time), moment(raw.end_time)
    if start is None or end is None or start >= end:
        raise OddResponseError("a free window has no start and end")
    return AvailableSlot(
        provider=PROVIDER,
        device_id=identity(raw.quantum_processor_id, "quantumProcessorId"),
        start=start,
        end=end,
        price=cents(raw.price),
        raw=raw,
    )


# Programs


@reads(PROVIDER)
def quilt_of(raw: GetQuiltCalibrationsResponse, device_id: str) -> QuiltCalibrations:
    """Return the pulses of a processor's gates."""
    return QuiltCalibrations(
        provider=PROVIDER,
        device_id=device_id,
        text=identity(raw.quilt, "quilt"),
        settings_timestamp=moment(given(raw.settings_timestamp)),
        raw=raw,
    )


@reads(PROVIDER)
def translation_of(
    raw: TranslateNativeQuilToEncryptedBinaryResponse, device_id: str, shots: int, declared: Sequence[str]
) -> Translation:
    """Return the translated program; its readout sources are in the order in which their memory is `declared`."""
    lengths = {name: count(spec.length) or 0 for name, spec in (given(raw.memory_descriptors) or {}).items()}
    if sum(lengths.values()) > MOST_MEMORY:
        raise OddResponseError(f"the program has more than {MOST_MEMORY} numbers of memory")
    sources = [(pair[0], pair[1]) for pair in given(raw.ro_sources) or () if len(pair) == 2]
    places = {name: place for place, name in reversed(list(enumerate(declared)))}
    sources.sort(key=lambda pair: places.get(pair[0].partition("[")[0], len(places)))
    return Translation(
        provider=PROVIDER,
        device_id=device_id,
        shots=shots,
        program=identity(raw.program, "program"),
        memory=lengths,
        ro_sources=tuple(sources),
        settings_timestamp=moment(given(raw.settings_timestamp)),
        raw=raw,
    )

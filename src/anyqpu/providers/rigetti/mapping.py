"""Map Rigetti's models to the common ones, and to those of `records`.

Only identity and status are required; a field with an unexpected value is None, and kept in `raw`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from anyqpu_raw.rigetti.models import (
    Architecture,
    AvailableReservation,
    EngagementWithCredentials,
    GetQuiltCalibrationsResponse,
    InstructionSetArchitecture,
    ListQuantumProcessorAccessorsResponse,
    QuantumProcessor,
    QuantumProcessorAccessor,
    QuantumProcessorCalendar,
    TranslateNativeQuilToEncryptedBinaryResponse,
)
from anyqpu_raw.rigetti.models import Endpoint as RawEndpoint
from anyqpu_raw.rigetti.models import Operation as RawOperation
from anyqpu_raw.rigetti.models import Reservation as RawReservation

from anyqpu.core import native
from anyqpu.core.reading import OddResponseError, identity, read_each, reads, status_word
from anyqpu.core.values import count, or_none, parse_time, text
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.native import NativeForm, Sites
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus, status_by_clock
from anyqpu.model.status import DeviceKind, DeviceStatus, Technology
from anyqpu.providers.rigetti import states
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.providers.rigetti.records import Accessor, Endpoint, Engagement, QuiltCalibrations, Translation
from anyqpu.transport.secret import Secret
from anyqpu.transport.zeromq import CurveKeys

# Several times the largest processors. Drawing a topology takes time and memory by the square of its size.
MOST_QUBITS = 2_000
# Instructions that are not gates. Some processors list an operation `_`, which stands for any.
NOT_GATES = {"MEASURE", "RESET", "_"}
# The gates that programs are transpiled to, by Qiskit's names; XY has another sign there.
TRANSPILED = {"sx", "rz", "cz", "iswap", "cp"}
# Numbers that a program's memory may hold.
MOST_MEMORY = 1_000_000


def cents(value: Any) -> Money | None:
    """Return an amount; Rigetti counts in cents of US dollars. None where it is missing."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    # A number of any length may be in a response.
    with contextlib.suppress(ValueError):
        return Money(f"{value}E-2", "USD")
    return None


# Processors


@reads(PROVIDER)
def processor_of(raw: QuantumProcessor) -> Device:
    """Return a processor of which only the name is known."""
    return device_of(identity(raw.id), raw=raw)


class Instructions(NamedTuple):
    """What an instruction set architecture says of a device."""

    num_qubits: int | None = None
    native_gates: tuple[str, ...] | None = None
    couplings: tuple[tuple[int, int], ...] | None = None


def device_of(id: str, *, raw: Any, endpoint: Endpoint | None = None, isa: Instructions | None = None) -> Device:
    """Return the common device, with what is known of it."""
    healthy = endpoint.healthy if endpoint is not None else None
    isa = isa or Instructions()
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
        num_qubits=isa.num_qubits,
        native_gates=isa.native_gates,
        couplings=isa.couplings,
        max_circuits=1,
        input_formats=(ProgramFormat.QUIL.value,),
        formats=(ProgramFormat.QUIL,),
        has_calibration=True,
        supports_sessions=False,
        is_bookable=True,
        location=endpoint.datacenter if endpoint is not None else None,
        raw=raw,
    )


@reads(PROVIDER)
def instructions_of(raw: InstructionSetArchitecture) -> Instructions:
    """Return the size, gates and couplings of a processor; None for what its architecture does not say."""
    names = (or_none(operation.name) for operation in or_none(raw.instructions) or ())
    gates = tuple(name for name in names if name and name not in NOT_GATES) or None
    architecture = or_none(raw.architecture)
    nodes = None if architecture is None else or_none(architecture.nodes)
    if architecture is None or nodes is None:
        return Instructions(native_gates=gates)
    edges = None if or_none(architecture.edges) is None else _topology_of(architecture).edges
    return Instructions(len(nodes), gates, edges)


def calibration_of(raw: Any, device_id: str) -> Calibration:
    """Return the values of an instruction set architecture, one by one, and the couplings.

    A value without a name or a number, and qubits and couplings without numbers, are left out.

    Raises:
        UnexpectedResponseError: It is not an instruction set architecture, or has too many qubits.
    """
    return replace(_calibration_of(raw, device_id), raw=raw)


def named_calibration_of(raw: Any) -> Calibration:
    """Return the calibration of the processor that an instruction set architecture names."""
    return calibration_of(raw, _name_of(raw))


@reads(PROVIDER)
def _name_of(raw: InstructionSetArchitecture) -> str:
    return identity(raw.name, "name")


@reads(PROVIDER)
def _calibration_of(raw: InstructionSetArchitecture, device_id: str) -> Calibration:
    architecture = or_none(raw.architecture)
    operations = (*(or_none(raw.instructions) or ()), *(or_none(raw.benchmarks) or ()))
    sites = tuple(site for operation in operations for site in _characteristics(operation))
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


@reads(PROVIDER)
def native_form_of(raw: InstructionSetArchitecture, calibration: Calibration, device: Device) -> NativeForm:
    """Return the native form of a processor. Each coupling has the operations that the architecture gives for it.

    Raises:
        UnsupportedOperationError: It has no gates that are known here.
    """
    isa = instructions_of(raw)
    form = native.form_of(
        replace(device, num_qubits=isa.num_qubits, native_gates=isa.native_gates, couplings=isa.couplings),
        calibration=calibration,
        resets=any(or_none(operation.name) == "RESET" for operation in or_none(raw.instructions) or ()),
    )
    numbers, pairs = {*form.qubits}, {*(form.couplings or ())}
    gates: dict[str, Sites | None] = {}
    for operation in or_none(raw.instructions) or ():
        name = native.NAMES.get(or_none(operation.name) or "")
        if name not in TRANSPILED:
            continue
        ends = (tuple(sorted(or_none(site.node_ids) or ())) for site in or_none(operation.sites) or ())
        sites = tuple(end for end in ends if end in pairs or (len(end) == 1 and end[0] in numbers))
        if sites:
            gates[name] = sites
    if "sx" in gates:
        gates["x"] = gates["sx"]
    if "rz" not in gates or "sx" not in gates or not gates.keys() & {"cz", "iswap"}:
        native.refuse(device, "has no RX, RZ and CZ or ISWAP")
    return replace(form, gates=gates)


def _topology_of(raw: Architecture) -> Topology:
    nodes = sorted({id for node in or_none(raw.nodes) or () if (id := count(node.node_id)) is not None})
    if len(nodes) > MOST_QUBITS:
        raise OddResponseError(f"{len(nodes)} qubits are more than a processor has")
    numbers = set(nodes)
    edges = {
        (min(ends), max(ends))
        for edge in or_none(raw.edges) or ()
        if len(ends := set(or_none(edge.node_ids) or ())) == 2 and ends <= numbers
    }
    return Topology(nodes=tuple(nodes), edges=tuple(sorted(edges)), family=text(raw.family))


def _characteristics(operation: RawOperation) -> Iterator[SiteCharacteristic]:
    name = or_none(operation.name)
    if name is None:
        return
    nowhere: tuple[int, ...] = ()
    places = [(nowhere, or_none(operation.characteristics) or ())]
    places += [
        (tuple(or_none(site.node_ids) or ()), or_none(site.characteristics) or ())
        for site in or_none(operation.sites) or ()
    ]
    for nodes, characteristics in places:
        for characteristic in characteristics:
            measured, value = or_none(characteristic.name), or_none(characteristic.value)
            if measured is None or value is None:
                continue
            yield SiteCharacteristic(
                operation=name,
                nodes=tuple(or_none(characteristic.node_ids) or nodes),
                name=measured,
                value=value,
                error=or_none(characteristic.error),
                parameters=tuple(or_none(characteristic.parameter_values) or ()),
                measured_at=parse_time(or_none(characteristic.timestamp)),
            )


@reads(PROVIDER)
def endpoint_of(raw: RawEndpoint) -> Endpoint:
    """Return the endpoint. Its `address` is deprecated, and null or missing on today's service."""
    addresses = or_none(raw.addresses)
    rpcq, grpc = (None, None) if addresses is None else (or_none(addresses.rpcq), or_none(addresses.grpc))
    return Endpoint(
        provider=PROVIDER,
        id=identity(raw.id),
        healthy=or_none(raw.healthy),
        mock=or_none(raw.mock),
        device_ids=tuple(or_none(raw.quantum_processor_ids) or ()),
        address=rpcq or or_none(raw.address) or None,
        grpc_address=grpc or None,
        datacenter=or_none(raw.datacenter) or None,
        raw=raw,
    )


def accessors_of(raw: Any, device_id: str) -> list[Accessor]:
    """Return the accessors of a processor by rank; those without a rank come last, as in Rigetti's own client."""
    accessors = read_each(PROVIDER, _accessors_in(raw), _accessor_of, device_id)
    return sorted(accessors, key=lambda accessor: (accessor.rank is None, accessor.rank or 0))


@reads(PROVIDER, as_sent=("accessors",))
def _accessors_in(raw: ListQuantumProcessorAccessorsResponse) -> Any:
    """Return the list in a response, whose elements may be anything."""
    return raw.accessors


@reads(PROVIDER)
def _accessor_of(raw: QuantumProcessorAccessor, device_id: str) -> Accessor:
    """Return an address of gRPC services."""
    return Accessor(
        provider=PROVIDER,
        device_id=device_id,
        kind=status_word(raw.access_type, "accessType"),
        url=identity(raw.url, "url"),
        live=or_none(raw.live),
        rank=or_none(raw.rank),
        raw=raw,
    )


@reads(PROVIDER)
def calendar_of(raw: QuantumProcessorCalendar) -> str | None:
    """Return when a processor is maintained, as an iCalendar text; None where nothing is planned."""
    return text(raw.maintenance_i_cal) or None


@reads(PROVIDER)
def engagement_of(raw: EngagementWithCredentials, device_id: str | None) -> Engagement:
    """Return the engagement, without the model: its keys are in `credentials`, and nowhere else."""
    devices = tuple(or_none(raw.quantum_processor_ids) or ())
    keys = or_none(raw.credentials)
    if keys is None:
        raise OddResponseError("the engagement has no credentials")
    return Engagement(
        provider=PROVIDER,
        endpoint_id=identity(raw.endpoint_id, "endpointId"),
        device_id=device_id or next(iter(devices), None),
        address=identity(raw.address, "address"),
        expires_at=parse_time(or_none(raw.expires_at)),
        credentials=CurveKeys(
            identity(keys.server_public, "serverPublic"),
            identity(keys.client_public, "clientPublic"),
            Secret(identity(keys.client_secret, "clientSecret")),
        ),
        min_priority=or_none(raw.minimum_priority),
        device_ids=devices,
        user_id=or_none(raw.user_id),
        account_id=or_none(raw.account_id),
        account_type=text(raw.account_type),
    )


# Reservations


@reads(PROVIDER)
def reservation_of(raw: RawReservation, now: datetime) -> Reservation:
    """Return the common reservation. Rigetti says whether it is cancelled; the rest of its status goes by the clock."""
    start, end = parse_time(raw.start_time), parse_time(raw.end_time)
    cancelled = bool(or_none(raw.cancelled))
    clock = ReservationStatus.UNKNOWN if start is None or end is None else status_by_clock(start, end, now)
    return Reservation(
        provider=PROVIDER,
        id=_number_of(raw.id),
        device_id=or_none(raw.quantum_processor_id),
        status=ReservationStatus.CANCELLED if cancelled else clock,
        raw_status="cancelled" if cancelled else None,
        status_recognized=cancelled or clock is not ReservationStatus.UNKNOWN,
        start=start,
        end=end,
        created_at=parse_time(raw.created_time),
        price=cents(raw.price),
        account=or_none(raw.account_id),
        description=or_none(raw.notes) or None,
        raw=raw,
    )


def _number_of(id: object) -> str:
    if count(id) is None:
        raise OddResponseError("'id' is missing or not a number")
    return str(id)


@reads(PROVIDER)
def slot_of(raw: AvailableReservation) -> AvailableSlot:
    """Return a window that can be reserved."""
    start, end = parse_time(raw.start_time), parse_time(raw.end_time)
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
        settings_timestamp=parse_time(or_none(raw.settings_timestamp)),
        raw=raw,
    )


@reads(PROVIDER)
def translation_of(
    raw: TranslateNativeQuilToEncryptedBinaryResponse, device_id: str, shots: int, declared: Sequence[str]
) -> Translation:
    """Return the translated program; its readout sources are in the order in which their memory is `declared`."""
    lengths = {name: count(spec.length) or 0 for name, spec in (or_none(raw.memory_descriptors) or {}).items()}
    if sum(lengths.values()) > MOST_MEMORY:
        raise OddResponseError(f"the program has more than {MOST_MEMORY} numbers of memory")
    sources = [(pair[0], pair[1]) for pair in or_none(raw.ro_sources) or () if len(pair) == 2]
    places = {name: place for place, name in reversed(list(enumerate(declared)))}
    sources.sort(key=lambda pair: places.get(pair[0].partition("[")[0], len(places)))
    return Translation(
        provider=PROVIDER,
        device_id=device_id,
        shots=shots,
        program=identity(raw.program, "program"),
        memory=lengths,
        ro_sources=tuple(sources),
        settings_timestamp=parse_time(or_none(raw.settings_timestamp)),
        raw=raw,
    )

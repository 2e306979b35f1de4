"""Strategies that draw objects of the public model, one for each class."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from hypothesis import strategies as st

from anyqpu import Counts, JobHandle, Money
from anyqpu.model.batch import Batch, CancelledBatches, CancelledJobs
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology, Workload
from anyqpu.model.capabilities import Capabilities
from anyqpu.model.cost import CostEstimate, CostLine
from anyqpu.model.counts import BitOrder
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.money import Pricing
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.reservation import AvailabilityWindow, AvailableSlot, BookingRules, Reservation, ReservationStatus
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology

names = st.text(max_size=10)
maybe_names = st.none() | names
numbers = st.integers(-(2**53), 2**53)
maybe_numbers = st.none() | st.integers(0, 2**40)
floats = st.floats(allow_nan=False, allow_infinity=False)
maybe_floats = st.none() | floats
flags = st.none() | st.booleans()
times = st.datetimes(timezones=st.just(UTC))
maybe_times = st.none() | times
durations = st.timedeltas(timedelta(days=-3650), timedelta(days=36500))
maybe_durations = st.none() | durations
tags = st.lists(names, max_size=3).map(tuple)
amounts = st.decimals(-(10**12), 10**12, places=6)
money = st.builds(Money, amounts, st.sampled_from(["EUR", "USD"]))
json_values = st.recursive(
    st.none() | st.booleans() | numbers | floats | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
json_objects = st.dictionaries(names, json_values, max_size=3)


def counts(width: int | None = None) -> st.SearchStrategy[Counts]:
    widths = st.integers(0, 5) if width is None else st.just(width)

    def of(width: int) -> st.SearchStrategy[Counts]:
        keys = st.text("01", min_size=width, max_size=width)
        labels = st.none() | st.lists(names, min_size=width, max_size=width)
        return st.builds(
            Counts,
            st.dictionaries(keys, st.integers(0, 10**6), max_size=4),
            order=st.sampled_from(BitOrder),
            bit_labels=labels,
        )

    return widths.flatmap(of)


complex_numbers = st.builds(complex, floats, floats)
items = st.builds(
    ResultItem,
    kind=st.sampled_from([kind for kind in ResultKind if kind is not ResultKind.RAW]),
    counts=st.none() | counts(),
    statevector=st.none() | st.lists(complex_numbers, max_size=4).map(tuple),
    amplitudes=st.none() | st.dictionaries(names, complex_numbers, max_size=3),
    probabilities=st.none() | st.dictionaries(names, floats, max_size=3),
    registers=st.none() | st.dictionaries(names, counts(), max_size=2),
    samples=st.none() | tags,
    fock=st.none() | st.dictionaries(names, st.integers(0, 9), max_size=3),
    expectation=maybe_floats,
    deviation=maybe_floats,
    success=st.booleans(),
    error=maybe_names,
)
topologies = st.builds(
    Topology,
    nodes=st.lists(numbers, max_size=3).map(tuple),
    edges=st.lists(st.tuples(numbers, numbers), max_size=3).map(tuple),
    family=maybe_names,
    positions=st.none() | st.lists(st.tuples(floats, floats), max_size=3).map(tuple),
)
sites = st.builds(
    SiteCharacteristic,
    operation=names,
    nodes=st.lists(numbers, max_size=2).map(tuple),
    name=names,
    value=floats,
    error=maybe_floats,
    parameters=st.lists(floats, max_size=2).map(tuple),
    measured_at=maybe_times,
)
failures = st.builds(JobFailure, st.sampled_from(FailureKind), tags)
pricings = st.builds(Pricing, per_hour=st.none() | money, per_shot=st.none() | money, model=maybe_names)
rules = st.builds(BookingRules, min_duration=maybe_durations, max_per_day=maybe_numbers)
windows = st.builds(AvailabilityWindow, granularity=names, start=maybe_names)
cost_lines = st.builds(
    CostLine,
    what=names,
    quantity=st.decimals(0, 10**6, places=3),
    unit=names,
    price=st.builds(Money, st.decimals(0, 10**6, places=6), st.just("EUR")),
)
jobs = st.builds(
    Job,
    provider=names,
    id=names,
    device_id=maybe_names,
    status=st.sampled_from(JobStatus),
    raw_status=names,
    status_recognized=st.booleans(),
    status_message=maybe_names,
    name=maybe_names,
    native_id=maybe_names,
    session_id=maybe_names,
    progress=maybe_floats,
    queue_position=maybe_numbers,
    shots=maybe_numbers,
    created_at=maybe_times,
    started_at=maybe_times,
    ended_at=maybe_times,
    execution_time=maybe_durations,
    tags=tags,
    dedup_key=maybe_names,
    failure=st.none() | failures,
    input_format=maybe_names,
    kind=names,
    decode=json_objects,
    raw=st.none() | json_values,
)
batches = st.builds(
    Batch,
    provider=names,
    id=names,
    device_id=maybe_names,
    status=st.sampled_from(JobStatus),
    raw_status=names,
    open=flags,
    jobs=st.lists(jobs, max_size=2).map(tuple),
    counts_per_status=st.dictionaries(st.sampled_from(JobStatus), st.integers(0, 9), max_size=3),
    priority=maybe_floats,
    created_at=maybe_times,
    tags=tags,
)
errors_by_id = st.dictionaries(names, names, max_size=2)
objects: dict[type[Any], st.SearchStrategy[Any]] = {
    Job: jobs,
    JobFailure: failures,
    Pricing: pricings,
    BookingRules: rules,
    AvailabilityWindow: windows,
    SiteCharacteristic: sites,
    ResultItem: items,
    Batch: batches,
    CancelledJobs: st.builds(CancelledJobs, jobs=st.lists(jobs, max_size=2).map(tuple), errors=errors_by_id),
    CancelledBatches: st.builds(
        CancelledBatches, batches=st.lists(batches, max_size=1).map(tuple), errors=errors_by_id
    ),
    Capabilities: st.builds(Capabilities, jobs=st.booleans(), drain=st.booleans(), instead=errors_by_id),
    CostLine: cost_lines,
    CostEstimate: st.builds(
        CostEstimate,
        total=st.none() | money,
        lines=st.lists(cost_lines, max_size=2).map(tuple),
        reason_unknown=maybe_names,
        minimum=st.none() | money,
    ),
    Program: st.builds(Program, names, st.sampled_from(ProgramFormat), bits=maybe_numbers),
    Workload: st.builds(
        Workload,
        provider=names,
        id=names,
        kind=names,
        device_id=maybe_names,
        status=names,
        raw_status=names,
        created_at=maybe_times,
        raw=st.none() | json_values,
    ),
    Device: st.builds(
        Device,
        id=names | st.uuids().map(str),
        provider=names,
        name=names,
        vendor=maybe_names,
        kind=st.sampled_from(DeviceKind),
        technology=st.sampled_from(Technology),
        status=st.sampled_from(DeviceStatus),
        accepting_jobs=flags,
        num_qubits=maybe_numbers,
        average_wait=maybe_durations,
        input_formats=tags,
        formats=st.lists(st.sampled_from(ProgramFormat), max_size=3).map(tuple),
        booking_rules=st.none() | rules,
        availability=st.lists(windows, max_size=2).map(tuple),
        pricing=st.none() | pricings,
        raw=st.none() | json_values,
    ),
    Session: st.builds(
        Session,
        provider=names,
        id=names,
        device_id=maybe_names,
        status=st.sampled_from(SessionStatus),
        raw_status=names,
        accepts_jobs=flags,
        ends_at=maybe_times,
        may_still_cost=st.none() | money,
        created_at=maybe_times,
        usage=maybe_durations,
        waiting_jobs=maybe_numbers,
        reservation_id=maybe_names,
        tags=tags,
    ),
    Reservation: st.builds(
        Reservation,
        provider=names,
        id=names,
        device_id=maybe_names,
        status=st.sampled_from(ReservationStatus),
        raw_status=maybe_names,
        start=maybe_times,
        end=maybe_times,
        price=st.none() | money,
        session_id=maybe_names,
    ),
    AvailableSlot: st.builds(
        AvailableSlot, provider=names, device_id=names, start=times, end=times, price=st.none() | money
    ),
    Calibration: st.builds(
        Calibration,
        provider=names,
        device_id=maybe_names,
        effective_at=maybe_times,
        source=names,
        data=json_objects,
        sites=st.lists(sites, max_size=2).map(tuple),
        topology=st.none() | topologies,
        raw=st.none() | json_values,
    ),
    Topology: topologies,
    Result: st.builds(
        Result,
        job_id=names,
        provider=names,
        items=st.lists(items, max_size=2).map(tuple),
        execution_time=maybe_durations,
        raw=st.none() | json_values,
    ),
    Counts: counts(),
    Money: money,
    JobHandle: st.builds(
        JobHandle,
        names,
        names,
        names,
        session_id=maybe_names,
        profile=maybe_names,
        created_at=maybe_times,
        dedup_key=maybe_names,
        decode=json_objects,
    ),
}

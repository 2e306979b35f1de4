"""`to_dict` and `from_dict`: JSON's types only, an exact round trip, and the keys of the command line."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import anyqpu
from anyqpu import Counts, JobHandle, Money, errors
from anyqpu.model.batch import Batch
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.counts import BitOrder
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.money import Pricing
from anyqpu.model.program import ProgramFormat
from anyqpu.model.reservation import AvailabilityWindow, AvailableSlot, BookingRules, Reservation, ReservationStatus
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology

# Values

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
    failure=st.none() | st.builds(JobFailure, st.sampled_from(FailureKind), tags),
    input_format=maybe_names,
    kind=names,
    decode=json_objects,
    raw=st.none() | json_values,
)
objects: dict[str, st.SearchStrategy[Any]] = {
    "job": jobs,
    "device": st.builds(
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
        booking_rules=st.none() | st.builds(BookingRules, min_duration=maybe_durations, max_per_day=maybe_numbers),
        availability=st.lists(st.builds(AvailabilityWindow, granularity=names, start=maybe_names), max_size=2).map(
            tuple
        ),
        pricing=st.none()
        | st.builds(Pricing, per_hour=st.none() | money, per_shot=st.none() | money, model=maybe_names),
        raw=st.none() | json_values,
    ),
    "session": st.builds(
        Session,
        provider=names,
        id=names,
        device_id=maybe_names,
        status=st.sampled_from(SessionStatus),
        raw_status=names,
        accepts_jobs=flags,
        created_at=maybe_times,
        usage=maybe_durations,
        waiting_jobs=maybe_numbers,
        reservation_id=maybe_names,
        tags=tags,
    ),
    "reservation": st.builds(
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
    "slot": st.builds(AvailableSlot, provider=names, device_id=names, start=times, end=times, price=st.none() | money),
    "calibration": st.builds(
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
    "topology": topologies,
    "result": st.builds(
        Result,
        job_id=names,
        provider=names,
        items=st.lists(items, max_size=2).map(tuple),
        execution_time=maybe_durations,
        raw=st.none() | json_values,
    ),
    "counts": counts(),
    "money": money,
    "handle": st.builds(
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
    "batch": st.builds(
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
    ),
}


def fields(value: Any) -> dict[str, Any]:
    """All fields but `raw`, also those that equality ignores, such as a handle's `decode`."""
    if not dataclasses.is_dataclass(value):
        return {}
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.name != "raw"}


@pytest.mark.parametrize("kind", objects)
@settings(max_examples=50)
@given(data=st.data())
def test_every_object_survives_a_round_trip_through_json(kind: str, data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    text = json.dumps(value.to_dict(), allow_nan=False)
    again = type(value).from_dict(json.loads(text))
    assert again == value
    assert fields(again) == fields(value)
    assert json.dumps(again.to_dict()) == text


# Forms, written out by hand

JOB = Job(
    provider="kipu",
    id="5",
    device_id="kipu.sim.qsim",
    status=JobStatus.RUNNING,
    raw_status="RUNNING",
    session_id="s",
    created_at=datetime(2030, 1, 31, 12, 0, tzinfo=UTC),
    execution_time=timedelta(milliseconds=1500),
    tags=("a", "b"),
    failure=JobFailure(FailureKind.TIMED_OUT, ("too slow",)),
    raw=object(),
)


def subset(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: data[key] for key in keys}


def test_a_job_has_the_keys_and_forms_of_the_command_line() -> None:
    data = JOB.to_dict()
    assert subset(data, "v", "handle", "device", "session", "status", "created_at", "execution_time", "tags") == {
        "v": 1,
        "handle": "anyqpu:kipu:job:5",
        "device": "kipu.sim.qsim",
        "session": "s",
        "status": "running",
        "created_at": "2030-01-31T12:00:00Z",
        "execution_time": 1.5,
        "tags": ["a", "b"],
    }
    assert data["failure"] == {"kind": "timed_out", "messages": ["too slow"]}
    assert "raw" not in data


def test_amounts_are_exact_texts() -> None:
    assert Money(Decimal("0.10"), "EUR").to_dict() == {"v": 1, "amount": "0.10", "currency": "EUR"}


def test_a_device_is_named_as_the_command_line_takes_it() -> None:
    named = Device(id="dfc9438a-cfac-51b6-a27d-a6f4c0828f96", provider="scaleway", name="QPU-GARNET-20PQ")
    assert named.to_dict()["target"] == named.target == "scaleway:QPU-GARNET-20PQ"
    assert Device(id="Aspen-9", provider="rigetti", name="Aspen 9").target == "rigetti:Aspen-9"


def test_an_item_has_only_what_its_kind_has() -> None:
    registers = {"c": Counts({"01": 3}, bit_labels=["c[1]", "c[0]"])}
    item = ResultItem(kind=ResultKind.COUNTS, counts=Counts({"01": 3}), registers=registers)
    data = Result(job_id="5", provider="kipu", items=(item,)).to_dict()
    assert data["counts"] == [{"01": 3}]
    assert data["items"] == [
        {
            "kind": "counts",
            "success": True,
            "error": None,
            "counts": {"01": 3},
            "shots": 3,
            "order": "msb_left",
            "bit_labels": None,
            "registers": {"c": {"01": 3}},
            "register_bits": {"c": {"order": "msb_left", "bit_labels": ["c[1]", "c[0]"]}},
        }
    ]
    state = ResultItem(kind=ResultKind.STATEVECTOR, statevector=(1 + 0j, -0.5j))
    (data,) = Result(job_id="5", provider="kipu", items=(state,)).to_dict()["items"]
    assert data == {"kind": "statevector", "success": True, "error": None, "statevector": [[1.0, 0.0], [0.0, -0.5]]}


def test_a_result_that_only_the_cloud_understands_keeps_it() -> None:
    item = ResultItem(kind=ResultKind.RAW)
    assert Result(job_id="5", provider="kipu", items=(item,), raw={"a": [1]}).to_dict()["raw"] == {"a": [1]}
    assert Result(job_id="5", provider="kipu", items=(item,), raw=b"\x00").to_dict()["raw"] is None
    counted = ResultItem(kind=ResultKind.COUNTS, counts=Counts({"0": 1}))
    assert Result(job_id="5", provider="kipu", items=(counted,), raw={"a": 1}).to_dict()["raw"] is None


def test_numbers_that_json_lacks_are_null() -> None:
    site = SiteCharacteristic(operation="CZ", nodes=(0, 1), name="fidelity", value=math.nan, error=math.inf)
    data = Calibration(
        provider="rigetti", device_id="d", effective_at=None, source="device", data={"x": math.inf}, sites=(site,)
    ).to_dict()
    assert subset(data["sites"][0], "value", "error") == {"value": None, "error": None}
    assert data["data"] == {"x": None}
    (again,) = Calibration.from_dict(data).sites
    assert math.isnan(again.value)
    assert again.error is None


def test_a_handle_is_read_by_parse_too() -> None:
    handle = JobHandle("kipu", "5", profile="work", created_at=datetime(2030, 1, 31, tzinfo=UTC), decode={"a": [1]})
    again = JobHandle.parse(json.dumps(handle.to_dict()))
    assert fields(again) == fields(handle)


def test_dictionaries_of_other_releases_are_read() -> None:
    data = JOB.to_dict() | {"status": "teleported", "new": 1}
    del data["v"], data["input_format"]
    again = Job.from_dict(data)
    assert (again.status, again.input_format, again.id) == (JobStatus.UNKNOWN, None, "5")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"v": 2}, "invalid Job: the version '2' is not supported"),
        ({"id": 5}, "invalid Job.id: expected a text, not 5"),
        ({"shots": True}, "invalid Job.shots: expected a whole number, not True"),
        ({"created_at": "noon"}, "invalid Job.created_at: expected a time such as 2030-01-31T12:00:00Z, not 'noon'"),
        ({"execution_time": "1"}, "invalid Job.execution_time: expected a number of seconds, not '1'"),
        ({"tags": "ab"}, "invalid Job.tags: expected a list, not 'ab'"),
        ({"tags": [1]}, r"invalid Job.tags\[0\]: expected a text, not 1"),
        ({"failure": {"messages": []}}, "invalid Job.failure: kind is missing"),
        ({"status_recognized": 1}, "invalid Job.status_recognized: expected true or false, not 1"),
    ],
)
def test_a_dictionary_of_another_form_is_refused_by_field(change: dict[str, Any], message: str) -> None:
    with pytest.raises(errors.ValidationError, match=message):
        Job.from_dict(JOB.to_dict() | change)


def test_only_dictionaries_are_read() -> None:
    for kind in (Job, Counts, Money, Result):
        with pytest.raises(errors.ValidationError, match=f"invalid {kind.__name__}: expected a dictionary, not list"):
            kind.from_dict([])  # type: ignore[arg-type]


def test_a_job_that_was_read_has_no_client_and_says_how_to_get_one() -> None:
    with pytest.raises(errors.ClientStateError, match=r"anyqpu\.resume"):
        Job.from_dict(JOB.to_dict()).events()


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AnyQPUError)]
)
def test_errors_of_every_kind_have_a_form_in_json(kind: type[errors.AnyQPUError]) -> None:
    more: dict[str, Any] = {}
    if kind is errors.SubmissionUnknownError:
        more = {"dedup_key": "k", "since": datetime(2030, 1, 31, tzinfo=UTC)}
    data = json.loads(json.dumps(kind("what", provider="kipu", body={"a": [1]}, hint="do", **more).to_dict()))
    assert subset(data, "v", "type", "message", "provider", "body", "hint", "retryable", "status_code") == {
        "v": 1,
        "type": kind.__name__,
        "message": "what",
        "provider": "kipu",
        "body": {"a": [1]},
        "hint": "do",
        "retryable": kind.retryable,
        "status_code": None,
    }
    assert data.get("since") == ("2030-01-31T00:00:00Z" if more else None)


def test_an_errors_handle_is_its_text() -> None:
    error = errors.JobFailedError("no", handle=JobHandle("kipu", "5"), job_status="failed")
    assert subset(error.to_dict(), "handle", "job_status") == {"handle": "anyqpu:kipu:job:5", "job_status": "failed"}


@pytest.mark.anyio
async def test_objects_of_a_client_survive_a_round_trip(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        job = await kipu.submit(
            "OPENQASM 2.0;\nqreg q[1];\ncreg c[1];\nmeasure q -> c;\n", device="kipu.sim.qsim", shots=5
        )
        result = await job.result(timeout=60)
        listed = await kipu.jobs().first()
        device = await kipu.device("kipu.sim.qsim")
    for value in (job, result, result.counts, listed, device, job.handle):
        assert value is not None
        assert type(value).from_dict(json.loads(json.dumps(value.to_dict(), allow_nan=False))) == value

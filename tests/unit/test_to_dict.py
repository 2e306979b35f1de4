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
from pydantic import TypeAdapter

import anyqpu
from anyqpu import Counts, JobHandle, Money, errors
from anyqpu.model.batch import Batch, BatchResults
from anyqpu.model.calibration import Calibration, SiteCharacteristic
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.status import FailureKind, JobStatus

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
    assert data["failure"] == {"kind": "timed_out", "messages": ["too slow"], "code": None}
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
    assert dataclasses.asdict(again) == dataclasses.asdict(handle)


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


def test_results_of_a_batch_are_written_with_the_errors_of_the_others() -> None:
    batch = Batch(provider="pasqal", id="b", device_id=None, status=JobStatus.COMPLETED, raw_status="DONE")
    result = Result(job_id="1", provider="pasqal", items=())
    failure = errors.JobFailedError("too long", handle=JobHandle("pasqal", "2"))
    results = BatchResults(batch, {"1": result}, {"2": failure})
    adapter = TypeAdapter(BatchResults)
    for data in (results.to_dict(), json.loads(adapter.dump_json(results))):
        assert data == {
            "v": 1,
            "batch": batch.to_dict(),
            "results": {"1": result.to_dict()},
            "failures": {"2": failure.to_dict()},
        }
        assert data["failures"]["2"]["handle"] == "anyqpu:pasqal:job:2"
    assert adapter.json_schema()["properties"].keys() == {"v", "batch", "results", "failures"}
    with pytest.raises(ValueError, match="BatchResults can be written, and not read"):
        adapter.validate_python({})

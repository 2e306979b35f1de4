"""A listed job has its identifier; its other fields are mapped when first used."""

from __future__ import annotations

import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from anyqpu import Job, JobStatus
from anyqpu.sync.snapshots import blocking_snapshot

JOB = Job(provider="kipu", id="one", device_id="d", status=JobStatus.RUNNING, raw_status="RUNNING", raw={"id": "one"})


def set_fields(job: Any) -> None:
    for name in Job.__slots__:
        if name not in ("id", "raw", "raw_status"):
            setattr(job, name, copy.copy(getattr(JOB, name)))


class Reader:
    def __init__(self) -> None:
        self.times = 0

    def read(self, raw: Any, job: Any) -> None:
        assert raw is JOB.raw
        self.times += 1
        set_fields(job)


def listed(read: Any = None) -> tuple[Job, Reader]:
    reader = Reader()
    job = Job.listed("one", JOB.raw, None, read or reader.read, raw_status="RUNNING")  # type: ignore[arg-type]
    return job, reader


def test_the_identifier_and_the_raw_form_are_known_at_once() -> None:
    job, reader = listed()
    assert (job.id, job.raw, job.raw_status) == ("one", {"id": "one"}, "RUNNING")
    assert reader.times == 0


def test_all_fields_are_read_once() -> None:
    job, reader = listed()
    assert (job.status, job.raw_status, job.tags, job.shots) == (JobStatus.RUNNING, "RUNNING", (), None)
    assert reader.times == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda job: job,
        copy.copy,
        copy.deepcopy,
        lambda job: pickle.loads(pickle.dumps(job)),
        replace,
    ],
)
def test_it_is_the_same_job_whatever_is_done_with_it(change: Any) -> None:
    job, reader = listed()
    assert change(job) == JOB
    assert hash(change(job)) == hash(JOB)
    assert repr(change(job)) == repr(JOB)
    assert type(change(job)) is Job
    assert reader.times == 1


def test_it_is_frozen_before_and_after_it_is_read() -> None:
    job, reader = listed()
    for _ in range(2):
        with pytest.raises(FrozenInstanceError):
            job.shots = 5  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError):
            del job.id
        assert job.shots is None
    assert reader.times == 1


def test_it_is_a_job_before_it_is_read() -> None:
    job, reader = listed()
    assert isinstance(job, Job)
    assert job.__class__ is Job
    assert type(job).from_dict(JOB.to_dict()) == JOB
    assert type(type(job).from_dict(JOB.to_dict())) is Job
    with pytest.raises(FrozenInstanceError, match="colour"):
        job.colour = "red"  # type: ignore[attr-defined]
    assert reader.times == 0


def test_reading_a_job_may_need_another() -> None:
    other, reader = listed()

    def read(raw: Any, job: Any) -> None:
        set_fields(job)
        job.name = other.device_id

    job, _ = listed(read)
    assert job == replace(JOB, name="d")
    assert other == JOB
    assert reader.times == 1
    assert (type(job), type(other)) == (Job, Job)


def test_many_threads_may_read_the_same_jobs() -> None:
    jobs = [listed()[0] for _ in range(200)]
    start = threading.Barrier(4)

    def read() -> bool:
        start.wait()
        return all(job == JOB for job in jobs)

    with ThreadPoolExecutor(4) as threads:
        assert all(future.result() for future in [threads.submit(read) for _ in range(4)])
    assert {type(job) for job in jobs} == {Job}


def test_a_blocking_job_stays_one() -> None:
    job = blocking_snapshot(listed()[0], None)  # type: ignore[arg-type]
    kind = job.__class__
    assert issubclass(kind, Job)
    assert kind is not Job
    assert job.status is JobStatus.RUNNING  # type: ignore[attr-defined]
    assert type(job) is kind


def test_jobs_do_not_share_what_can_be_changed() -> None:
    one, other = listed()[0], listed()[0]
    assert one.decode is not other.decode


def test_what_no_job_has_is_an_attribute_error() -> None:
    job, reader = listed()
    with pytest.raises(AttributeError, match="colour"):
        _ = job.colour  # type: ignore[attr-defined]
    assert not hasattr(JOB, "colour")
    assert reader.times == 0


def test_a_job_that_cannot_be_read_raises_each_time() -> None:
    def broken(raw: Any, job: Any) -> None:
        job.device_id = "d"
        raise TypeError("not this")

    job, _ = listed(broken)
    for name in ("status", "device_id", "status"):
        with pytest.raises(TypeError, match="not this"):
            getattr(job, name)
    assert (job.id, job.raw_status) == ("one", "RUNNING")

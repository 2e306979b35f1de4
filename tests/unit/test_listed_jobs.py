"""A listed job has its identifier; its other fields are mapped when first used."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import Any

import pytest

from anyqpu import Job, JobStatus


class Reader:
    def __init__(self) -> None:
        self.times = 0

    def read(self, raw: Any, actions: Any, make: type[Job] = Job) -> Job:
        self.times += 1
        return make(
            provider="kipu", id=raw, device_id="d", status=JobStatus.RUNNING, raw_status="R", raw=raw, _actions=actions
        )


def listed() -> tuple[Job, Reader]:
    reader = Reader()
    return Job.listed("one", "one", None, reader.read, raw_status="RUNNING"), reader  # type: ignore[arg-type]


def test_the_identifier_and_the_raw_form_are_known_at_once() -> None:
    job, reader = listed()
    assert (job.id, job.raw) == ("one", "one")
    assert reader.times == 0


def test_all_fields_are_read_once() -> None:
    job, reader = listed()
    assert (job.status, job.raw_status, job.tags, job.shots) == (JobStatus.RUNNING, "R", (), None)
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
    assert change(job) == reader.read("one", None)
    assert hash(change(job)) == hash(job)
    assert repr(change(job)) == repr(reader.read("one", None))


def test_a_mapping_may_make_another_job() -> None:
    """As mappings do whose response has fields of the wrong type: the job has the fields of the one that they make."""
    reader = Reader()
    job = Job.listed("one", "one", None, lambda raw, actions, make: reader.read(raw, actions), raw_status="R")  # type: ignore[arg-type]
    assert job == reader.read("one", None)
    assert job.decode == {}


def test_jobs_do_not_share_what_can_be_changed() -> None:
    one, other = listed()[0], listed()[0]
    assert one.decode is not other.decode


def test_what_no_job_has_is_an_attribute_error() -> None:
    job, reader = listed()
    with pytest.raises(AttributeError, match="colour"):
        _ = job.colour  # type: ignore[attr-defined]
    assert not hasattr(reader.read("one", None), "colour")
    assert reader.times == 1


def test_a_job_that_cannot_be_read_says_so_each_time() -> None:
    def broken(raw: Any, actions: Any, make: type[Job]) -> Job:
        raise TypeError("not this")

    job = Job.listed("one", {}, None, broken, raw_status="RUNNING")  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(TypeError, match="not this"):
            _ = job.status

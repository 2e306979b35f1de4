"""Objects that fit their document take a short way; they are read as all others are."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from anyqpu_raw._core import UNSET, ApiModel, Unset, set_drift_callback
from anyqpu_raw.kipu.models import Job, JobStatus
from anyqpu_raw.scaleway.models import Job as ScalewayJob
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyqpu.core.sound import sound
from anyqpu.core.usual import compiled_reader
from tests.generated.test_models import altered, each_class, provider_of, samples

JOB = {
    "id": "one",
    "status": "COMPLETED",
    "name": "näme",
    "tags": ["a", "b"],
    "created_at": "2030-01-31 12:00:00",
    "session_id": None,
    "shots": 100,
}
MANY = 2000


def read_slowly(model: type[ApiModel], body: dict[str, Any]) -> ApiModel:
    """Read an object with a field that no document has, for which no reader is compiled."""
    read = model.from_dict({**body, "x-not-in-any-document": 1})
    read.additional_properties.pop("x-not-in-any-document")
    return read


def values_of(model: ApiModel) -> list[Any]:
    return [(value.__class__, value) for name, _ in model.FIELDS for value in (getattr(model, name),)]


def check_reader(model: type[ApiModel], learned: dict[str, Any], *bodies: dict[str, Any]) -> bool:
    """Return whether a reader that was compiled for one object reads others with as many keys, which it then does."""
    reader = compiled_reader(model, learned)
    fitting = [body for body in bodies if len(body) == len(learned)]
    is_used = False
    for body in fitting if reader is not None else ():
        assert reader is not None
        read = reader(model, body)
        if read is None:
            continue
        is_used = True
        assert body.keys() == learned.keys()
        slowly = read_slowly(model, body)
        assert read == slowly
        assert values_of(read) == values_of(slowly)
        assert not read.additional_properties
        # What is not checked again must fit.
        assert sound(slowly) is slowly
        assert sound(read) is read
    return is_used


@each_class(ApiModel)
def test_documented_objects_are_read_as_before(model: type[ApiModel]) -> None:
    bodies = samples(provider_of(model))[model]
    for learned in bodies[:4]:
        check_reader(model, learned, *bodies[:20])


@each_class(ApiModel)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_other_objects_are_left_to_the_long_way(model: type[ApiModel], data: st.DataObject) -> None:
    body = data.draw(altered(model))
    learned = data.draw(st.sampled_from(samples(provider_of(model))[model]))
    check_reader(model, {key: learned.get(key) for key in body}, body)
    check_reader(model, body, body)


@pytest.mark.parametrize("model", [Job, ScalewayJob])
def test_jobs_take_the_short_way(model: type[ApiModel]) -> None:
    full = max(samples(provider_of(model))[model], key=len)
    assert check_reader(model, full, full)


@pytest.fixture
def learned() -> type[Job]:
    """Kipu's job, of which many were read."""
    for _ in range(MANY):
        Job.from_dict(JOB)
    return Job


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({}, "status", JobStatus.COMPLETED),
        ({"shots": "many"}, "shots", "many"),
        ({"shots": 10**30}, "shots", 10**30),
        ({"shots": True}, "shots", True),
        ({"name": None}, "name", None),
        ({"name": "\ud800"}, "name", "\ud800"),
        ({"id": None}, "id", None),
        ({"tags": ["a", 1]}, "tags", ["a", 1]),
        ({"status": []}, "status", []),
        ({"provider": None}, "provider", UNSET),
    ],
)
def test_values_are_kept_whatever_came_before(
    learned: type[Job], change: dict[str, Any], name: str, value: object
) -> None:
    read = learned.from_dict(JOB | change)
    assert getattr(read, name) == value
    assert getattr(read, name).__class__ is value.__class__
    assert isinstance(read.runtime, Unset)


def test_what_the_document_lacks_is_reported_whatever_came_before(learned: type[Job]) -> None:
    reports: list[tuple[str, str, str]] = []
    set_drift_callback(lambda *report: reports.append(report))
    try:
        word = learned.from_dict(JOB | {"status": "PAUSED"})
        field = learned.from_dict({**{key: value for key, value in JOB.items() if key != "name"}, "colour": "red"})
        with pytest.raises(KeyError, match="status"):
            learned.from_dict({key: value for key, value in JOB.items() if key != "status"} | {"runtime": 5})
    finally:
        set_drift_callback(None)
    assert word.status == "PAUSED"
    assert not word.status.is_known
    assert field.additional_properties == {"colour": "red"}
    assert [report[::2] for report in reports] == [("word", "PAUSED"), ("field", "colour")]


def test_copies_that_are_changed_are_checked_again(learned: type[Job]) -> None:
    read = learned.from_dict(JOB)
    for changed in (copy.copy(read), copy.deepcopy(read), pickle.loads(pickle.dumps(read))):
        assert changed == read
        changed.shots = "many"
        assert sound(changed).shots is UNSET
    assert sound(read).shots == 100


def test_objects_do_not_share_what_can_be_changed(learned: type[Job]) -> None:
    body = {**JOB, "tags": ["a"]}
    one = learned.from_dict(body)
    one.additional_properties["colour"] = "red"
    assert learned.from_dict(body).additional_properties == {}
    assert body == {**JOB, "tags": ["a"]}

"""How a generated operation reads a response, good or bad; more than the document describes is not an error."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

Small = Callable[[str], Any]
JOB = {"id": "1", "status": "QUEUED", "created_at": "2025-01-02T12:00:00Z"}


@dataclass
class Response:
    """All that a parser needs of an HTTP response."""

    content: bytes = b""
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def response(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body).encode(), status)


def read_job(small: Small, **fields: Any) -> Any:
    return small("api.jobs.get_job").parse_response(response(JOB | fields))


# --- successes


def test_an_object_becomes_its_model(small: Small) -> None:
    """Times, dates, enums, nested objects, lists and maps of objects are of their Python types."""
    job = read_job(
        small,
        type="sampling",
        due_on="2025-01-05",
        finished_at=None,
        priority=2,
        parent=JOB,
        steps=[{"gates": ["h 0"]}],
        circuits={"a": {"gates": []}},
        counts={"00": 3},
        options={"free": [1]},
    )
    models, unset = small("models"), small("core").UNSET
    assert type(job) is models.Job
    assert (job.id, job.type_, job.class_) == ("1", "sampling", unset)
    assert job.created_at == datetime(2025, 1, 2, 12, tzinfo=UTC)
    assert (job.due_on, job.finished_at) == (date(2025, 1, 5), None)
    assert job.priority is models.Priority.VALUE_2
    assert job.status is models.JobStatus.QUEUED
    assert job.parent == models.Job.from_dict(JOB)
    assert job.steps == [models.Circuit(gates=["h 0"])]
    assert job.circuits == {"a": models.Circuit(gates=[])}
    assert (job.counts, job.options) == ({"00": 3}, {"free": [1]})


def test_a_list_becomes_a_list_of_models(small: Small) -> None:
    jobs = small("api.jobs.list_jobs").parse_response(response([JOB, JOB | {"id": "2"}]))
    assert [job.id for job in jobs] == ["1", "2"]
    assert all(type(job) is small("models").Job for job in jobs)


def test_bytes_come_as_they_are(small: Small) -> None:
    """Whatever they contain, and also if they are empty."""
    parse = small("api.tasks.get_raw_task").parse_response
    assert parse(Response(b"\xff\x00{")) == b"\xff\x00{"
    assert parse(Response(b"")) == b""


@pytest.mark.parametrize("content", [b"", b"null", b"<html>", b"{"])
def test_a_success_without_documented_body_gives_none(small: Small, content: bytes) -> None:
    """Whatever comes along with it is ignored."""
    assert small("api.jobs.delete_job").parse_response(Response(content, 204)) is None


def test_each_documented_success_is_one(small: Small) -> None:
    parse = small("api.jobs.cancel_job").parse_response
    assert [parse(Response(status_code=status)) for status in (202, 204)] == [None, None]


# --- errors


@pytest.mark.parametrize("status", [200, 202, 203, 206, 299])
def test_a_success_that_the_document_does_not_list_is_one(small: Small, status: int) -> None:
    """Its body is read as that of the listed success, and ignored where that has none; the status is reported."""
    seen: list[tuple[str, str, str]] = []
    small("core").set_drift_callback(lambda *drift: seen.append(drift))
    try:
        assert small("api.jobs.get_job").parse_response(response(JOB, status)).id == "1"
        assert [job.id for job in small("api.jobs.list_jobs").parse_response(response([JOB], status))] == ["1"]
        assert small("api.jobs.delete_job").parse_response(response(JOB, status)) is None
        assert small("api.tasks.get_raw_task").parse_response(Response(b"\xff", status)) == b"\xff"
    finally:
        small("core").set_drift_callback(None)
    statuses = [(module.rpartition(".")[2], operation) for kind, module, operation in seen if kind == "status"]
    listed = {"getJob": 200, "listJobs": 200, "deleteJob": 204, "getRawTask": 200}
    assert statuses == [(operation, str(status)) for operation, usual in listed.items() if status != usual]


@pytest.mark.parametrize("content", [b"", b" ", b"\r\n"])
def test_a_success_that_the_document_does_not_list_may_be_empty(small: Small, content: bytes) -> None:
    """Such as 204 for an operation that usually returns what it changed; bytes stay bytes."""
    assert small("api.jobs.get_job").parse_response(Response(content, 204)) is None
    assert small("api.tasks.get_raw_task").parse_response(Response(content, 206)) == content


@pytest.mark.parametrize("body", [b"", b"done", b"[]", b'{"id": "1"}', b"[" * 500 + b"]" * 500])
def test_an_unlisted_success_returns_none_where_its_body_does_not_fit(small: Small, body: bytes) -> None:
    """It is a success all the same: clouds have changed 204 to 200 and back."""
    assert small("api.jobs.get_job").parse_response(Response(body, 202)) is None
    with pytest.raises(ValueError, match="getJob"):
        small("api.jobs.get_job").parse_response(Response(body, 200))


@pytest.mark.parametrize("status", [100, 300, 301, 404, 500, 520, 999])
def test_another_status_is_an_error(small: Small, status: int) -> None:
    """Also a number that no standard lists; the body stays at hand."""
    core = small("core")
    with pytest.raises(
        core.UnexpectedStatusError, match=rf"^getJob: not a documented success \(status {status}\)$"
    ) as e:
        small("api.jobs.get_job").parse_response(response(JOB, status))
    assert (e.value.status_code, e.value.operation.name) == (status, "get_job")
    assert json.loads(e.value.content) == JOB


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the body is empty"),
        (b"<html>gateway</html>", "the body is not JSON"),
        (b'{"id": "1", "status"', "the body is not JSON"),
        (b"\xff\xfe\xff", "the body is not JSON"),
        (b"[" * 100_000, "the body is not JSON"),
        (b"[]", "the body does not fit: expected an object, got a list"),
        (b"null", "the body does not fit: expected an object, got null"),
        (b'"text"', "the body does not fit: expected an object, got text"),
        (b"3", "the body does not fit: expected an object, got a number"),
        (b"true", "the body does not fit: expected an object, got a boolean"),
        (b'{"id": "1", "status": "QUEUED"}', "the body lacks 'created_at'"),
        (b"{}", "the body lacks 'id'"),
    ],
    ids=lambda value: repr(value)[:30] if isinstance(value, bytes) else "",
)
def test_a_body_that_is_not_what_the_document_promises(small: Small, content: bytes, reason: str) -> None:
    """One kind of error for all of them, which names the operation and what is wrong, and keeps the body."""
    core = small("core")
    with pytest.raises(core.ResponseError) as caught:
        small("api.jobs.get_job").parse_response(Response(content))
    assert str(caught.value) == f"getJob: {reason} (status 200)"
    assert not isinstance(caught.value, core.UnexpectedStatusError)
    assert caught.value.content == content


def test_an_object_where_a_list_is_due_is_an_error(small: Small) -> None:
    with pytest.raises(small("core").ResponseError, match="expected a list, got an object"):
        small("api.jobs.list_jobs").parse_response(response({"items": [JOB]}))


def test_null_for_a_list_is_an_empty_list(small: Small) -> None:
    """Servers written in Go send null for a list without elements."""
    assert small("api.jobs.list_jobs").parse_response(Response(b"null")) == []


def test_a_nested_object_that_lacks_something_is_kept_as_it_was_sent(small: Small) -> None:
    """In a list, in a map, as a field and as an element of the body: the others are read, and the gap reported."""
    seen: list[tuple[str, str]] = []
    odd, good = {"qubits": 2}, small("models").Circuit(gates=[])
    small("core").set_drift_callback(lambda kind, module, detail: seen.append((module.rpartition(".")[2], detail)))
    try:
        job = read_job(small, steps=[odd, {"gates": []}], circuits={"a": odd, "b": {"gates": []}}, parent={"id": "2"})
        jobs = small("api.jobs.list_jobs").parse_response(response([odd, JOB, None, 3]))
    finally:
        small("core").set_drift_callback(None)
    assert (job.steps, job.circuits, job.parent) == ([odd, good], {"a": odd, "b": good}, {"id": "2"})
    assert job.to_dict() == JOB | {
        "steps": [odd, {"gates": []}],
        "circuits": {"a": odd, "b": {"gates": []}},
        "parent": {"id": "2"},
    }
    assert jobs == [odd, small("models").Job.from_dict(JOB), None, 3]
    assert sorted(set(seen)) == [
        ("circuit", "the object lacks 'gates'"),
        ("job", "the object lacks 'created_at'"),
    ]


@pytest.mark.parametrize("depth", [128, 200, 400, 900, 50_000])
@pytest.mark.parametrize("where", ["parent", "new", "id", "steps"])
def test_a_body_nested_too_deeply_is_an_error(small: Small, where: str, depth: int) -> None:
    """In whichever field: `repr`, `copy` and `to_dict` of a deeper one would run out of stack."""
    opening, closing = (b"[", b"]") if where == "steps" else (b'{"parent":', b"}")
    deep = opening * depth + b"null" + closing * depth
    body = json.dumps(JOB)[:-1].encode() + b',"' + where.encode() + b'":' + deep + b"}"
    for content in (body, b"[" + body + b"]"):
        operation = "get_job" if content is body else "list_jobs"
        with pytest.raises(small("core").ResponseError, match=r"nested too deeply|not JSON"):
            small(f"api.jobs.{operation}").parse_response(Response(content))


def test_a_body_of_many_levels_can_be_shown_and_sent_back(small: Small) -> None:
    deep: Any = 1
    for _ in range(120):
        deep = {"a": deep}
    job = read_job(small, new=deep, steps=deep, id=deep)
    assert job.to_dict() == JOB | {"new": deep, "steps": deep, "id": deep}
    assert repr(job)
    assert copy.deepcopy(job) == job


def test_a_model_nested_too_deeply_can_be_shown(small: Small) -> None:
    """Such as one that a program made itself; it cannot be sent."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    job = small("models").Job(id="1", status=deep, created_at=deep)
    assert repr(job) == "Job(...)"
    with pytest.raises(small("core").ParameterError, match="nested too deeply"):
        job.to_dict()


@pytest.mark.parametrize(
    "number", [b"1e400", b"-1e400", b"NaN", b"Infinity", b"1" * 4000], ids=lambda text: text[:9].decode()
)
def test_a_number_that_json_or_python_does_not_have_is_kept(small: Small, number: bytes) -> None:
    body = json.dumps(JOB)[:-1].encode() + b"".join(
        b',"%s":%s' % (key, number) for key in (b"priority", b"due_on", b"counts", b"new", b"parent", b"type")
    )
    job = small("api.jobs.get_job").parse_response(Response(body + b"}"))
    assert f"{job.due_on}" == f"{job.priority}" == f"{json.loads(number)}"
    assert set(job.to_dict()) == {*JOB, "priority", "due_on", "counts", "new", "parent", "type"}


def test_an_integer_of_too_many_digits_is_not_json(small: Small) -> None:
    with pytest.raises(small("core").ResponseError, match="not JSON"):
        small("api.jobs.get_job").parse_response(Response(b'{"id": ' + b"1" * 5000 + b"}"))


@pytest.mark.parametrize("text", ["\\ud800", "a\\udfff"])
def test_half_a_surrogate_pair_is_kept(small: Small, text: str) -> None:
    body = json.dumps(JOB | {"status": "?", "type": "?"}).replace("?", text).encode()
    job = small("api.jobs.get_job").parse_response(Response(body))
    assert job.status == job.type_ == json.loads(f'"{text}"')


def test_an_error_body_is_read_where_it_is_documented(small: Small) -> None:
    """By its status, or for any other by the document's `default`."""
    parse, problem = small("api.jobs.list_jobs").parse_error, small("models").Problem
    assert parse(response({"code": "NO_PROJECT", "detail": None}, 404)) == problem(code="NO_PROJECT", detail=None)
    assert parse(response({"code": "DOWN"}, 503)) == problem(code="DOWN")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"{}", b"null", b"[" * 100_000])
def test_an_error_body_that_cannot_be_read_gives_none(small: Small, content: bytes) -> None:
    """The error itself matters more than its body."""
    assert small("api.jobs.list_jobs").parse_error(Response(content, 404)) is None


def test_an_operation_without_documented_error_body_has_no_parser_for_it(small: Small) -> None:
    assert not hasattr(small("api.jobs.get_job"), "parse_error")


# --- what a document does not foresee is kept


def test_null_where_the_document_has_none_is_not_there(small: Small) -> None:
    """Many servers send null for a field that they leave out; where null means something, it stays."""
    job = read_job(small, type=None, steps=None, priority=None, finished_at=None, input=None)
    unset = small("core").UNSET
    assert [job.type_, job.steps, job.priority] == [unset] * 3
    assert [job.finished_at, job.input_] == [None, None]
    assert job.to_dict() == JOB | {"finished_at": None, "input": None}


def test_an_unknown_word_is_kept(small: Small) -> None:
    """It equals the text that came, says that it is unknown, and goes back as it came."""
    job = read_job(small, status="PAUSED", priority=9)
    status = small("models").JobStatus
    assert (type(job.status), job.status, job.status.value) == (status, "PAUSED", "PAUSED")
    assert (job.status.is_known, status.DONE.is_known, job.priority.is_known) == (False, True, False)
    assert (str(job.status), f"{job.priority}") == ("PAUSED", "9")
    assert job.to_dict() == JOB | {"status": "PAUSED", "priority": 9}
    assert {job.status: 1}["PAUSED"] == 1


@pytest.mark.parametrize("value", [1, 1.5, True, ["DONE"], {"a": 1}], ids=repr)
def test_a_value_of_another_type_is_kept(small: Small, value: Any) -> None:
    """One field that is not as documented does not lose the whole response."""
    fields = {"status": value, "due_on": value, "created_at": value, "type": value}
    assert read_job(small, **fields).to_dict() == JOB | fields


@pytest.mark.parametrize("text", ["", "soon", "2025-13-01T00:00:00Z", "12:00", "1735819200"])
def test_a_time_that_cannot_be_read_is_kept(small: Small, text: str) -> None:
    job = read_job(small, created_at=text, due_on=text)
    assert (job.created_at, job.due_on) == (text, text)
    assert job.to_dict() == JOB | {"created_at": text, "due_on": text}


def test_a_time_without_zone_is_read_as_utc(small: Small) -> None:
    """Servers that leave the zone out mean UTC; sending such a time, which is the caller's, is another matter."""
    job = read_job(small, created_at="2025-01-02T12:00:00.5")
    assert job.created_at == datetime(2025, 1, 2, 12, 0, 0, 500_000, tzinfo=UTC)
    assert job.to_dict()["created_at"] == "2025-01-02T12:00:00.500000Z"


def test_unknown_fields_are_kept_and_sent_back(small: Small) -> None:
    """At every depth; they can be read and changed as `additional_properties`."""
    body = JOB | {"new": {"a": [1, None]}, "parent": JOB | {"newer": 2}}
    job = small("models").Job.from_dict(body)
    assert job.additional_properties == {"new": {"a": [1, None]}}
    assert job.parent.additional_properties == {"newer": 2}
    assert job.to_dict() == body
    job.additional_properties["new"] = None
    assert job.to_dict()["new"] is None


def test_unknown_fields_count_when_objects_are_compared(small: Small) -> None:
    """Looking at them does not make a difference."""
    job = small("models").Job.from_dict
    assert job(JOB) != job(JOB | {"new": 1})
    looked_at = job(JOB)
    assert looked_at.additional_properties == {}
    assert looked_at == job(JOB)


def test_additional_properties_of_a_known_type_are_decoded(small: Small) -> None:
    """Where the document says of which type they are."""
    line = small("models").Timeline.from_dict({"start": "2025-01-02T12:00:00Z", "queued": "2025-01-02T12:00:01Z"})
    assert line.additional_properties == {"queued": datetime(2025, 1, 2, 12, 0, 1, tzinfo=UTC)}
    assert line.to_dict() == {"start": "2025-01-02T12:00:00Z", "queued": "2025-01-02T12:00:01Z"}


# --- unions


@pytest.mark.parametrize("extra", [{}, {"qubits": 2}, {"comment": "?"}], ids=str)
def test_a_union_is_dispatched_by_its_keys(small: Small, extra: dict[str, Any]) -> None:
    """Never by the order in which the document lists the alternatives."""
    models = small("models")
    assert type(read_job(small, input={"gates": ["h 0"], **extra}).input_) is models.Circuit
    assert type(read_job(small, input={"samples": [0.5], **extra}).input_) is models.Pulse


def test_the_alternative_that_knows_most_keys_is_taken(small: Small) -> None:
    """Where several have all the keys that they require, in whichever order they are listed."""
    models, decode = small("models"), small("core").decode_model
    for order in ((models.Cancellation, models.Circuit), (models.Circuit, models.Cancellation)):
        assert type(decode({"gates": [], "qubits": 1, "reason": "?"}, *order)) is models.Circuit
        assert type(decode({"reason": "late"}, *order)) is models.Cancellation


def test_a_union_that_no_alternative_fits_keeps_the_value(small: Small) -> None:
    for value in ({"qubits": 2}, {}, "text", 3, [1]):
        assert read_job(small, input=value).input_ == value


# --- secrets, copies, pickles


def test_secrets_are_not_shown(small: Small) -> None:
    """A field of `format: password` is there to be used, not to be logged; what is UNSET is not shown at all."""
    job = read_job(small, token="hush")
    assert job.token == "hush"
    assert job.to_dict()["token"] == "hush"
    assert "hush" not in f"{job!r}{job}"
    assert "token=<hidden>" in repr(job)
    assert "token" not in repr(read_job(small))


def test_models_can_be_pickled_and_copied(small: Small) -> None:
    """Equal to the original, with unknown words and fields, and UNSET still the one UNSET."""
    job = read_job(small, status="PAUSED", priority=9, input={"samples": [1.0]}, new=[1])
    for again in (pickle.loads(pickle.dumps(job)), copy.deepcopy(job), copy.copy(job)):
        assert again == job
        assert again.type_ is small("core").UNSET
        assert (again.status.is_known, again.priority.is_known) == (False, False)
        assert again.additional_properties == {"new": [1]}


def test_unset_is_false_and_stays_itself(small: Small) -> None:
    unset = small("core").UNSET
    assert not unset
    assert repr(unset) == "UNSET"
    assert all(pickle.loads(pickle.dumps(unset, protocol)) is unset for protocol in range(pickle.HIGHEST_PROTOCOL + 1))
    assert copy.deepcopy(unset) is unset


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


FIELDS = ("id", "status", "type", "created_at", "due_on", "priority", "parent", "steps", "circuits", "counts", "input")


@given(body=st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_body_whatever_breaks_a_parser(small: Small, body: bytes) -> None:
    """The result is a model, or a `ResponseError`; nothing else ever comes out."""
    with suppress(small("core").ResponseError):
        assert type(small("api.jobs.get_job").parse_response(Response(body))) is small("models").Job


@given(fields=st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_field_whatever_breaks_a_parser(small: Small, fields: dict[str, Any]) -> None:
    """An object that has the required keys is read; each other value is kept, and goes back as it came."""
    job = read_job(small, **fields)
    sent = JOB | fields
    # Null is read as a field that is not there, where the document does not allow it.
    assert job.to_dict().items() >= {key: value for key, value in sent.items() if value is not None}.items()
    assert repr(job)
    small("api.jobs.list_jobs").parse_response(response([sent, JOB]))

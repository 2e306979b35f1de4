"""Outcomes: results and errors that come back from text as they were."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from typing import get_args

import pydantic
import pytest

from anyqpu import Counts, JobHandle, Money, Result, ResultItem, ResultKind
from anyqpu.errors import (
    AnyQPUError,
    BudgetExceededError,
    ConflictError,
    JobCancelledError,
    JobFailedError,
    JobTimedOutError,
    NotFoundError,
    ResultNotAvailableError,
    SubmissionUnknownError,
    ValidationError,
)
from anyqpu.ledger.entry import MOST_BODY, Entry, Outcome, OutcomeKind
from tests.ledger.jobs import HANDLE


def result_of(states: int) -> Result:
    counts = Counts({f"{state:020b}": 1 for state in range(states)})
    return Result(job_id="5904a9f2", provider="kipu", items=(ResultItem(kind=ResultKind.COUNTS, counts=counts),))


def test_a_result_comes_back() -> None:
    result = result_of(3)
    outcome = Outcome.completed(result, HANDLE)
    assert (outcome.kind, outcome.handle) == ("completed", HANDLE)
    assert outcome.result() == result
    assert Outcome.from_dict(json.loads(json.dumps(outcome.to_dict()))) == outcome
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_of_a_large_result_only_the_handle_is_kept() -> None:
    # One state has 20 characters, and its count is written twice.
    for states, is_kept in ((500, True), (3000, False)):
        result = result_of(states)
        outcome = Outcome.completed(result, HANDLE)
        assert (outcome.body is not None) is is_kept
        assert (len(json.dumps(result.to_dict(), separators=(",", ":"))) <= MOST_BODY) is is_kept
    with pytest.raises(ResultNotAvailableError, match=f"anyqpu.resume\\('{HANDLE}'\\)"):
        outcome.result()
    with pytest.raises(ResultNotAvailableError):
        Outcome.completed(None, HANDLE).result()


@pytest.mark.parametrize(
    "error",
    [
        JobFailedError("the circuit has no measurement", provider="kipu", code="E7", job_status="failed"),
        JobCancelledError("the job was cancelled"),
        JobTimedOutError("too long"),
        ValidationError("shots must be at least 1", status_code=422, fields=("shots",), hint="Give more"),
        NotFoundError("no such device", provider="kipu", operation="get_device", request_id="r-1"),
        ConflictError("the key is used", key="k-1"),
        BudgetExceededError("too much", device="fez", max_cost=Money(Decimal(1), "EUR")),
        AnyQPUError("something else", body={"detail": "x"}),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_back(error: AnyQPUError) -> None:
    outcome = Outcome.ended("failed", error, HANDLE)
    again = Outcome.from_dict(json.loads(json.dumps(outcome.to_dict())))
    assert again == outcome
    with pytest.raises(AnyQPUError) as caught:
        again.result()
    assert type(caught.value) is type(error)
    assert str(caught.value) == str(error)
    shown = {name: value for name, value in caught.value.to_dict().items() if name != "handle"}
    assert shown == {name: value for name, value in error.to_dict().items() if name != "handle"}
    if isinstance(caught.value, JobFailedError):
        assert caught.value.handle == JobHandle.parse(HANDLE)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("failed", JobFailedError),
        ("cancelled", JobCancelledError),
        ("timed_out", JobTimedOutError),
        ("refused", ValidationError),
        ("gone", NotFoundError),
        ("unknown", SubmissionUnknownError),
    ],
)
def test_an_outcome_without_an_error_raises_what_a_job_would(kind: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Outcome.ended(kind, None).result()  # type: ignore[arg-type]


def test_an_unknown_submit_keeps_its_key() -> None:
    outcome = Outcome.ended("unknown", SubmissionUnknownError("the connection broke", dedup_key="k-1", provider="kipu"))
    with pytest.raises(SubmissionUnknownError, match="the connection broke") as caught:
        outcome.result()
    assert (caught.value.key, caught.value.provider) == ("k-1", "kipu")


def test_a_large_error_is_kept_in_short() -> None:
    outcome = Outcome.ended("failed", JobFailedError("x" * 100_000, key="k-1"))
    assert outcome.error is not None
    assert len(outcome.error) < 2000
    with pytest.raises(JobFailedError, match=r"x{1000}$") as caught:
        outcome.result()
    assert caught.value.key == "k-1"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"v": 2, "kind": "failed"}, "the version '2' is not supported"),
        ({"v": 1, "kind": "lost"}, "invalid Outcome: unknown kind 'lost'"),
        ([], "expected a dictionary, not list"),
    ],
)
def test_a_form_that_is_not_an_outcome(data: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Outcome.from_dict(data)  # type: ignore[arg-type]


def test_a_service_can_return_an_outcome() -> None:
    class Response(pydantic.BaseModel):
        outcome: Outcome | None

    outcome = Outcome.completed(result_of(2), HANDLE)
    text = Response(outcome=outcome).model_dump_json()
    assert json.loads(text)["outcome"] == outcome.to_dict()
    assert Response.model_validate_json(text).outcome == outcome
    properties = Response.model_json_schema()["$defs"]["Outcome"]["properties"]
    assert set(properties) == {"v", "kind", "result", "error", "handle"}
    assert properties["kind"]["enum"] == list(get_args(OutcomeKind))
    # An entry is written.
    assert "state" in pydantic.TypeAdapter(Entry).json_schema(mode="serialization")["properties"]

"""Errors: one tree, one sentence, and they survive pickling."""

from __future__ import annotations

import inspect
import pickle

import pytest

from anyqpu import errors

ALL = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.AnyQPUError) and kind.__module__ == "anyqpu.errors"
]
NEEDS = {"SubmissionUnknownError": {"dedup_key": "k"}}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_caught_by_its_root_and_survives_pickling(kind: type[errors.AnyQPUError]) -> None:
    error = kind("no such job", provider="kipu", operation="getJob", status_code=404, **NEEDS.get(kind.__name__, {}))
    assert isinstance(error, errors.AnyQPUError)
    assert isinstance(error, Exception)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert again.__dict__ == error.__dict__
    assert str(again) == str(error)


def test_the_text_says_where_what_and_what_to_do() -> None:
    error = errors.AuthenticationError(
        "token expired",
        provider="kipu",
        operation="getJob",
        status_code=401,
        code="expired",
        request_id="r-1",
        hint="Get a new one",
    )
    assert str(error) == "kipu getJob: token expired (status 401, code expired, request id r-1). Get a new one"


def test_usual_exceptions_catch_the_usual_things() -> None:
    assert issubclass(errors.WaitTimeoutError, TimeoutError)
    assert issubclass(errors.ReadTimeoutError, TimeoutError)
    assert issubclass(errors.ValidationError, ValueError)

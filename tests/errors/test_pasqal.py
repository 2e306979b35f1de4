"""Pasqal's envelope, the form that its document promises, and its token endpoint."""

from __future__ import annotations

from typing import Any

import pytest

from anyqpu import errors
from tests.errors.responses import error_for

LIST = [
    {"loc": ["body", "jobs", 0, "runs"], "msg": "ensure this value is greater than 0", "type": "value_error"},
    {"loc": ["body", "device_type"], "msg": "field required", "type": "value_error.missing"},
]
SAID = "jobs.0.runs: ensure this value is greater than 0; device_type: field required"


@pytest.mark.parametrize(
    "body",
    [
        {"status": "fail", "message": "Unprocessable Entity", "code": "422", "data": {"description": LIST}},
        {"status": "fail", "message": "Unprocessable Entity", "code": 422, "data": {"description": LIST}},
        {"status": "fail", "data": LIST},
        {"detail": LIST},
    ],
    ids=["envelope", "code-is-a-number", "without-description", "as-documented"],
)
def test_what_is_wrong_with_the_input_is_said_field_by_field(body: Any) -> None:
    error = error_for("pasqal", 422, body)
    assert isinstance(error, errors.ValidationError)
    assert error.message == SAID
    assert error.fields == ("jobs.0.runs", "device_type")
    assert error.code is None, "the status is not an error code"


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (
            404,
            {"status": "fail", "message": "Not Found", "code": "404", "data": {"description": "Batch was not found"}},
            errors.NotFoundError,
            "Batch was not found",
        ),
        (404, {"status": "fail", "message": "Not Found", "code": 404}, errors.NotFoundError, "Not Found"),
        (
            403,
            {"message": "Workload is closed", "data": {"description": "Write access required"}},
            errors.PermissionDeniedError,
            "Workload is closed: Write access required",
        ),
        (400, {"detail": "quiz exists"}, errors.ValidationError, "quiz exists"),
        (400, {"status": "fail", "data": "no such device"}, errors.ValidationError, "no such device"),
        (500, {"status": "error", "message": "Internal Server Error", "data": None}, errors.ServerError, "Internal"),
        (502, {}, errors.ServerError, "the server returned status 502"),
    ],
)
def test_the_reason_is_taken_from_where_it_is(
    status: int, body: Any, kind: type[errors.APIError], message: str
) -> None:
    error = error_for("pasqal", status, body)
    assert type(error) is kind
    assert error.message.startswith(message)


def test_a_code_of_its_own_is_kept() -> None:
    body = {"status": "fail", "message": "Not Found", "code": "JOB_NOT_FOUND", "data": {"description": "gone"}}
    assert error_for("pasqal", 404, body).code == "JOB_NOT_FOUND"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refused_password_is_a_matter_of_credentials_whatever_its_status(status: int) -> None:
    error = error_for("pasqal", status, {"error": "invalid_grant", "error_description": "Wrong email or password."})
    assert type(error) is errors.AuthenticationError
    assert (error.message, error.code, error.status_code) == ("Wrong email or password.", "invalid_grant", status)
    assert "Check user name, password" in str(error)

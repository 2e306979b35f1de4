"""Kipu's problem details, their predecessors, and what a Spring service says by default."""

from __future__ import annotations

import time
from typing import Any

import pytest

from anyqpu import errors
from tests.errors.responses import error_for


@pytest.mark.parametrize(
    ("status", "body", "kind", "message", "code"),
    [
        (
            404,
            {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "Job j-1 not found",
                "instance": "/x",
            },
            errors.NotFoundError,
            "Job j-1 not found",
            None,
        ),
        (422, {"title": "Sessions are not supported"}, errors.ValidationError, "Sessions are not supported", None),
        (
            401,
            {"error_message": "token unknown", "status": "UNAUTHORIZED"},
            errors.AuthenticationError,
            "token unknown",
            "UNAUTHORIZED",
        ),
        (
            500,
            {"timestamp": "2026-01-01", "status": 500, "error": "Internal Server Error", "path": "/jobs"},
            errors.ServerError,
            "Internal Server Error",
            None,
        ),
        (
            400,
            {"error": {"message": "unknown gate", "code": "QASM-7", "details": {}}},
            errors.ValidationError,
            "unknown gate",
            "QASM-7",
        ),
    ],
    ids=["problem", "title-only", "before-problem-details", "spring", "envelope-of-a-failed-job"],
)
def test_every_form_is_read(
    status: int, body: Any, kind: type[errors.APIError], message: str, code: str | None
) -> None:
    error = error_for("kipu", status, body)
    assert (type(error), error.message, error.code) == (kind, message, code)


def test_wrong_fields_are_named() -> None:
    body = {"detail": "Invalid request", "errors": [{"field": "shots", "defaultMessage": "must be 1 or more"}]}
    error = error_for("kipu", 400, body)
    assert isinstance(error, errors.ValidationError)
    assert error.fields == ("shots",)
    assert error.message == "Invalid request: shots: must be 1 or more"


def test_a_response_without_a_body_may_give_its_reason_in_a_header() -> None:
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token", error_description="The token has expired"'}
    assert error_for("kipu", 401, headers=headers).message == "The token has expired"


def test_the_rate_limit_is_reset_at_a_unix_time() -> None:
    error = error_for("kipu", 429, headers={"X-RateLimit-Reset": str(time.time() + 60)})
    assert error.retry_after == pytest.approx(60, abs=10)


@pytest.mark.parametrize("value", ["60", "soon", "-1", "1e999"])
def test_an_invalid_reset_time_is_ignored(value: str) -> None:
    assert error_for("kipu", 429, headers={"X-RateLimit-Reset": value}).retry_after is None


def test_the_login_server_speaks_oauth() -> None:
    error = error_for("kipu", 400, {"error": "invalid_grant", "error_description": "Session not active"})
    assert (type(error), error.code) == (errors.AuthenticationError, "invalid_grant")

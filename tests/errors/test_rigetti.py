"""Rigetti's one error form, the exception to it, and its token endpoint."""

from __future__ import annotations

import pytest

from anyqpu import errors
from tests.errors.responses import error_for


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "unauthorized", errors.AuthenticationError),
        (403, "forbidden", errors.PermissionDeniedError),
        (404, "not_found", errors.NotFoundError),
        (402, "insufficient_payment", errors.PaymentRequiredError),
        (409, "reservation_unavailable", errors.ReservationUnavailableError),
        (409, "a_newer_word", errors.ConflictError),
        (422, "invalid_input", errors.ValidationError),
        (422, "invalid_password_reset_token", errors.ValidationError),
        (500, "insufficient_payment", errors.ServerError),
    ],
)
def test_the_class_follows_status_and_code(status: int, code: str, kind: type[errors.APIError]) -> None:
    error = error_for("rigetti", status, {"code": code, "message": "because of that", "requestId": "r-1"})
    assert type(error) is kind
    assert (error.message, error.code, error.request_id) == ("because of that", code, "r-1")
    assert error.hint or kind in {errors.ValidationError, errors.NotFoundError}


def test_every_validation_error_is_said_and_named() -> None:
    body = {
        "code": "invalid_input",
        "message": "The request is invalid",
        "requestId": "r-1",
        "validationErrors": [
            {"in": "body", "path": ["startTime"], "message": "is in the past"},
            {"in": "body", "path": ["filters", 0, "name"], "message": "is required"},
            {"in": "query", "message": "pageSize must be a number"},
        ],
    }
    error = error_for("rigetti", 422, body)
    assert isinstance(error, errors.ValidationError)
    assert error.fields == ("startTime", "filters.0.name", "query")
    assert error.message == (
        "The request is invalid: startTime: is in the past; filters.0.name: is required;"
        " query: pageSize must be a number"
    )


def test_a_bare_validation_error_is_read_too() -> None:
    error = error_for("rigetti", 422, {"in": "path", "path": ["endpointId"], "message": "is not a UUID"})
    assert isinstance(error, errors.ValidationError)
    assert (error.fields, error.message) == (("endpointId",), "endpointId: is not a UUID")


def test_engagements_that_are_not_to_be_had_say_when_to_ask_again_without_a_body() -> None:
    error = error_for("rigetti", 503, headers={"Retry-After": "15"})
    assert type(error) is errors.ServiceUnavailableError
    assert error.retry_after == 15
    assert str(error) == "rigetti getJob: the server returned status 503 (status 503). Try again in 15 s"


def test_the_token_endpoint_has_its_own_forms() -> None:
    refused = error_for(
        "rigetti", 400, {"error": "invalid_grant", "error_description": "The refresh token is invalid."}
    )
    assert type(refused) is errors.AuthenticationError
    okta = error_for("rigetti", 401, {"errorCode": "E0000011", "errorSummary": "Invalid token", "errorId": "oae1"})
    assert (okta.message, okta.code, okta.request_id) == ("Invalid token", "E0000011", "oae1")

"""Scaleway's standard errors, one by one: class, words, fields, waiting time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from anyqpu import errors
from tests.errors.responses import error_for

BODIES = json.loads((Path(__file__).parent / "data" / "scaleway_standard_errors.json").read_text())
SERVER = "instance_server f974feac-abae-4365-b988-8ec7d1cec10d"
# In the order of the file.
EXPECTED = [
    (errors.ValidationError, "invalid arguments: size: must be lower than 50GB; id: is required"),
    (errors.ValidationError, "Validation Error: volumes.5.id: 92 is not a valid UUID."),
    (errors.AuthenticationError, "the API key is not known"),
    (errors.AuthenticationError, "the JWT has expired"),
    (errors.PermissionDeniedError, "not allowed: read instance_volume"),
    (
        errors.PermissionDeniedError,
        "the quota is exhausted: instance_volume 10 of 10 in use (its project is b7a1cf21-1e90-464c-a9f6-375c4d1f4b64)",
    ),
    (errors.NotFoundError, f"{SERVER} was not found"),
    (errors.NotFoundError, '"11111111-1111-4111-8111-111111111111" not found'),
    (errors.ConflictError, f"{SERVER} is starting"),
    (errors.ConflictError, "The customer level NAME already exists"),
    (errors.ConflictError, "Group is in use. You cannot delete it."),
    (errors.AuthenticationError, "account_token has expired on 2017-01-15T01:30:15.01Z"),
    (errors.ConflictError, "All servers must be removed from the private network before deleting it."),
    (errors.ConflictError, "an attribute must be set first"),
    (errors.ConflictError, f"{SERVER} is locked"),
    (errors.RateLimitedError, "You are limited to 3 requests per hour to reset your password (3 in 60 s)"),
    (errors.RateLimitedError, "too many requests"),
    (errors.ServerError, "unknown service"),
    (errors.ServiceUnavailableError, "kubernetes_cluster is out of stock"),
]


@pytest.mark.parametrize(
    ("recorded", "expected"),
    list(zip(BODIES, EXPECTED, strict=True)),
    ids=[f"{body['status']}-{body['body'].get('type', 'untyped')}" for body in BODIES],
)
def test_each_standard_error_has_a_class_and_says_what_is_wrong(
    recorded: Mapping[str, Any], expected: tuple[type[errors.APIError], str]
) -> None:
    error = error_for("scaleway", recorded["status"], recorded["body"])
    assert (type(error), error.message) == expected
    assert error.code == recorded["body"].get("type")
    assert error.status_code == recorded["status"]
    assert error.hint or isinstance(error, errors.ValidationError | errors.NotFoundError)


def test_wrong_arguments_are_named() -> None:
    new, old = (error_for("scaleway", 400, body["body"]) for body in BODIES[:2])
    assert isinstance(new, errors.ValidationError)
    assert new.fields == ("size", "id")
    assert isinstance(old, errors.ValidationError)
    assert old.fields == ("volumes.5.id",)


def test_a_quota_has_its_own_hint() -> None:
    assert "larger quota" in str(error_for("scaleway", 403, BODIES[5]["body"]))


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({}, {"reset_seconds": 13}, 13),
        ({}, {"reset_seconds": "13"}, 13),
        ({"X-RateLimit-Reset": "7"}, {}, 7),
        ({"X-RateLimit-Reset": "7"}, {"reset_seconds": 13}, 13),
        ({"Retry-After": "2", "X-RateLimit-Reset": "7"}, {"reset_seconds": 13}, 2),
        ({}, {"reset_at": "2022-05-23T15:00:00.01Z"}, 0),
        ({}, {"reset_seconds": -5}, 0),
        ({}, {"reset_at": "soon", "reset_seconds": None}, None),
        ({"X-RateLimit-Reset": "nan"}, {"reset_seconds": True}, None),
    ],
)
def test_how_long_to_wait_is_in_the_headers_or_in_the_body(
    headers: dict[str, str], body: dict[str, Any], seconds: float | None
) -> None:
    error = error_for("scaleway", 429, {"type": "too_many_requests"} | body, headers=headers)
    assert error.retry_after == seconds


def test_a_time_becomes_seconds() -> None:
    reset_at = (datetime.now(UTC) + timedelta(seconds=60)).isoformat()
    error = error_for("scaleway", 429, {"type": "too_many_requests", "reset_at": reset_at})
    assert error.retry_after == pytest.approx(60, abs=10)
    assert "Try again in" in str(error)


def test_the_reset_of_a_rate_limit_is_for_that_error_only() -> None:
    assert error_for("scaleway", 500, headers={"X-RateLimit-Reset": "3600"}).retry_after is None


@pytest.mark.parametrize(
    ("body", "headers", "message"),
    [
        (b"", {"Content-Type": "text/plain"}, "the server returned status 502"),
        (b"no healthy upstream", {"Content-Type": "text/plain; charset=utf-8"}, "no healthy upstream"),
        (b"no healthy upstream", {}, "no healthy upstream"),
        (b"<html>Bad gateway</html>", {"Content-Type": "text/html"}, "the server returned status 502"),
        (b"<html>Bad gateway</html>", {}, "the server returned status 502"),
        (b"one\ntwo", {}, "the server returned status 502"),
        (b"x" * 500, {}, "the server returned status 502"),
        (b'{"type": "invalid_arg', {}, "the server returned status 502"),
    ],
)
def test_a_body_other_than_json_is_shown_only_if_it_is_one_short_line(
    body: bytes, headers: dict[str, str], message: str
) -> None:
    assert error_for("scaleway", 502, body, headers=headers).message == message


def test_a_type_that_is_not_known_keeps_its_name_and_its_words() -> None:
    error = error_for("scaleway", 409, {"type": "on_fire", "help_message": "put it out first"})
    assert (error.code, error.message) == ("on_fire", "put it out first")

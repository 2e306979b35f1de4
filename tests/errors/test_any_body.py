"""Whatever a server, a proxy or a bug sends: a typed error with the right status, in one printable line."""

from __future__ import annotations

import json
import pickle
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyqpu import errors
from anyqpu.transport.failures import kind_of, number_of, retry_after
from tests.errors.responses import READERS, error_for

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["422", "<html>", "\ud800", "\x1b[31m", "about:blank", 10**400, -1e308])
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
STATUSES = st.sampled_from([300, 302, 400, 401, 402, 403, 404, 408, 409, 410, 412, 422, 423, 429, 499, 500, 501, 503])

# Bodies as they should be; a place in one of them is then given any value.
GOOD: list[dict[str, Any]] = [
    {"type": "invalid_arguments", "details": [{"argument_name": "a", "reason": "format", "help_message": "b"}]},
    {"type": "invalid_request_error", "message": "no", "fields": {"a": ["b"]}},
    {"type": "denied_authentication", "method": "jwt", "reason": "expired"},
    {"type": "permissions_denied", "details": [{"resource": "a", "action": "b"}]},
    {"type": "quotas_exceeded", "details": [{"resource": "a", "quota": 1, "current": 1, "project_id": "p"}]},
    {"type": "not_found", "resource": "a", "resource_id": "b"},
    {"type": "transient_state", "resource": "a", "resource_id": "b", "current_state": "c"},
    {"type": "already_exists", "resource": "a", "resource_id": "b", "help_message": "c"},
    {"type": "expired", "resource": "account_token", "resource_id": "b", "expired_since": "c"},
    {"type": "precondition_failed", "precondition": "a", "help_message": ""},
    {"type": "locked", "resource": "a", "resource_id": "b"},
    {"type": "too_many_requests", "help_message": "", "limit": {"quota": 1, "window_seconds": 2}, "reset_seconds": 3},
    {"type": "too_many_requests", "reset_at": "2022-05-23T15:00:00.01Z"},
    {"type": "out_of_stock", "resource": "a"},
    {
        "status": "fail",
        "message": "a",
        "code": "b",
        "data": {"description": [{"loc": ["a", 1], "msg": "b", "type": "c"}]},
    },
    {"detail": [{"loc": ["a"], "msg": "b", "type": "c"}]},
    {"error": "invalid_grant", "error_description": "a"},
    {"error": {"message": "a", "code": "b"}},
    {"type": "a", "title": "b", "status": 400, "detail": "c", "errors": [{"field": "d", "defaultMessage": "e"}]},
    {"code": "a", "message": "b", "requestId": "c", "validationErrors": [{"in": "a", "path": ["b"], "message": "c"}]},
]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is anything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, item in inner for place in places(item, (*at, key)))]


def with_value(body: Any, at: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at a place."""
    if not at:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    copy[at[0]] = with_value(copy[at[0]], at[1:], value)
    return copy


def check(error: errors.APIError, status: int) -> None:
    assert isinstance(error, errors.APIError)
    assert error.status_code == status
    assert error.message
    assert error.message.isprintable()
    text = str(error)
    assert "getJob: " in text
    assert f"status {status}" in text
    assert len(text.encode()) < 5000
    assert error.retry_after is None or 0 <= error.retry_after < float("inf")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), text)
    assert len(json.dumps(error.body, ensure_ascii=False).encode()) <= 6000


@pytest.mark.parametrize("cloud", [*READERS, None])
@settings(max_examples=60, deadline=None)
@given(status=STATUSES, body=JSON)
def test_any_json_value_will_do(cloud: str | None, status: int, body: Any) -> None:
    check(error_for(cloud, status, body), status)


@pytest.mark.parametrize("cloud", READERS)
@settings(max_examples=100, deadline=None)
@given(data=st.data(), status=STATUSES)
def test_any_value_at_any_place_of_a_real_body_will_do(cloud: str, data: st.DataObject, status: int) -> None:
    body = data.draw(st.sampled_from(GOOD))
    place = data.draw(st.sampled_from(places(body)))
    check(error_for(cloud, status, with_value(body, place, data.draw(JSON))), status)


@pytest.mark.parametrize("cloud", [*READERS, None])
@settings(max_examples=100, deadline=None)
@given(data=st.data(), status=STATUSES)
def test_any_bytes_will_do_and_so_will_any_part_of_a_body(cloud: str | None, data: st.DataObject, status: int) -> None:
    whole = json.dumps(data.draw(st.sampled_from(GOOD))).encode()
    body = data.draw(st.binary(max_size=200) | st.integers(0, len(whole)).map(lambda end: whole[:end]))
    headers = {
        name: data.draw(st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=20))
        for name in ("Retry-After", "X-RateLimit-Reset", "Content-Type", "WWW-Authenticate", "X-Request-Id")
    }
    check(error_for(cloud, status, body, headers=headers), status)


@pytest.mark.parametrize("cloud", READERS)
@pytest.mark.parametrize(
    "body", [b"[" * 5000, b'{"a":' * 5000, b"[" * 60000, b"9" * 5000, b'"' + b"\\u0000" * 700 + b'"']
)
def test_a_hostile_body_is_only_a_strange_one(cloud: str, body: bytes) -> None:
    check(error_for(cloud, 500, body), 500)


@pytest.mark.parametrize(
    "piece", [b"token", b"a.", b"https://", b'"token":', b"bearer ", b"eyJ", b"secret=", b"\\", b" "]
)
def test_a_large_body_does_not_hold_the_event_loop(piece: bytes) -> None:
    began = time.thread_time()
    error_for("scaleway", 500, piece * (10_000_000 // len(piece)))
    # Of this thread alone: emulators of other tests may be at work in the same process.
    assert time.thread_time() - began < 0.5, "milliseconds, with room for a busy machine"


@pytest.mark.parametrize("cloud", [*READERS, None])
@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (302, errors.UnexpectedResponseError, False),
        (405, errors.UnexpectedResponseError, False),
        (408, errors.UnexpectedResponseError, True),
        (410, errors.NotFoundError, False),
        (412, errors.ConflictError, False),
        (413, errors.ValidationError, False),
        (423, errors.ConflictError, False),
        (425, errors.UnexpectedResponseError, True),
        (429, errors.RateLimitedError, True),
        (500, errors.ServerError, True),
        (501, errors.ServerError, False),
        (503, errors.ServiceUnavailableError, True),
        (599, errors.ServerError, True),
    ],
)
def test_a_status_alone_is_enough(cloud: str | None, status: int, kind: type[errors.APIError], retryable: bool) -> None:
    error = error_for(cloud, status)
    assert type(error) is kind is kind_of(status)
    assert error.retryable is retryable
    assert pickle.loads(pickle.dumps(error)).retryable is retryable
    assert error.message == f"the server returned status {status}"


@pytest.mark.parametrize("cloud", READERS)
@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (302, "base URL"),
        (401, "Check the"),
        (402, "Add credit"),
        (403, "permission"),
        (404, "check the base URL"),
        (409, "Look at its state"),
        (429, "Send fewer requests"),
        (500, "try again later"),
        (503, "try again later"),
    ],
)
def test_the_text_says_what_to_do(cloud: str, status: int, advice: str) -> None:
    assert advice in str(error_for(cloud, status))


@pytest.mark.parametrize("cloud", READERS)
@pytest.mark.parametrize("status", [429, 503])
def test_the_text_says_how_long_to_wait(cloud: str, status: int) -> None:
    assert str(error_for(cloud, status, headers={"Retry-After": "12"})).endswith("Try again in 12 s")


@pytest.mark.parametrize("cloud", READERS)
def test_html_is_kept_and_not_shown(cloud: str) -> None:
    error = error_for(cloud, 502, b"<html><h1>Bad gateway</h1></html>", headers={"Content-Type": "text/html"})
    assert error.message == "the server returned status 502"
    assert error.body == "<html><h1>Bad gateway</h1></html>"


@pytest.mark.parametrize("cloud", READERS)
def test_the_request_id_is_taken_from_the_headers_first(cloud: str) -> None:
    error = error_for(cloud, 500, {"requestId": "in-body"}, headers={"X-Request-Id": "in-header"})
    assert "request id in-header" in str(error)


@pytest.mark.parametrize("value", ["inf", "nan", "1e999", "", "Wed, 99 Foo 2026 00:00:00 GMT", "٣٣٣٣٣ x"])
def test_an_invalid_retry_after_is_ignored(value: str) -> None:
    assert retry_after({"retry-after": value}) is None


def test_a_retry_after_without_a_zone_is_utc() -> None:
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 -0000"}) == 0
    assert number_of("0x10") is None

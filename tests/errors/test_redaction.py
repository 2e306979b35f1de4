"""What an error keeps of a body can be logged: no credentials, no signed links, four kilobytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import errors
from anyqpu.transport.failures import read_body
from anyqpu.transport.redact import redact_text, shown
from tests.errors.responses import READERS, error_for

SECRET = "c4n4ry-5ecret-9f8e7d"
LINK = "https://bucket.s3.fr-par.scw.cloud/results/1.json"


@pytest.mark.parametrize("cloud", [*READERS, None])
@pytest.mark.parametrize(
    "key",
    [
        "token", "access_token", "refreshToken", "client_secret", "clientSecret", "Password", "passwd", "Authorization",
        "x-auth-token", "X-Auth-Token", "api_key", "apiKey", "API-KEY", "secret_key", "private_key", "Set-Cookie",
        "X-Amz-Signature", "credentials", "auth",
    ],
)  # fmt: skip
def test_a_value_under_a_key_that_names_a_credential_is_replaced_at_any_depth(cloud: str | None, key: str) -> None:
    body = {"message": "no", "request": [{"inner": {key: SECRET, "other": "kept"}}], key: {"nested": [SECRET]}}
    error = error_for(cloud, 400, body)
    assert SECRET not in repr(error.body)
    assert error.body == {"message": "no", "request": [{"inner": {key: "***", "other": "kept"}}], key: "***"}


@pytest.mark.parametrize("key", ["message", "token_type", "nextPageToken", "device", "signed_at", "author", "passed"])
def test_other_keys_are_left_alone(key: str) -> None:
    assert read_body(json.dumps({key: "value"}).encode()) == {key: "value"}


@pytest.mark.parametrize(
    "problem",
    [
        {"loc": ["body", "password"], "msg": "too short", "input": SECRET},
        {"field": "clientSecret", "rejectedValue": SECRET},
        {"argument_name": "secret_key", "value": {"inner": SECRET}},
    ],
)
def test_a_field_error_does_not_repeat_the_secret_that_was_wrong(problem: dict[str, Any]) -> None:
    for cloud in READERS:
        error = error_for(cloud, 422, {"detail": [problem], "errors": [problem], "details": [problem]})
        assert SECRET not in repr(error.__dict__)
    plain = {"loc": ["body", "shots"], "msg": "too many", "input": 7}
    assert read_body(json.dumps(plain).encode()) == plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"see {LINK}?X-Amz-Signature={SECRET}&X-Amz-Date=1 for more", f"see {LINK}?… for more"),
        (f'"{LINK}?a={SECRET}"', f'"{LINK}?…"'),
        (f"https:\\/\\/h\\/x?a={SECRET}", "https:\\/\\/h\\/x?…"),
        (f"{LINK}#access_token={SECRET}", f"{LINK}?…"),
        (f"https://user:{SECRET}@host/x", "https://***@host/x"),
        (f"Authorization: Bearer {SECRET}", "Authorization: Bearer ***"),
        (f"authorization: Basic {SECRET}=", "authorization: Basic ***"),
        (f"X-Auth-Token: {SECRET}", "X-Auth-Token: ***"),
        (f"token={SECRET}&page=2", "token=***&page=2"),
        (f'{{"client_secret": "{SECRET}", "a": 1', '{"client_secret": "***", "a": 1'),
        (f'{{"password": "{SECRET}', '{"password": "***"'),
        (f"{{'api_key': '{SECRET}'}}", "{'api_key': \"***\"}"),
        ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad", "jwt *** is bad"),
    ],
)
def test_a_text_is_freed_of_what_looks_like_a_credential(text: str, shown: str) -> None:
    assert redact_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "invalid token: expired",
        "token: 2 problems",
        "Basic authentication is required",
        "a bearer token is required",
        "the basic plan allows 3 jobs",
        "the password must have 12 characters",
        "is this https://example.com/a/b it",
        "secret_key: must be a UUID",
        "Why? Because of /v1/x?",
    ],
)
def test_ordinary_sentences_stay_as_they_are(text: str) -> None:
    assert redact_text(text) == text


@pytest.mark.parametrize("cloud", [*READERS, None])
def test_a_credential_that_was_sent_is_hidden_wherever_the_cloud_repeats_it(cloud: str | None) -> None:
    said = {"detail": "no access for plainword", "message": "no access for plainword", "who": ["plainword"]}
    error = error_for(cloud, 401, said, headers={"X-Request-Id": "plainword"}, secrets=["plainword", ""])
    assert "plainword" not in repr(error.__dict__)
    assert "no access for ***" in str(error)


def test_a_signed_link_is_cut_off_in_the_message_too() -> None:
    error = error_for("kipu", 403, {"detail": f"link {LINK}?sig={SECRET} has expired"})
    assert error.message == f"link {LINK}?… has expired"


@pytest.mark.parametrize("tail", [b"", b'"}'], ids=["cut-off", "complete"])
def test_at_most_four_kilobytes_are_kept_and_none_of_them_is_a_credential(tail: bytes) -> None:
    head = json.dumps({"message": "no", "token": SECRET})[:-1].encode() + b', "trace": "'
    error = error_for("rigetti", 500, head + "ü".encode() * 5000 + tail)
    assert isinstance(error.body, str)
    assert 4000 < len(error.body.encode()) <= 4096
    assert error.body.startswith('{"message": "no", "token": "***"')
    assert error.message == ("no" if tail else "the server returned status 500")


def test_a_credential_across_the_limit_is_not_shown_in_part() -> None:
    text = "x" * 4080 + f" https://user:{SECRET}{SECRET}@host/"
    body = error_for(None, 500, text.encode()).body
    assert "c4n4ry" not in body


def test_a_long_list_of_problems_is_shortened_and_keeps_its_names() -> None:
    problems = [{"argument_name": f"a{index}", "reason": "required"} for index in range(30)]
    error = error_for("scaleway", 400, {"type": "invalid_arguments", "details": problems})
    assert isinstance(error, errors.ValidationError)
    assert error.message.endswith("a9: is required; and 20 more")
    assert len(error.fields) == 30


# One line for logs, spans and hooks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b963e46a-7584-4b76", "b963e46a-7584-4b76"),
        ("a\x1b]0;t\x07b\nc\x9b2J", "a ]0;t b c 2J"),
        (f"id {SECRET} id", "id *** id"),
        (f"Bearer {SECRET}", "Bearer ***"),
        (f"{LINK}?sig={SECRET}", f"{LINK}?…"),
        ("x" * 300, "x" * 199 + "…"),
        *((nothing, None) for nothing in ("", " \n ", None, 5, b"x", ["x"])),
    ],
)
def test_a_text_of_a_server_becomes_one_safe_line(text: object, expected: str | None) -> None:
    assert shown(text, [SECRET]) == expected


@pytest.mark.parametrize("length", [10, 150, 500, 3000])
def test_a_known_secret_across_the_limit_is_not_shown_in_part(length: int) -> None:
    secret = "s3cr3t" * (length // 6 + 1)
    for before in range(0, 420, 7):
        text = shown("x" * before + " " + secret + " y", [secret])
        assert text is not None
        assert "s3cr" not in text


def test_a_control_character_inside_a_secret_does_not_hide_it() -> None:
    assert SECRET not in str(shown(f"tok\x00en={SECRET}", [SECRET]))
    assert SECRET not in str(shown(f"Bearer\x1f{SECRET}"))


@given(st.text(), st.lists(st.text(min_size=4), max_size=3), st.integers(min_value=1, max_value=50))
def test_any_text_is_one_short_printable_line(text: str, secrets: list[str], limit: int) -> None:
    line = shown(text, secrets, limit=limit)
    if line is not None:
        assert line.isprintable()
        assert len(line) <= limit
        assert not [secret for secret in secrets if secret in line and secret not in "***…"]


def test_a_known_secret_longer_than_what_a_body_keeps_is_not_shown_in_part() -> None:
    secret = "s3cr3t" * 900
    for before in (0, 100, 2000, 4000, 8100, 8190):
        body = error_for(None, 500, ("x" * before + secret).encode(), secrets=[secret]).body
        assert "s3cr" not in str(body)


def test_links_in_the_message_of_an_error_lose_their_queries_and_users() -> None:
    """An identifier or a status that a server sends may be a link, and its query a signature."""
    error = errors.ValidationError(
        "invalid identifier 'https://ada:canary-p@files.example/a?X-Amz-Signature=canary-s#canary-f'"
    )
    assert str(error) == "invalid identifier 'https://***@files.example/a?…'"
    assert "canary" not in repr(error) + repr(error.args)
    plain = "see https://docs.example/page and http://127.0.0.1:8787 (is it there?)"
    assert errors.ValidationError(plain).message == plain

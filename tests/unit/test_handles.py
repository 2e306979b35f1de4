"""Handles: short as text, whole as JSON, and never a credential."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import JobHandle
from anyqpu.errors import ValidationError

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
addresses = st.from_regex(r"https?://[a-z0-9.-]{1,20}(:[0-9]{1,5})?(/[a-z0-9%._-]{0,9}){0,3}", fullmatch=True)
handles = st.builds(
    JobHandle,
    provider=st.sampled_from(["kipu", "scaleway", "pasqal", "rigetti"]),
    id=words,
    kind=st.sampled_from(["job", "batch", "process", "workload"]) | words,
    session_id=st.none() | words,
    profile=st.none() | words,
    created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    dedup_key=st.none() | words,
    account=st.dictionaries(words, words, max_size=3),
    base_url=st.none()
    | st.from_regex(r"https?://[a-z0-9.-]{1,20}(:[0-9]{1,5})?(/[a-z0-9%._-]{0,9}){0,3}", fullmatch=True),
    decode=st.dictionaries(words, st.integers() | words | st.lists(words)),
)


def test_json_that_nests_too_deeply_is_refused() -> None:
    """It could be neither shown nor pickled."""
    deep = "[" * 900 + "]" * 900
    for text in (f'{{"provider":"kipu","id":"j","decode":{{"a":{deep}}}}}', f'anyqpu:kipu:job:j?decode={{"a":{deep}}}'):
        with pytest.raises(ValidationError, match="nested too deeply"):
            JobHandle.parse(text)


def fields(handle: JobHandle) -> tuple[object, ...]:
    return (
        handle.provider,
        handle.id,
        handle.kind,
        handle.session_id,
        handle.profile,
        handle.created_at,
        handle.dedup_key,
        dict(handle.account),
        handle.base_url,
        dict(handle.decode),
    )


@given(handles)
def test_json_keeps_every_field(handle: JobHandle) -> None:
    assert fields(JobHandle.parse(handle.to_json())) == fields(handle)


@given(handles)
def test_the_text_keeps_what_resuming_takes(handle: JobHandle) -> None:
    again = JobHandle.parse(str(handle))
    # Session and time are in the JSON; the text is for people as well.
    assert fields(again) == fields(replace(handle, session_id=None, created_at=None))


@given(handles)
def test_the_text_is_printable_ascii_whatever_the_cloud_put_into_it(handle: JobHandle) -> None:
    assert str(handle).isascii()
    assert str(handle).isprintable()
    assert " " not in str(handle)


@pytest.mark.parametrize(
    "id", ["a?profile=prod", "a%3Fprofile=prod", "a:b", "a b", " a ", "a\nb", "ä", "\x1b]0;x\x07", "{", "\0"]
)
def test_an_identifier_cannot_change_the_profile(id: str) -> None:
    handle = JobHandle("kipu", id, profile="work")
    again = JobHandle.parse(str(handle))
    assert (again.id, again.profile, again.kind, again.provider) == (id, "work", "job", "kipu")
    assert JobHandle.parse(str(JobHandle("kipu", id))).profile is None


def test_identifiers_in_use_are_not_quoted() -> None:
    """Kipu's and Scaleway's are UUIDs, Rigetti's have dots; the text stays what it was."""
    for id in ("5904a9f2-3c1b-4c1c-8a2e-1f0b2d3c4d5e", "a.b_c~d", "arn:aws:braket:::quantum-task/1"):
        assert str(JobHandle("kipu", id)) == f"anyqpu:kipu:job:{id}"


# As releases before keys, accounts and addresses wrote them: the fields that each gives, in the order of `fields`.
ID = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
KEY = "anyqpu-0123456789abcdef0123456789abcdef"
MAY_1 = datetime(2026, 5, 1, 12, tzinfo=UTC)
RIGETTI = {"device": "Aspen-9", "endpoint": "e", "ro_sources": [["ro[0]", "q0"]], "shots": 20}
EARLIER: dict[str, tuple[object, ...]] = {
    f"anyqpu:kipu:job:{ID}": ("kipu", ID, "job", None, None, None, None, {}, None, {}),
    f"anyqpu:kipu:job:{ID}?profile=work": ("kipu", ID, "job", None, "work", None, None, {}, None, {}),
    f"anyqpu:scaleway:process:{ID}": ("scaleway", ID, "process", None, None, None, None, {}, None, {}),
    f"anyqpu:pasqal:batch:{ID}": ("pasqal", ID, "batch", None, None, None, None, {}, None, {}),
    f"anyqpu:scaleway:job:{ID}?profile=a+b&decode=%7B%22bit_labels%22%3A%5B%22q1%22%2C%22q0%22%5D%7D": (
        *("scaleway", ID, "job", None, "a b", None, None, {}, None, {"bit_labels": ["q1", "q0"]}),
    ),
    "anyqpu:rigetti:job:a/b?decode=%7B%22device%22%3A%22Aspen-9%22%2C%22endpoint%22%3A%22e%22%2C%22ro_sources%22%3A"
    "%5B%5B%22ro%5B0%5D%22%2C%22q0%22%5D%5D%2C%22shots%22%3A20%7D": (
        *("rigetti", "a/b", "job", None, None, None, None, {}, None, RIGETTI),
    ),
    f'{{"id":"{ID}","kind":"job","provider":"kipu"}}': ("kipu", ID, "job", None, None, None, None, {}, None, {}),
    f'{{"created_at":"2026-05-01T12:00:00+00:00","decode":{{"n":2}},"dedup_key":"{KEY}","id":"{ID}","kind":"job",'
    '"profile":"work","provider":"pasqal","session_id":"s"}': (
        *("pasqal", ID, "job", "s", "work", MAY_1, KEY, {}, None, {"n": 2}),
    ),
}


@pytest.mark.parametrize("text", EARLIER, ids=lambda text: text[:40])
def test_handles_of_earlier_releases_are_read(text: str) -> None:
    assert fields(JobHandle.parse(text)) == EARLIER[text]


def test_handles_of_earlier_versions_are_read() -> None:
    """They had identifiers as they came."""
    assert JobHandle.parse("anyqpu:kipu:job:a b ü?profile=prod&decode=%7B%22n%22%3A2%7D") == JobHandle("kipu", "a b ü")
    assert JobHandle.parse("anyqpu:kipu:job:a b ü?profile=prod").profile == "prod"
    assert JobHandle.parse("  anyqpu:kipu:job:100%\n").id == "100%"


def test_the_text_has_key_account_and_address() -> None:
    handle = JobHandle(
        "pasqal",
        "5904",
        dedup_key="sweep-7.c12",
        account={"project_id": "p 1"},
        base_url="http://127.0.0.1:8787/pasqal/core-fast",
    )
    assert handle.key == "sweep-7.c12"
    assert str(handle) == (
        "anyqpu:pasqal:job:5904?key=sweep-7.c12&account.project_id=p%201"
        "&base_url=http://127.0.0.1:8787/pasqal/core-fast"
    )


def test_the_short_text_is_for_people() -> None:
    """It has what resuming takes besides the user's settings, such as the profile, and none of what settings say."""
    handle = JobHandle("kipu", "5904", profile="work", dedup_key="sweep-7.c12", account={"a": "b"}, decode={"n": 2})
    assert handle.short == "anyqpu:kipu:job:5904?profile=work&decode=%7B%22n%22:2%7D"
    assert JobHandle("kipu", "5904", dedup_key="sweep-7.c12", base_url="https://a.example").short == (
        "anyqpu:kipu:job:5904"
    )


def test_a_later_release_may_add_details() -> None:
    assert JobHandle.parse("anyqpu:kipu:job:5904?key=sweep-7.c12&later=x").key == "sweep-7.c12"
    assert JobHandle.parse('{"provider":"kipu","id":"5904","later":{"a":1}}').id == "5904"


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://a.example", "a.example", "", " ", "javascript:alert(1)", "https://user:secret@a.example"),
        *("https://a.example/?token=secret", "https://a.example/#secret", "https://a.example/ b", "https://a\\b"),
        *("https://ä.example", "https://a.example/\n", "//a.example"),
    ],
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    """So is one that may hold a password, which the error does not show."""
    for text in (
        f"anyqpu:kipu:job:1?base_url={quote(address, safe='') or '%20'}",
        json.dumps({"provider": "kipu", "id": "1", "base_url": address}),
    ):
        with pytest.raises(ValidationError, match="base_url is not an address") as caught:
            JobHandle.parse(text)
        assert "secret" not in str(caught.value)


def test_it_is_short_where_there_is_nothing_to_add() -> None:
    handle = JobHandle("kipu", "5904", session_id="s", created_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert str(handle) == "anyqpu:kipu:job:5904"
    assert str(JobHandle("kipu", "5904", profile="work")) == "anyqpu:kipu:job:5904?profile=work"


@pytest.mark.parametrize(
    "text",
    [
        *("", "5904", "anyqpu:kipu", "anyqpu:kipu:job:", "job:kipu:anyqpu:1", "anyqpu:kipu:job:1?decode=[1]"),
        *("anyqpu:kipu:job:1?decode={", "{", "{}", '{"provider": "kipu"}', '{"provider": 1, "id": "x"}'),
        '{"provider": "kipu", "id": "1", "created_at": "yesterday"}',
        '{"provider": "kipu", "id": "1", "decode": [1]}',
        '{"provider": "kipu", "id": "1", "account": [1]}',
        '{"provider": "kipu", "id": "1", "account": {"project_id": 1}}',
        '{"provider": "kipu", "id": "1", "base_url": 1}',
        '{"provider": "kipu", "id": "1", "kind": 5}',
        '{"provider": "kipu", "id": "1", "created_at": 1764000000}',
        '{"provider": "kipu", "id": "\\ud800"}',
        *(
            "anyqpu:kipu:job:\ud800",
            "anyqpu:kipu:job:a\0",
            "anyqpu:kipu:job:%ED%A0%80",
            "anyqpu:kipu:job:1?profile=%FF",
        ),
        "{" + '"a":{' * 100_000,
        'anyqpu:kipu:job:1?decode={"a":' + "[" * 100_000,
        "anyqpu:kipu:job:" + "x" * 2_000_000,
        "anyqpu:kipu:job:1?" + "&".join(f"a{n}=1" for n in range(100)),
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="invalid job handle") as caught:
        JobHandle.parse(text)
    assert caught.value.fields == ("handle",)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("value", [None, 5, b"anyqpu:kipu:job:1", ["anyqpu:kipu:job:1"]])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="expected a text"):
        JobHandle.parse(value)  # type: ignore[arg-type]


@given(st.text() | st.text('anyqpu:kijob?%=&{}[]",0123456789\0\ud800').map("anyqpu:kipu:job:".__add__))
def test_any_text_is_a_handle_or_refused(text: str) -> None:
    try:
        handle = JobHandle.parse(text)
    except ValidationError:
        return
    assert fields(JobHandle.parse(str(handle)))[:3] == fields(handle)[:3]


def test_half_a_character_from_a_server_does_not_break_the_text() -> None:
    assert str(JobHandle("kipu", "\ud800")) == "anyqpu:kipu:job:%ED%A0%80"

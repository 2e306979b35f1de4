"""Handles: short as text, whole as JSON, and never a credential."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import JobHandle
from anyqpu.errors import ValidationError

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
handles = st.builds(
    JobHandle,
    provider=st.sampled_from(["kipu", "scaleway", "pasqal", "rigetti"]),
    id=words,
    kind=st.sampled_from(["job", "batch", "process", "workload"]) | words,
    session_id=st.none() | words,
    profile=st.none() | words,
    created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    dedup_key=st.none() | words,
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
        dict(handle.decode),
    )


@given(handles)
def test_json_keeps_every_field(handle: JobHandle) -> None:
    assert fields(JobHandle.parse(handle.to_json())) == fields(handle)


@given(handles)
def test_the_text_keeps_what_resuming_takes(handle: JobHandle) -> None:
    again = JobHandle.parse(str(handle))
    assert again == handle
    assert (again.profile, dict(again.decode)) == (handle.profile, dict(handle.decode))


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


def test_handles_of_earlier_versions_are_read() -> None:
    """They had identifiers as they came."""
    assert JobHandle.parse("anyqpu:kipu:job:a b ü?profile=prod&decode=%7B%22n%22%3A2%7D") == JobHandle("kipu", "a b ü")
    assert JobHandle.parse("anyqpu:kipu:job:a b ü?profile=prod").profile == "prod"
    assert JobHandle.parse("  anyqpu:kipu:job:100%\n").id == "100%"


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

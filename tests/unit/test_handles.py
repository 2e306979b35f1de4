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
    id=st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True),
    kind=st.sampled_from(["job", "batch", "process", "workload"]),
    session_id=st.none() | words,
    profile=st.none() | words,
    created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    dedup_key=st.none() | words,
    decode=st.dictionaries(words, st.integers() | words | st.lists(words)),
)


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
    ],
)
def test_what_is_no_handle_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        JobHandle.parse(text)
    assert caught.value.fields == ("handle",)

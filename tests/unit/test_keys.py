"""The tags in which keys travel, and the digests of what was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu.core.keys import (
    content_among,
    content_of,
    has_key,
    is_minted,
    key_among,
    library_tags,
    new_key,
    own_tags,
    sent_tags,
)
from anyqpu.model.program import Program, ProgramFormat

MINTED = "anyqpu-0123456789abcdef0123456789abcdef"
keys = st.from_regex(r"[A-Za-z0-9._-]{8,64}", fullmatch=True) | st.builds(new_key)
users_tags = st.lists(st.text(max_size=20).filter(lambda tag: not tag.startswith(("anyqpu-key:", "anyqpu-content:"))))
BELL = Program("OPENQASM 2.0;\nqreg q[2];\n", ProgramFormat.OPENQASM2)


@given(users_tags, keys, st.none() | st.just("1-0123456789"))
def test_tags_and_key_come_back(tags: list[str], key: str, content: str | None) -> None:
    sent = sent_tags(tags, key, content)
    assert sent[: len(tags)] == tags
    assert (own_tags(sent), key_among(sent), content_among(sent)) == (tuple(tags), key, content)
    assert has_key(sent, key)
    assert [*own_tags(sent), *library_tags(sent)] == sent


def test_the_forms_of_the_tags() -> None:
    """Other programs may read them, and later releases must: they are part of the format."""
    assert sent_tags(["mine"], MINTED) == ["mine", MINTED]
    assert sent_tags(["mine"], "sweep-7.c12", "1-ab") == ["mine", "anyqpu-content:1-ab", "anyqpu-key:sweep-7.c12"]


def test_jobs_of_earlier_releases_have_their_keys() -> None:
    assert key_among(["mine", MINTED]) == MINTED
    assert own_tags(["mine", MINTED]) == ("mine",)
    assert (key_among(["mine"]), own_tags(["mine"])) == (None, ("mine",))


def test_a_tag_that_looks_like_a_key_stays_a_tag_beside_a_key() -> None:
    sent = sent_tags([MINTED], "sweep-7.c12")
    assert (key_among(sent), own_tags(sent)) == ("sweep-7.c12", (MINTED,))
    other = MINTED[:-1] + "0"
    assert (key_among([other, MINTED]), own_tags([other, MINTED])) == (MINTED, (other,))


@pytest.mark.parametrize("tags", [None, "anyqpu-key:sweep-7.c12", 7, {"value": []}, [None, 7, ["anyqpu-key:x"]]])
def test_odd_tags_of_a_server_hold_no_key(tags: Any) -> None:
    assert not has_key(tags, "sweep-7.c12")
    assert content_among(tags) is None


def test_a_digest_of_another_kind_is_not_compared() -> None:
    assert content_among(["anyqpu-content:2-0123"]) is None


def test_a_made_up_key_has_its_form() -> None:
    assert is_minted(new_key())
    assert new_key() != new_key()
    assert not is_minted("anyqpu-0123")


@dataclass(frozen=True)
class Options:
    mode: str | None = None
    limit: float | timedelta | None = None


@dataclass(frozen=True)
class LaterOptions:
    mode: str | None = None
    limit: float | timedelta | None = None
    new: int | None = None


class Array:
    def tolist(self) -> list[float]:
        return [0.5, 1.0]


SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"parameters": {"a": 1, "b": 2.0}}, {"parameters": {"b": 2, "a": 1.0}}),
    ({"parameters": {"a": [0.5, 1]}}, {"parameters": {"a": Array()}}),
    ({"parameters": {"a": (1, 2)}}, {"parameters": {"a": [1, 2]}}),
    ({"options": Options(limit=60)}, {"options": Options(limit=timedelta(minutes=1))}),
    ({"options": Options(mode="x")}, {"options": LaterOptions(mode="x")}),
]
OTHER: list[dict[str, Any]] = [
    {},
    {"shots": 1},
    {"shots": 2},
    {"parameters": {"a": 1}},
    {"parameters": {"a": 1.5}},
    {"parameters": {"a": "1.5"}},
    {"parameters": {"a": True}},
    {"parameters": {"a": "1"}},
    {"parameters": {"a": float("nan")}},
    {"parameters": {"b": 1}},
    {"options": {"a": 1}},
    {"options": Options(mode="x")},
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_has_the_same_digest(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert content_of([BELL], **one) == content_of([BELL], **other)


def test_other_content_has_another_digest() -> None:
    programs = [
        [],
        [BELL, BELL],
        [Program(BELL.text + " ", BELL.format)],
        [Program(BELL.text, ProgramFormat.OPENQASM3)],
    ]
    digests = [content_of([BELL], **facts) for facts in OTHER] + [content_of(listed) for listed in programs]
    assert len(set(digests)) == len(digests)


def test_the_digest_does_not_change_from_release_to_release() -> None:
    """A job that was submitted with it months ago is compared with it: another form takes another prefix.

    printf '[[["openqasm2","OPENQASM 2.0;\\nqreg q[2];\\n"]],100,{"theta":0.5},null]' | sha256sum
    """
    assert content_of([BELL], shots=100, parameters={"theta": 0.5}) == "1-bcc674721e854899d5cf"

"""The data of the conformance run is complete: an operation or an expectation that is missing fails by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance import breakers, odd, rows, running
from tests.conformance.rows import RowError
from tests.support.operations import CASES

OPERATIONS, VERBS, FAULTS = rows.operations(), rows.verbs(), rows.faults()
SUBJECTS = running.subjects()


def test_every_operation_of_the_documents_has_a_row() -> None:
    documented = {f"{case.provider}:{case.entry.id}" for case in CASES}
    assert documented - set(OPERATIONS) == set()
    assert set(OPERATIONS) - documented == set()


def test_the_class_of_a_row_is_what_the_document_says() -> None:
    """docs/reliability.md: GET, PUT, DELETE and what is marked x-idempotent may be sent twice, everything else not."""
    by_method = {"GET": {"read"}, "DELETE": {"delete"}, "PUT": {"idempotent write"}}
    for case in CASES:
        row = OPERATIONS[f"{case.provider}:{case.entry.id}"]
        marked = {"idempotent write"} if case.raw.get("x-idempotent") else {"write", "submit"}
        assert row.kind in by_method.get(case.method, marked), str(row)


def test_there_are_at_least_a_hundred_faults() -> None:
    assert len(FAULTS) >= 100


def test_every_fault_has_an_expectation_for_every_row() -> None:
    missing: dict[str, str] = {}
    for fault in FAULTS.values():
        for subject in SUBJECTS.values():
            if running.applies(subject, fault):
                try:
                    subject.expectation(fault)
                except RowError as error:
                    missing[fault.name] = str(error)
    assert not missing


def test_every_expectation_can_be_read() -> None:
    """Also those that no row has at present."""
    for fault in FAULTS.values():
        for key, text in fault.expect.items():
            rows.parse(text, f"{fault.name}: {key}")


def test_every_way_to_break_is_used() -> None:
    """Every fault that the code can make is in the data, and the reverse."""
    assert {fault.wire for fault in FAULTS.values() if fault.wire} == set(breakers.BREAKERS)
    words = {
        fault.replacement
        for fault in FAULTS.values()
        if fault.replacement and not fault.replacement.startswith("page: ")
    }
    assert words == set(odd.ODD)


def test_every_cloud_submits_and_lists_through_public_methods() -> None:
    kinds = {(row.provider, row.kind) for row in VERBS.values()}
    for provider in ("scaleway", "kipu", "pasqal", "rigetti"):
        assert {(provider, "keyed submit"), (provider, "list"), (provider, "read"), (provider, "write")} <= kinds


def written(folder: Path, text: str) -> Path:
    file = folder / "data.toml"
    file.write_text(text)
    return file


def test_a_fault_without_an_expectation_fails_by_name(tmp_path: Path) -> None:
    file = written(
        tmp_path, '[[group]]\nname = "g"\n[[group.fault]]\nname = "a fault"\nexpect.read = "value, 1 request"\n'
    )
    fault = rows.faults(file)["a fault"]
    assert fault.expectation("read", "any").outcomes == ("value",)
    with pytest.raises(RowError, match="'a fault' has no expectation for any of submit, any"):
        fault.expectation("submit", "any")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[kipu]\ngetJob = { class = "reading" }', "kipu.getJob: unknown class 'reading'"),
        ('[kipu]\ngetJob = { class = "read", arg = 1 }', "kipu.getJob: unknown arg"),
    ],
)
def test_mistakes_in_rows_are_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RowError, match=words):
        rows.operations(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Value, 1 request", "neither `value` nor a class"),
        ("NoSuchError, 1 request", "neither `value` nor a class"),
        ("value, many requests", "cannot read 'many requests'"),
        ("value, 1 request, effect 2", "cannot read 'effect 2'"),
    ],
)
def test_mistakes_in_expectations_are_named(text: str, words: str) -> None:
    with pytest.raises(RowError, match=words):
        rows.parse(text, "here")


def test_the_words_of_an_expectation() -> None:
    expected = rows.parse("value or ServerError, 1 to all requests, effect 1, 2 logins, at least 1.5 s", "here")
    assert expected.outcomes == ("value", "ServerError")
    assert (expected.least, expected.most) == (1, rows.ATTEMPTS)
    assert (expected.effect, expected.logins, expected.seconds) == (1, 2, 1.5)

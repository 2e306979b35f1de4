"""Scaleway's "Sessions" page is a checklist: whatever it documents, the generated client has, by the same name.

The page came as text, in which a name is glued to its description (`tagsTags of the session.`) and the names of two
fields are lost altogether. It is read here line by line, and no line may be left over.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from scripts.documents import SPECS

LINES = (SPECS / "scaleway" / "sessions-page.txt").read_text(encoding="utf-8").splitlines()

# What the page calls an operation -> what the document and the client call it.
OPERATIONS = {
    "List all sessions": "list_sessions",
    "Create a session": "create_session",
    "Get session information": "get_session",
    "Update session information": "update_session",
    "Terminate an existing session": "terminate_session",
}
# Rows without their name; the document has the same descriptions with it.
NAMELESS = {
    "List of sessions.": "sessions",
    "A booking demand to schedule the session, only applicable if the platform is bookable.": "booking_demand",
}
REQUEST_BODIES = {"create_session": "CreateSessionBody", "update_session": "UpdateSessionBody"}
RESPONSES = {name: "ListSessionsResponse" if name == "list_sessions" else "Session" for name in OPERATIONS.values()}
INTRODUCTION = "A QPU session is a time interval where you can send and execute quantum jobs on a specific platform"


@dataclass(frozen=True)
class Row:
    """One parameter or field of the page."""

    operation: str
    section: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.operation}-{self.section}-{self.name}"


@dataclass(frozen=True)
class Page:
    """The page, read: `order` has one word per line of it."""

    sections: tuple[str, ...]
    rows: tuple[Row, ...]
    order: tuple[str, ...]


def read_row(operation: str, section: str, line: str) -> Row:
    """Names are lower case; the description behind them begins with a capital."""
    if line in NAMELESS:
        return Row(operation, section, NAMELESS[line], line)
    match = re.fullmatch(r"([a-z][a-z_]*)([A-Z].+)", line)
    assert match, f"neither a heading nor a row: {line!r}"
    return Row(operation, section, match[1], match[2])


def read_page(lines: list[str]) -> Page:
    """Every line is the introduction, a heading, an operation's description, or a row of the section that it is in."""
    rows: list[Row] = []
    order: list[str] = []
    operation = section = title = ""
    for line in lines:
        heading = line.removeprefix(f"{title} › ")
        if line in OPERATIONS:
            title, operation, section = line, OPERATIONS[line], ""
            order.append("operation")
        elif not title:
            order.append("introduction")
        elif heading in {"query Parameters", "path Parameters", "Request Body", "Responses"}:
            assert (heading != line) == (heading in {"Request Body", "Responses"}), line
            section = heading.split()[0]
            order.append("heading")
        elif not section:
            order.append("description")
        else:
            rows.append(read_row(operation, section, line))
            order.append("row")
    return Page(tuple(dict.fromkeys(row.operation for row in rows)), tuple(rows), tuple(order))


PAGE = read_page(LINES)


def rows(*sections: str) -> Any:
    return pytest.mark.parametrize("row", [row for row in PAGE.rows if row.section in sections], ids=str)


def parameters(function: Any) -> Any:
    return inspect.signature(function).parameters


def fields(model: str) -> list[str]:
    """The JSON keys that a generated model has attributes for."""
    return [key for _, key in getattr(import_module("anyqpu_raw.scaleway.models"), model).FIELDS]


def test_the_page_was_read_to_the_last_line() -> None:
    """Five operations, each with a title and a description; all other lines are headings of sections, or rows."""
    assert PAGE.sections == tuple(OPERATIONS.values())
    assert LINES[0] == INTRODUCTION
    count = {kind: PAGE.order.count(kind) for kind in PAGE.order}
    assert count == {
        "introduction": 1,
        "operation": 5,
        "description": 5,
        # One or two for parameters or a body, and one for the response, of each operation.
        "heading": 11,
        "row": len(PAGE.rows),
    }
    assert sum(count.values()) == len(LINES)
    assert not [line for line in LINES if not line.strip()]


def test_the_page_was_read_row_by_row() -> None:
    """The number of rows in each section, as counted on the page by eye."""
    sizes: dict[tuple[str, str], int] = {}
    for row in PAGE.rows:
        sizes[row.operation, row.section] = sizes.get((row.operation, row.section), 0) + 1
    assert sizes == {
        ("list_sessions", "query"): 6,
        ("list_sessions", "Responses"): 2,
        ("create_session", "Request"): 10,
        ("create_session", "Responses"): 21,
        ("get_session", "path"): 1,
        ("get_session", "Responses"): 21,
        ("update_session", "path"): 1,
        ("update_session", "Request"): 4,
        ("update_session", "Responses"): 21,
        ("terminate_session", "path"): 1,
        ("terminate_session", "Responses"): 21,
    }


def test_both_rows_without_a_name_were_recognised() -> None:
    """The two names that the page lost stand for one row each; a description is never read as a name."""
    assert [row.name for row in PAGE.rows if row.text in NAMELESS] == ["sessions", "booking_demand"]
    assert all(row.text[0].isupper() for row in PAGE.rows)


def test_a_row_that_cannot_be_read_stops_the_reading() -> None:
    """A line of another form is never skipped."""
    with pytest.raises(AssertionError, match=r"neither a heading nor a row: 'Something new\.'"):
        read_page([*LINES, "Something new."])


@rows("query", "path")
def test_each_parameter_of_the_page_can_be_given(row: Row) -> None:
    """The raw method and the request builder behind it take the parameter by the page's name."""
    from anyqpu_raw.scaleway.client import RawClient

    module = import_module(f"anyqpu_raw.scaleway.api.sessions.{row.operation}")
    for function in (module.build_request, getattr(RawClient, row.operation)):
        assert row.name in parameters(function), f"{function.__qualname__} does not take {row.name}"
    # Whatever stands in the path must be given; the method takes it without naming it.
    if row.section == "path":
        assert parameters(module.build_request)[row.name].default is inspect.Parameter.empty


@rows("Request")
def test_each_field_of_a_request_body_can_be_sent(row: Row) -> None:
    """The body that the operation takes has a field for each row of the page."""
    model = REQUEST_BODIES[row.operation]
    module = import_module(f"anyqpu_raw.scaleway.api.sessions.{row.operation}")
    assert model in parameters(module.build_request)["body"].annotation.split(" | ")
    assert row.name in fields(model), f"{model} has no {row.name}"


@rows("Responses")
def test_each_field_of_a_response_can_be_read(row: Row) -> None:
    """What the operation returns has a field for each row of the page."""
    model = RESPONSES[row.operation]
    module = import_module(f"anyqpu_raw.scaleway.api.sessions.{row.operation}")
    assert inspect.signature(module.parse_response).return_annotation == model
    assert row.name in fields(model), f"{model} has no {row.name}"


@pytest.mark.parametrize("operation", OPERATIONS.values())
def test_the_client_sends_nothing_that_the_page_does_not_know(operation: str) -> None:
    """The other way round: no parameter of these operations is missing on the page."""
    module = import_module(f"anyqpu_raw.scaleway.api.sessions.{operation}")
    documented = {row.name for row in PAGE.rows if row.operation == operation and row.section in {"query", "path"}}
    assert set(parameters(module.build_request)) - {"body"} == documented

"""What a generated operation sends, down to the byte, and what it refuses to send."""

from __future__ import annotations

import asyncio
import json
import math
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

NOON = datetime(2025, 1, 2, 12, 0, tzinfo=UTC)
Small = Callable[[str], Any]


@pytest.fixture(scope="module")
def build_list(small: Small) -> Callable[..., Any]:
    """`build_request` of the list, with its two required parameters filled in."""
    build = small("api.jobs.list_jobs").build_request

    def with_defaults(**parameters: Any) -> Any:
        return build(**{"since": NOON, "x_project": "p"} | parameters)

    return with_defaults


# --- query and header


def test_a_request_has_method_path_query_and_headers(build_list: Callable[..., Any]) -> None:
    """The query keeps the document's order; lists repeat their key; words are as JSON has them."""
    request = build_list(
        page=2,
        tags=["a", "b c"],
        status=["QUEUED", "NEW"],
        order="created_at:asc",
        archived=True,
        on=date(2025, 1, 3),
        x_dry_run=False,
    )
    assert (request.method, request.path, request.content) == ("GET", "/jobs", None)
    assert request.query == (
        ("page", "2"),
        ("tags", "a"),
        ("tags", "b c"),
        ("status", "QUEUED"),
        ("status", "NEW"),
        ("order", "created_at:asc"),
        ("archived", "true"),
        ("since", "2025-01-02T12:00:00Z"),
        ("on", "2025-01-03"),
    )
    assert request.headers == {"X-Project": "p", "X-Dry-Run": "false"}


def test_what_is_not_given_is_not_sent(small: Small, build_list: Callable[..., Any]) -> None:
    """UNSET, None and an empty list all leave the parameter out; false, zero and the empty text do not."""
    unset = small("core").UNSET
    request = build_list(page=None, order=unset, tags=[], status=None, x_dry_run=None)
    assert request.query == (("since", "2025-01-02T12:00:00Z"),)
    assert request.headers == {"X-Project": "p"}
    assert build_list(page=0, archived=False, tags=[""]).query[:3] == (
        ("page", "0"),
        ("tags", ""),
        ("archived", "false"),
    )


def test_enum_members_are_sent_as_their_words(small: Small, build_list: Callable[..., Any]) -> None:
    """Also members that the document does not know."""
    models = small("models")
    request = build_list(order=models.Order.CREATED_ATDESC, status=[models.JobStatus.DONE, models.JobStatus("NEW")])
    assert request.query[:3] == (("status", "DONE"), ("status", "NEW"), ("order", "created_at:desc"))


def test_a_time_keeps_its_zone(build_list: Callable[..., Any]) -> None:
    summer = datetime(2025, 7, 1, 14, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    assert build_list(since=summer).query == (("since", "2025-07-01T14:30:00.000005+02:00"),)


def test_a_time_without_zone_is_refused(build_list: Callable[..., Any]) -> None:
    """The server would have to guess; the message names the parameter and says what to do."""
    with pytest.raises(ValueError, match=r"^since: the datetime 2025-01-02T12:00:00 has no time zone; add one"):
        build_list(since=datetime(2025, 1, 2, 12, 0))


@pytest.mark.parametrize("text", ["a\r\nX-Admin: yes", "a\nb", "\x00", "a\x7f", "\r"])
def test_a_header_cannot_carry_another_one(build_list: Callable[..., Any], text: str) -> None:
    """Control characters are refused before any HTTP library sees them."""
    with pytest.raises(ValueError, match="X-Project: a header cannot hold control characters"):
        build_list(x_project=text)


@pytest.mark.parametrize("value", [{"a": 1}, [["a"]], object()], ids=["object", "list in a list", "anything"])
def test_what_has_no_text_is_refused(build_list: Callable[..., Any], value: Any) -> None:
    """Python's own notation never reaches a server."""
    with pytest.raises(TypeError, match="tags"):
        build_list(tags=value)


def test_a_list_in_a_header_is_refused(build_list: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="X-Project: a list cannot stand there"):
        build_list(x_project=["a"])


def test_required_parameters_have_no_default(small: Small) -> None:
    """Forgetting one is a `TypeError` of Python's own."""
    with pytest.raises(TypeError, match="x_project"):
        small("api.jobs.list_jobs").build_request(since=NOON)


# --- paths


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("1", "/jobs/1"),
        ("a/b", "/jobs/a%2Fb"),
        ("../admin", "/jobs/..%2Fadmin"),
        ("a?b=c#d", "/jobs/a%3Fb%3Dc%23d"),
        ("a b%2F:é", "/jobs/a%20b%252F%3A%C3%A9"),
        ("...", "/jobs/..."),
        ("~a-b_c.d", "/jobs/~a-b_c.d"),
        (7, "/jobs/7"),
        (True, "/jobs/true"),
        (UUID(int=1), "/jobs/00000000-0000-0000-0000-000000000001"),
    ],
    ids=str,
)
def test_path_parameters_are_percent_encoded(small: Small, value: Any, path: str) -> None:
    """An identifier never becomes a second segment, a query or a fragment."""
    assert small("api.jobs.get_job").build_request(value).path == path


@pytest.mark.parametrize("value", ["", ".", "..", None], ids=repr)
def test_what_would_change_the_path_is_refused(small: Small, value: Any) -> None:
    """An empty identifier would list instead of get; `..` would reach another resource; None is a forgotten one."""
    with pytest.raises(ValueError, match=r"^id: .* cannot stand in a path; give the identifier"):
        small("api.jobs.delete_job").build_request(value)


@pytest.mark.parametrize("value", [[1], {"a": 1}, object()], ids=["list", "object", "anything"])
def test_a_path_takes_single_values_only(small: Small, value: Any) -> None:
    with pytest.raises(TypeError, match="id"):
        small("api.jobs.get_job").build_request(value)


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text not in {".", ".."}))
def test_any_text_survives_as_one_segment(small: Small, value: str) -> None:
    """Whatever the identifier, an HTTP library's parser sees the same path, and no query or fragment."""
    path = small("api.jobs.cancel_job").build_request(value).path
    url = httpx.URL(f"https://example.org{path}")
    assert url.raw_path.decode() == path
    assert (url.host, url.query, url.fragment) == ("example.org", b"", "")
    assert path.count("/") == 2


def test_a_verb_behind_a_colon_stays(small: Small) -> None:
    """`/jobs/{id}:cancel` is the path; a colon in the identifier is encoded, so that it is not a verb."""
    assert small("api.jobs.cancel_job").build_request("a:b").path == "/jobs/a%3Ab:cancel"


# --- bodies


def new_job(small: Small, **fields: Any) -> Any:
    models = small("models")
    return models.NewJob(input_=models.Circuit(gates=["h 0"]), **fields)


def test_a_body_is_compact_utf8_json(small: Small) -> None:
    """Fields go by their JSON names, `None` as null, and what is UNSET not at all."""
    request = small("api.jobs.create_job").build_request(body=new_job(small, tags=["ü"], weight=0.5, shots=None))
    assert request.headers == {"Content-Type": "application/json"}
    assert request.content == '{"input":{"gates":["h 0"]},"shots":null,"weight":0.5,"tags":["ü"]}'.encode()


def test_unknown_fields_of_a_body_are_sent(small: Small) -> None:
    """A field that the cloud has added since can be used before this client knows it."""
    body = new_job(small)
    body.additional_properties["dry_run"] = True
    content = small("api.jobs.create_job").build_request(body=body).content
    assert json.loads(content) == {"input": {"gates": ["h 0"]}, "dry_run": True}


def test_a_dictionary_is_a_body_too(small: Small) -> None:
    """Callers who have the JSON already may send it as it is."""
    content = small("api.jobs.create_job").build_request(body={"input": {"gates": []}, "at": NOON}).content
    assert json.loads(content) == {"input": {"gates": []}, "at": "2025-01-02T12:00:00Z"}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf], ids=str)
def test_numbers_that_json_does_not_have_are_refused(small: Small, number: float) -> None:
    with pytest.raises(ValueError, match=r"^body\.weight: JSON has no"):
        small("api.jobs.create_job").build_request(body=new_job(small, weight=number))


def test_what_json_cannot_hold_is_refused(small: Small) -> None:
    """The message names the field."""
    with pytest.raises(TypeError, match="shots: object has no JSON form"):
        small("api.jobs.create_job").build_request(body=new_job(small, shots=object()))


def test_an_optional_body_may_be_left_out(small: Small) -> None:
    """Then there is neither content nor a content type; an empty object is a body."""
    build = small("api.jobs.cancel_job").build_request
    cancellation = small("models").Cancellation
    assert (build("1").headers, build("1").content) == ({}, None)
    assert build("1", body=cancellation()).content == b"{}"
    assert build("1", body=cancellation(reason="late")).headers == {"Content-Type": "application/json"}


BAD = {
    "half of a surrogate pair": "\ud800",
    "infinite": math.inf,
    "not a number": math.nan,
    "a long integer": 10**5000,
    "a time without zone": datetime(2025, 1, 2),
    "an object": object(),
    "bytes": b"a",
}


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_argument_is_named_wherever_it_stands(small: Small, value: Any, build_list: Callable[..., Any]) -> None:
    """In the path, the query, a header and a body: one kind of error, which names the parameter."""
    error = small("core").ParameterError
    with pytest.raises(error) as in_path:
        small("api.jobs.get_job").build_request(value)
    with pytest.raises(error) as in_header:
        build_list(x_project=value)
    with pytest.raises(error) as in_query:
        build_list(since=value)
    with pytest.raises(error) as in_body:
        small("api.jobs.create_job").build_request(body={"input": {"gates": [value]}})
    assert [caught.value.field for caught in (in_path, in_header, in_query)] == ["id", "X-Project", "since"]
    assert in_body.value.field.endswith("gates")
    assert pickle.loads(pickle.dumps(in_path.value)).field == "id"


def test_a_value_that_holds_itself_is_refused(small: Small, build_list: Callable[..., Any]) -> None:
    endless: list[Any] = []
    endless.append(endless)
    deep: Any = "x"
    for _ in range(5000):
        deep = {"a": deep}
    for value in (endless, deep):
        with pytest.raises(small("core").ParameterError, match=r"^body: nested too deeply"):
            small("api.jobs.create_job").build_request(body={"input": value})
        with pytest.raises(small("core").ParameterError, match=r"^since: nested too deeply"):
            build_list(since=value)


def test_a_key_that_is_not_a_text_is_refused(small: Small) -> None:
    with pytest.raises(small("core").ParameterError, match=r"^body\.input: the key \(1, 2\) is not a text"):
        small("api.jobs.create_job").build_request(body={"input": {(1, 2): 3}})


def test_a_header_is_ascii(build_list: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match=r"^X-Project: a header can hold ASCII characters only"):
        build_list(x_project="café")


@given(value=st.text() | st.floats() | st.integers() | st.lists(st.text(max_size=3)) | st.none() | st.datetimes())
def test_an_argument_is_sent_or_refused(small: Small, value: Any) -> None:
    """Every request that is built can be written to a connection; `ParameterError` is the only other outcome."""
    for operation, arguments in (
        ("get_job", {"id": value}),
        ("list_jobs", {"x_project": "a", "since": value}),
        ("list_jobs", {"x_project": value, "since": NOON}),
        ("create_job", {"body": {"input": value}}),
    ):
        try:
            request = small(f"api.jobs.{operation}").build_request(**arguments)
        except small("core").ParameterError:
            continue
        assert httpx.Request(
            request.method,
            "https://example.org" + request.path,
            params=request.query,
            headers=dict(request.headers),
            content=request.content,
        )


# --- the client


def test_methods_take_the_parameters_of_their_operation(small: Small) -> None:
    """Also those that have the name of something in the generated code, or of a word of Python's."""
    calls: list[Any] = []

    async def call(*arguments: Any) -> Any:
        calls.append(arguments)
        return "result"

    client = small("client").RawClient(call)
    result = asyncio.run(client.get_raw_task("a", 3, type_="t", operation="o", request="r"))
    ((operation, request, parse),) = calls
    assert result == "result"
    assert (operation.id, request.path) == ("getRawTask", "/jobs/a/tasks/3/raw")
    assert request.query == (("type", "t"), ("operation", "o"), ("request", "r"))
    assert parse is small("api.tasks.get_raw_task").parse_response


def test_a_client_takes_a_function_that_builds_requests(small: Small) -> None:
    """So that a library can raise its own errors for bad arguments."""

    async def call(*arguments: Any) -> Any:
        return arguments

    def build(operation: Any, build_request: Any, *args: Any, **kwargs: Any) -> Any:
        return operation.id, build_request(*args, **kwargs).path

    client = small("client").RawClient(call, build=build)
    assert asyncio.run(client.get_job("7"))[1] == ("getJob", "/jobs/7")


def test_the_registry_says_what_is_special(small: Small) -> None:
    """Authentication, repeatability, deprecation and doubt, as the document has them."""
    operations = small("operations").OPERATIONS
    assert list(operations) == ["list_jobs", "create_job", "get_job", "delete_job", "cancel_job", "get_raw_task"]
    assert {name: operation.auth for name, operation in operations.items() if operation.auth != (("key",),)} == {
        "delete_job": (),
        "get_raw_task": (("key", "secret"), ("oauth",)),
    }
    # A POST is not, unless the document marks it.
    assert [name for name, operation in operations.items() if not operation.idempotent] == ["cancel_job"]
    cancel = operations["cancel_job"]
    assert (cancel.path, cancel.success, cancel.deprecated) == ("/jobs/{id}:cancel", (202, 204), True)
    assert cancel.confidence == "inferred"
    with pytest.raises(TypeError):
        operations["cancel_job"] = None


def test_a_request_does_not_show_headers_or_content(small: Small) -> None:
    """Both may hold secrets; `repr` of a request ends up in logs."""
    request = small("api.jobs.create_job").build_request(body=new_job(small, callback_token="hush"))
    assert "hush" not in repr(request)

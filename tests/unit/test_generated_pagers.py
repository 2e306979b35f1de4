"""Pagers made from generated descriptions, against servers in memory that hold a list of objects.

What is expected follows from the list that the server holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from anyqpu_raw._core import UNSET
from anyqpu_raw._pages import Pages
from anyqpu_raw.kipu import pages as kipu
from anyqpu_raw.kipu.models import Backend, Job, JobStatus, PageResponseJob
from anyqpu_raw.pasqal import pages as pasqal
from anyqpu_raw.pasqal.models import BatchSummaryPage, QueuedBatchPage
from anyqpu_raw.rigetti import pages as rigetti
from anyqpu_raw.rigetti.models import FindAvailableReservationsResponse, ListQuantumProcessorsResponse
from anyqpu_raw.scaleway import pages as scaleway
from anyqpu_raw.scaleway.models import ListSessionAclsResponse, ListSessionsResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyqpu.errors import UnexpectedResponseError, ValidationError
from anyqpu.paging import Pager, paginate

pytestmark = pytest.mark.anyio

check = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60, deadline=None
)


class Server:
    """One list operation of each style, with the parameters and fields of a cloud's document."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.requests: list[dict[str, Any]] = []

    async def numbered(self, *, page: int, page_size: int, **query: Any) -> ListSessionsResponse:
        """Scaleway counts pages from 1."""
        self.requests.append({"page": page, "page_size": page_size, **query})
        start = (page - 1) * page_size
        body = {"total_count": len(self.rows), "sessions": self.rows[start : start + page_size]}
        return ListSessionsResponse.from_dict(body)

    async def numbered_from_0(self, *, page: int, size: int, **query: Any) -> PageResponseJob:
        """Kipu counts pages from 0, and says how many pages there are."""
        self.requests.append({"page": page, "size": size, **query})
        rows = self.rows[page * size : (page + 1) * size]
        pages = -(-len(self.rows) // size)
        return PageResponseJob.from_dict({"content": rows, "total_elements": len(self.rows), "total_pages": pages})

    async def offset(self, *, offset: int, limit: int, **query: Any) -> BatchSummaryPage:
        """Pasqal's `end` may lie beyond the total on the last page."""
        self.requests.append({"offset": offset, "limit": limit, **query})
        position = {"total": len(self.rows), "start": offset, "end": offset + limit}
        return BatchSummaryPage.from_dict({"data": self.rows[offset : offset + limit], "pagination": position})

    async def token(self, *, page_size: int, page_token: str | None, **query: Any) -> ListQuantumProcessorsResponse:
        """Rigetti's tokens hold anything; these hold a position, backwards."""
        self.requests.append({"page_size": page_size, "page_token": page_token, **query})
        start = int(page_token[::-1]) if page_token else 0
        end = start + page_size
        token = {"nextPageToken": str(end)[::-1]} if end < len(self.rows) else {}
        return ListQuantumProcessorsResponse.from_dict({"quantumProcessors": self.rows[start:end], **token})

    async def single(self, **query: Any) -> list[Backend]:
        """Kipu's backends are not divided into pages."""
        self.requests.append(query)
        return [Backend.from_dict(row) for row in self.rows]


LISTS: dict[str, tuple[Pages[Any, Any], Callable[[Server], Callable[..., Any]]]] = {
    "numbered from 1": (scaleway.LIST_SESSIONS, lambda server: server.numbered),
    "numbered from 0": (kipu.SEARCH_JOBS, lambda server: server.numbered_from_0),
    "offset": (pasqal.LIST_BATCHES, lambda server: server.offset),
    "token": (rigetti.LIST_QUANTUM_PROCESSORS, lambda server: server.token),
    "single": (kipu.GET_BACKENDS, lambda server: server.single),
}
DIVIDED = [name for name in LISTS if name != "single"]
any_list = pytest.mark.parametrize("name", LISTS)
divided_list = pytest.mark.parametrize("name", DIVIDED)


def rows(*ids: int) -> list[dict[str, Any]]:
    return [{"id": f"id-{number}", "status": "running"} for number in ids]


def pager(name: str, server: Server, /, **options: Any) -> Pager[str]:
    description, method = LISTS[name]
    return paginate(method(server), description, to_items=lambda items: [item.id for item in items], **options)


@any_list
@check
@given(st.lists(st.integers(0, 40), unique=True, max_size=30), st.integers(1, 9))
async def test_every_item_comes_once_and_in_order(name: str, numbers: list[int], size: int) -> None:
    server = Server(rows(*numbers))
    assert await pager(name, server, page_size=size).collect() == [f"id-{number}" for number in numbers]
    needed = 1 if name == "single" else max(-(-len(numbers) // size), 1)
    assert len(server.requests) == needed


@any_list
@check
@given(st.lists(st.integers(0, 10), max_size=30), st.integers(1, 9))
async def test_an_item_that_is_sent_twice_comes_once(name: str, numbers: list[int], size: int) -> None:
    server = Server(rows(*numbers))
    expected = [f"id-{number}" for number in dict.fromkeys(numbers)]
    got = await pager(name, server, page_size=size).collect()
    # A server that brings nothing new for several pages in a row ends a list early.
    assert got == expected[: len(got)]
    if len(set(numbers)) == len(numbers) or len(numbers) <= 5 * size:
        assert got == expected


@divided_list
@check
@given(st.integers(0, 30), st.integers(1, 9), st.integers(0, 35), st.integers(1, 9))
async def test_a_token_continues_behind_the_pages_that_were_read(
    name: str, count: int, size: int, read: int, new_size: int
) -> None:
    expected = [f"id-{number}" for number in range(count)]
    server = Server(rows(*range(count)))
    first = pager(name, server, page_size=size)
    before = await first.collect(limit=read)
    after = await pager(name, server, page_size=new_size, resume_token=first.resume_token).collect()
    if first.resume_token is None:
        assert after == expected
    else:
        complete = len(before) - len(before) % size
        # With another size a numbered page may begin earlier, but never later.
        assert after == expected[len(expected) - len(after) :]
        assert complete - new_size < len(expected) - len(after) <= complete
        if size == new_size or not name.startswith("numbered"):
            assert len(after) == len(expected) - complete


@any_list
async def test_arguments_of_the_query_are_sent_with_each_page(name: str) -> None:
    description, method = LISTS[name]
    server = Server(rows(1, 2, 3))
    await paginate(partial(method(server), tags=["a"]), description, page_size=2).collect()
    assert [request["tags"] for request in server.requests] == [["a"]] * len(server.requests)
    assert len(server.requests) == (1 if name == "single" else 2)


@divided_list
async def test_the_default_size_is_that_of_the_description(name: str) -> None:
    description, method = LISTS[name]
    server = Server(rows(1))
    await paginate(method(server), description).collect()
    assert server.requests[0][description.size or ""] == description.default_size
    assert description.default_size is not None


SIZES = {"numbered from 1": 100, "numbered from 0": 10_000, "offset": 100, "token": 10_000, "single": 10_000}


@any_list
async def test_a_page_size_is_from_1_to_the_maximum(name: str) -> None:
    """Scaleway's and Pasqal's maximum is 100; the others state none."""
    server = Server(rows(1))
    assert await pager(name, server, page_size=SIZES[name]).collect() == ["id-1"]
    sent = len(server.requests)
    for size in (0, -1, SIZES[name] + 1, True, 2.0, "5", 10**5000, float("nan"), [5]):
        message = f"page_size must be a whole number from 1 to {SIZES[name]}, not "
        with pytest.raises(ValidationError, match=re.escape(message)) as caught:
            pager(name, server, page_size=size)
        assert caught.value.fields == ("page_size",)
        assert len(str(caught.value)) < 400
    assert len(server.requests) == sent


@any_list
@pytest.mark.parametrize(
    "token", ["", "x", "page:2:50:50", "page:ListJobs:2:50:50", "offset:list_jobs:5", "token:ListEndpoints:a", 5, b"x"]
)
async def test_a_token_of_another_list_is_refused_before_any_request(name: str, token: Any) -> None:
    server = Server(rows(1))
    with pytest.raises(ValidationError, match="invalid resume token") as caught:
        pager(name, server, resume_token=token)
    assert caught.value.fields == ("resume_token",)
    assert server.requests == []


@divided_list
async def test_a_token_names_the_list_unless_it_has_another_name(name: str) -> None:
    description, _ = LISTS[name]
    for given_name in (None, "Lists"):
        reader = pager(name, Server(rows(1, 2, 3)), page_size=2, name=given_name)
        await reader.collect(limit=2)
        assert f":{given_name or description.operation.id}:" in (reader.resume_token or "")


@any_list
async def test_without_to_items_the_items_are_those_of_the_cloud(name: str) -> None:
    description, method = LISTS[name]
    items = await paginate(method(Server(rows(1, 2))), description).collect()
    assert [item.to_dict() for item in items] == rows(1, 2)


@any_list
async def test_to_items_may_leave_items_out_and_be_asynchronous(name: str) -> None:
    description, method = LISTS[name]

    async def even(items: list[Any]) -> list[str]:
        return [item.id for item in items if int(item.id[3:]) % 2 == 0]

    server = Server(rows(1, 3, 5, 2, 4, 7, 9))
    # Pages whose items are all left out do not end the list.
    assert await paginate(method(server), description, to_items=even, page_size=2).collect() == ["id-2", "id-4"]
    kept = paginate(method(server), description, page_size=2, to_items=even, keep=lambda id: id != "id-2")
    assert await kept.collect() == ["id-4"]
    assert len(server.requests) == (2 if name == "single" else 8)


@any_list
async def test_an_error_of_to_items_leaves_the_list_where_it_was(name: str) -> None:
    description, method = LISTS[name]
    failing = True

    def to_items(items: list[Any]) -> list[str]:
        if failing:
            raise KeyError("secret")
        return [item.id for item in items]

    async def later(items: list[Any]) -> list[str]:
        return to_items(items)

    for function in (to_items, later):
        failing = True
        items = aiter(paginate(method(Server(rows(1))), description, to_items=function))
        for _ in range(2):
            with pytest.raises(UnexpectedResponseError, match="its list of items cannot be read") as caught:
                await anext(items)
            assert "secret" not in f"{caught.value}{caught.value.__cause__}{caught.value.__context__}"
        failing = False
        assert [item async for item in items] == ["id-1"]


@divided_list
@pytest.mark.parametrize("response", [None, "text", 5, [1], {"data": []}])
async def test_a_response_that_is_not_a_page_is_an_error(name: str, response: object) -> None:
    async def fetch(**page: Any) -> Any:
        return response

    with pytest.raises(UnexpectedResponseError, match="an object was expected"):
        await paginate(fetch, LISTS[name][0]).collect()


@pytest.mark.parametrize(("sent", "expected"), [(None, []), (UNSET, []), ("text", None), (5, None), ({"id": 1}, None)])
async def test_null_in_the_place_of_a_list_is_an_empty_page(sent: Any, expected: list[str] | None) -> None:
    page = PageResponseJob()
    page.content = sent

    async def fetch(**position: Any) -> PageResponseJob:
        return page

    reader = paginate(fetch, kipu.SEARCH_JOBS)
    if expected is not None:
        assert await reader.collect() == expected
    else:
        with pytest.raises(UnexpectedResponseError, match="a list was expected"):
            await reader.collect()


async def test_items_that_identify_themselves_come_once() -> None:
    async def fetch(*, page: int, page_size: int) -> ListSessionAclsResponse:
        return ListSessionAclsResponse.from_dict({"total_count": 3, "acls": ["full", "read", "full"]})

    assert await paginate(fetch, scaleway.LIST_SESSION_ACLS).collect() == ["full", "read"]


async def test_items_may_be_identified_by_several_fields() -> None:
    def slot(processor: str, start: str) -> dict[str, Any]:
        times = {"startTime": f"2026-01-01T{start}:00Z", "endTime": "2026-01-02T00:00:00Z"}
        return {"quantumProcessorId": processor, **times, "duration": "1h", "price": 5}

    sent = [slot("a", "01:00"), slot("b", "01:00"), slot("a", "02:00"), slot("a", "01:00")]

    async def fetch(**position: Any) -> FindAvailableReservationsResponse:
        return FindAvailableReservationsResponse.from_dict({"availableReservations": sent})

    slots = await paginate(fetch, rigetti.FIND_AVAILABLE_RESERVATIONS).collect()
    assert [item.to_dict() for item in slots] == sent[:3]


async def test_items_without_an_identity_all_come() -> None:
    """A field that is missing, or is of a kind that cannot be compared, identifies nothing."""
    nameless = [Job(id="x", status=JobStatus.RUNNING) for _ in range(2)]
    for job in nameless:
        job.id = UNSET  # type: ignore[assignment]
    sent: list[Any] = [*nameless, *[Job.from_dict({"id": ["a"], "status": "RUNNING"}) for _ in range(2)], 5, 5]

    async def once(*, page: int, size: int) -> PageResponseJob:
        response = PageResponseJob()
        response.content = sent if page == 0 else []
        return response

    assert len(await paginate(once, kipu.SEARCH_JOBS).collect()) == len(sent)


async def test_fields_of_free_form_items_identify_them() -> None:
    async def free_form(**position: Any) -> QueuedBatchPage:
        return QueuedBatchPage.from_dict({"data": [{"id": "a"}, {"id": "a"}, {"id": "b"}], "pagination": {"total": 3}})

    assert await paginate(free_form, pasqal.GET_DEVICE_QUEUE).collect() == [{"id": "a"}, {"id": "b"}]

"""Reservations: rules, money, filters, orders, pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock, utc

from .conftest import ME, rigetti
from .document import check

pytestmark = pytest.mark.anyio
START = utc(ManualClock().wall())


@pytest.fixture
def timed(clock: ManualClock) -> Iterator[Emulator]:
    with Emulator(clock=clock) as emulator:
        yield emulator


@pytest.fixture
async def client(timed: Emulator) -> AsyncIterator[httpx.AsyncClient]:
    async with rigetti(timed) as opened:
        yield opened


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


async def book(
    client: httpx.AsyncClient, begin: float, end: float, processor: str = "Aspen-9", **more: object
) -> httpx.Response:
    times = {"startTime": at(begin).isoformat(), "endTime": at(end).isoformat()}
    response = await client.post("/v1/reservations", json={"quantumProcessorId": processor, **times, **more})
    check("CreateReservation", response)
    return response


async def balance(client: httpx.AsyncClient, account: str = f"users/{ME}") -> int:
    return (await client.get(f"/v1/{account}/balance")).json()["balance"]


async def test_overlaps(client: httpx.AsyncClient) -> None:
    first = await book(client, 60, 90)
    assert first.status_code == 201
    for begin, end in ((60, 90), (70, 80), (50, 61), (89.5, 100), (0, 120)):
        taken = await book(client, begin, end)
        assert (taken.status_code, taken.json()["code"]) == (409, "reservation_unavailable")
    assert (await book(client, 60, 61, "Aspen-M-3")).status_code == 201
    assert (await book(client, 90, 91)).status_code == 201
    assert (await book(client, 59, 60)).status_code == 201
    cancelled = await client.delete(f"/v1/reservations/{first.json()['id']}")
    check("DeleteReservation", cancelled)
    assert (await book(client, 60, 61)).status_code == 201


async def test_money(client: httpx.AsyncClient) -> None:
    before = await balance(client)
    assert before <= -600 * 15
    made = (await book(client, 60, 74.5, "Aspen-M-3")).json()
    assert made["price"] == 600 * 15
    assert await balance(client) == before + made["price"]
    assert (await client.delete(f"/v1/reservations/{made['id']}")).json()["cancelled"]
    assert (await client.delete(f"/v1/reservations/{made['id']}")).json()["cancelled"]
    assert await balance(client) == before
    poor = await book(client, 60, 60 + 12 * 60)
    assert (poor.status_code, poor.json()["code"]) == (402, "insufficient_payment")
    assert (await client.get("/v1/reservations")).json()["reservations"] == []


async def test_accounts(client: httpx.AsyncClient) -> None:
    headers = {"X-QCS-ACCOUNT-ID": "emulator-lab", "X-QCS-ACCOUNT-TYPE": "group"}
    times = {"startTime": at(60).isoformat(), "endTime": at(61).isoformat()}
    body = {"quantumProcessorId": "Aspen-9", **times}
    made = (await client.post("/v1/reservations", json=body, headers=headers)).json()
    assert (made["accountId"], made["accountType"]) == ("emulator-lab", "group")
    assert (await client.get("/v1/reservations")).json()["reservations"] == []
    assert (await client.get("/v1/reservations", headers=headers)).json()["reservations"] == [made]
    assert await balance(client, "groups/emulator-lab") == 400 - 250_000
    foreign = await book(client, 100, 101, accountId="other-lab", accountType="group")
    assert foreign.status_code == 403
    # The body comes before the headers.
    mine = {"accountId": ME, "accountType": "user"}
    more = {"quantumProcessorId": "Aspen-M-3", **times, **mine}
    assert (await client.post("/v1/reservations", json=more, headers=headers)).json()["accountId"] == ME


async def test_times(client: httpx.AsyncClient, clock: ManualClock) -> None:
    made = (await book(client, 1, 30)).json()
    for begin, end in ((-1, 10), (50, 50), (60, 50), (60, 60 * 26), (60 * 24 * 400, 60 * 24 * 400 + 1)):
        assert (await book(client, begin, end)).status_code == 422
    assert (await book(client, 60, 61, "Aspen-1")).status_code == 422
    clock.advance(90)
    response = await client.delete(f"/v1/reservations/{made['id']}")
    check("DeleteReservation", response)
    assert response.status_code == 403


async def ids(client: httpx.AsyncClient, **query: str) -> list[int]:
    response = await client.get("/v1/reservations", params=query)
    assert response.status_code == 200, response.text
    check("ListReservations", response)
    return [item["id"] for item in response.json()["reservations"]]


async def test_filters_and_orders(client: httpx.AsyncClient) -> None:
    for begin, end, processor in ((300, 310, "Aspen-9"), (100, 130, "Aspen-9"), (200, 210, "Aspen-M-3")):
        assert (await book(client, begin, end, processor)).status_code == 201
    await client.delete("/v1/reservations/3")
    assert await ids(client) == [1, 2]
    assert await ids(client, showDeleted="true") == [1, 2, 3]
    every = {"showDeleted": "true"}
    for text, expected in (
        ('quantumProcessorId = "Aspen-9"', [1, 2]),
        ("price >= 6000", [2, 3]),
        ("price>4000 AND price<12000", [3]),
        ("price != 4000 AND (price < 7000 OR price > 11000)", [2, 3]),
        ("price = 4000 OR price = 6000 AND cancelled = true", [3]),
        (f'startTime >= "{at(200).isoformat()}"', [1, 3]),
        (f'startTime >= "{at(150).isoformat()}" AND endTime <= "{at(250).isoformat()}"', [3]),
        ('createdTime > "2030-01-01T00:00:00.000Z"', []),
        ("", [1, 2, 3]),
    ):
        assert await ids(client, filter=text, **every) == expected, text
    assert await ids(client, filter="cancelled = true") == [3]
    for order, expected in (
        ("startTime", [2, 3, 1]),
        ("startTime DESC", [1, 3, 2]),
        ("price DESC", [2, 3, 1]),
        ("quantumProcessorId, startTime DESC", [1, 2, 3]),
        ("quantumProcessorId DESC, startTime", [3, 2, 1]),
    ):
        assert await ids(client, order=order, **every) == expected, order


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "price"},
        {"filter": "price >"},
        {"filter": 'price > "1"'},
        {"filter": "(price > 1"},
        {"filter": "price > 1)"},
        {"filter": "price > 1 AND"},
        {"filter": "color = 1"},
        {"filter": "startTime > 1"},
        {"filter": 'startTime > "yesterday"'},
        {"filter": 'price = "'},
        {"filter": "(" * 100 + "price > 1" + ")" * 100},
        {"order": "color"},
        {"order": "price SIDEWAYS"},
        {"pageSize": "0"},
        {"pageSize": "x"},
        {"pageToken": "x"},
        {"showDeleted": "maybe"},
    ],
)
async def test_unusable_queries_are_422(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    response = await client.get("/v1/reservations", params=query)
    assert response.status_code == 422
    check("ListReservations", response)
    assert response.json()["validationErrors"][0]["in"] == "query"


async def test_pages(client: httpx.AsyncClient) -> None:
    for number in range(5):
        await book(client, 60 + number, 61 + number)
    ids: list[int] = []
    token, pages = "", 0
    while True:
        query = {"pageSize": "2", "order": "startTime DESC"} | ({"pageToken": token} if token else {})
        body = (await client.get("/v1/reservations", params=query)).json()
        ids += [item["id"] for item in body["reservations"]]
        token, pages = body["nextPageToken"], pages + 1
        if token == "":
            break
    assert (ids, pages) == ([5, 4, 3, 2, 1], 3)


async def test_find_available(client: httpx.AsyncClient) -> None:
    await book(client, 20, 40)
    query = {
        "quantumProcessorId": "Aspen-9",
        "startTimeFrom": at(1).isoformat(),
        "duration": "0.25h",
        "pageSize": "300",
    }
    slots: list[dict] = []
    while True:
        response = await client.get("/v1/reservations:findAvailable", params=query)
        check("FindAvailableReservations", response)
        slots += response.json()["availableReservations"]
        if not response.json()["nextPageToken"]:
            break
        query["pageToken"] = response.json()["nextPageToken"]
    starts = [datetime.fromisoformat(item["startTime"]) for item in slots]
    # The quarters that begin at 15 and 30 minutes are taken.
    assert starts[:2] == [at(45), at(60)]
    assert len(set(starts)) == len(starts) == 7 * 96 - 2
    for bad in ({"duration": "long"}, {"duration": "-15m"}, {"duration": "100h"}, {"startTimeFrom": "now"}):
        response = await client.get("/v1/reservations:findAvailable", params={**query, "pageToken": "", **bad})
        assert response.status_code == 422
        check("FindAvailableReservations", response)

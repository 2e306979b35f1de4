"""Responses of Rigetti with unexpected values: what can be read is read, and the rest does not harm it."""

from __future__ import annotations

import pickle
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import anyio
import httpx
import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyqpu import drift, errors
from anyqpu.core.results.forms import FormError
from anyqpu.model.money import Money
from anyqpu.model.reservation import ReservationStatus
from anyqpu.providers.rigetti import results, rpc
from tests.support.odd import JSON, Bodies, Call, client_with, paths, replaced, respond_with, value_or_error
from tests.support.odd import response as json_response

pytestmark = pytest.mark.anyio

START, END = datetime(2030, 1, 1, 12, tzinfo=UTC), datetime(2030, 1, 1, 13, tzinfo=UTC)
TIME = "2030-01-01T12:00:00Z"
QUIL = "DECLARE ro BIT[2]\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
RESERVATION = {
    "id": 42,
    "accountId": "u",
    "accountType": "user",
    "userId": "u",
    "createdTime": TIME,
    "startTime": TIME,
    "endTime": "2030-01-01T13:00:00Z",
    "price": 12345,
    "quantumProcessorId": "Aspen-9",
    "notes": "mine",
}
ENDPOINT = {
    "id": "e",
    "healthy": True,
    "mock": False,
    "addresses": {"grpc": "https://g", "rpcq": "tcp://h:1"},
    "quantumProcessorIds": ["Aspen-9"],
    "datacenter": "d",
}
SECRET = "canary-key-0123456789"
ENGAGEMENT = {
    "address": "tcp://h:1",
    "credentials": {"clientPublic": "p", "clientSecret": SECRET, "serverPublic": "s"},
    "endpointId": "e",
    "expiresAt": TIME,
    "userId": "u",
    "minimumPriority": 1,
    "quantumProcessorIds": ["Aspen-9"],
}
ISA = {
    "name": "Aspen-9",
    "architecture": {"family": "Aspen", "nodes": [{"node_id": 0}, {"node_id": 1}], "edges": [{"node_ids": [0, 1]}]},
    "instructions": [
        {
            "name": "CZ",
            "parameters": [],
            "characteristics": [],
            "sites": [
                {
                    "node_ids": [0, 1],
                    "characteristics": [{"name": "fCZ", "value": 0.9, "error": 0.01, "timestamp": TIME}],
                }
            ],
        }
    ],
    "benchmarks": [],
}
USER = {
    "id": 7,
    "idpId": "00u",
    "createdTime": TIME,
    "profile": {"email": "ada@example.org", "firstName": "Ada", "lastName": "L", "organization": "o"},
}
GROUP = {
    "id": "g1",
    "name": "g",
    "description": "d",
    "createdTime": TIME,
    "updatedTime": TIME,
    "lastMembershipUpdatedTime": TIME,
}
INVOICE = {
    "id": "in_1",
    "status": "paid",
    "periodStart": TIME,
    "periodEnd": TIME,
    "startingBalance": 0,
    "subtotal": 100,
    "tax": 20,
    "total": 120,
}
LINE = {
    "id": "il_1",
    "amount": 100,
    "description": "d",
    "quantity": 1,
    "lineItemType": "invoiceitem",
    "metadata": {"a": "b"},
}
TRANSLATION = {
    "program": "encrypted",
    "memoryDescriptors": {"theta": {"length": 2}},
    "roSources": [["ro[0]", "q0"], ["ro[1]", "q1"]],
    "settingsTimestamp": TIME,
}

CALLS: dict[str, tuple[Call, Bodies]] = {
    "devices": (lambda c: c.devices().collect(limit=3), {"": {"quantumProcessors": [{"id": "Aspen-9"}]}}),
    "device": (
        lambda c: c.device("Aspen-9"),
        {
            "/Aspen-9": {"id": "Aspen-9"},
            "/endpoints:getDefault": ENDPOINT,
            "": ENDPOINT,
            "/instructionSetArchitecture": ISA,
        },
    ),
    "calibration": (lambda c: c.calibration("Aspen-9"), {"": ISA}),
    "topology": (lambda c: c.topology("Aspen-9"), {"": ISA}),
    "pulses": (lambda c: c.quilt_calibrations("Aspen-9"), {"": {"quilt": "DEFCAL", "settingsTimestamp": TIME}}),
    "translate": (lambda c: c.translate(QUIL, device="Aspen-9", shots=10), {"": TRANSLATION}),
    "endpoints": (lambda c: c.endpoints().collect(limit=3), {"": {"endpoints": [ENDPOINT]}}),
    "endpoint": (lambda c: c.endpoint("e"), {"": ENDPOINT}),
    "default endpoint": (lambda c: c.default_endpoint("Aspen-9"), {"": ENDPOINT}),
    "engagement": (lambda c: c.engage("Aspen-9"), {"": ENGAGEMENT}),
    "reservations": (lambda c: c.reservations().collect(limit=3), {"": {"reservations": [RESERVATION]}}),
    "cancel a reservation": (lambda c: c.cancel_reservation(42), {"": RESERVATION}),
    "slots": (
        lambda c: c.find_slots("Aspen-9", start=START, duration=900).collect(limit=3),
        {
            "": {
                "availableReservations": [
                    {
                        "duration": "900s",
                        "startTime": TIME,
                        "endTime": "2030-01-01T13:00:00Z",
                        "price": 1,
                        "quantumProcessorId": "Aspen-9",
                    }
                ]
            }
        },
    ),
    "user": (lambda c: c.user(), {"": USER}),
    "groups": (lambda c: c.groups(user="00u").collect(limit=3), {"": {"groups": [GROUP]}}),
    "members": (lambda c: c.group_members("g").collect(limit=3), {"": {"users": [USER]}}),
    "balance": (lambda c: c.balance(group="g"), {"": {"balance": -500}}),
    "customer": (lambda c: c.billing_customer(user="00u"), {"": {"id": "cus_1", "email": "ada@example.org"}}),
    "invoices": (lambda c: c.invoices(group="g").collect(limit=3), {"": {"billingInvoices": [INVOICE]}}),
    "upcoming invoice": (lambda c: c.upcoming_invoice(group="g"), {"": INVOICE}),
    "lines": (lambda c: c.invoice_lines("in_1", group="g").collect(limit=3), {"": {"billingInvoiceLines": [LINE]}}),
}


@pytest.mark.parametrize("name", CALLS)
async def test_what_is_as_documented_is_read(anyio_backend: str, name: str) -> None:
    call, bodies = CALLS[name]
    async with client_with("rigetti", respond_with(bodies)) as client:
        value = await value_or_error(call(client))
    assert value
    assert not isinstance(value, errors.AnyQPUError)


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_any_value_in_any_field_gives_a_value_or_a_typed_error(name: str, data: st.DataObject) -> None:
    call, bodies = CALLS[name]
    where = data.draw(st.sampled_from(sorted(bodies)))
    path = data.draw(st.sampled_from([(), *paths(bodies[where])]))
    changed = {**bodies, where: replaced(bodies[where], path, data.draw(JSON))}

    async def run() -> None:
        async with client_with("rigetti", respond_with(changed)) as client:
            await value_or_error(call(client))

    anyio.run(run)


async def outcome(name: str, path: tuple[str | int, ...], value: Any) -> Any:
    call, bodies = CALLS[name]
    async with client_with("rigetti", respond_with({"": replaced(bodies[""], path, value)})) as client:
        return await value_or_error(call(client))


ODD_FIELDS: dict[str, tuple[str, tuple[str | int, ...], Any, str, Any]] = {
    "a price as text": ("cancel a reservation", ("price",), "12345", "price", None),
    # 12,345 cents.
    "a whole price as a float": ("cancel a reservation", ("price",), 12345.0, "price", Money(Decimal("123.45"), "USD")),
    "a start that is not a time": ("cancel a reservation", ("startTime",), "soon", "start", None),
    "an account that is a list": ("cancel a reservation", ("accountId",), ["u"], "account", None),
    "healthy as text": ("endpoint", ("healthy",), "true", "healthy", None),
    "addresses that are a text": ("endpoint", ("addresses",), "tcp://h:1", "address", None),
    "processors that are a number": ("endpoint", ("quantumProcessorIds",), 7, "device_ids", ()),
    "one processor that is a number": ("endpoint", ("quantumProcessorIds",), [7, "a"], "device_ids", ("a",)),
    "a profile that is a list": ("user", ("profile",), [], "email", None),
    "a number that is a text": ("user", ("id",), "7", "number", None),
    "a total that is missing": ("upcoming invoice", ("total",), None, "total", None),
    "a time of the year 1": ("upcoming invoice", ("periodStart",), "0001-01-01T00:00:00Z", "period_start", None),
    "a length of memory as text": ("translate", ("memoryDescriptors", "theta"), "2", "memory", {}),
    "a source of three": ("translate", ("roSources", 0), ["a", "b", "c"], "ro_sources", (("ro[1]", "q1"),)),
    "an expiry that is not a time": ("engagement", ("expiresAt",), 7, "expires_at", None),
}


@pytest.mark.parametrize("name", ODD_FIELDS)
async def test_a_field_with_an_unexpected_value_becomes_none(anyio_backend: str, name: str) -> None:
    call, path, value, attribute, expected = ODD_FIELDS[name]
    assert getattr(await outcome(call, path, value), attribute) == expected


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("endpoint", ("id",), 7),
        ("cancel a reservation", ("id",), "42"),
        ("user", ("idpId",), None),
        ("upcoming invoice", ("status",), 7),
        ("balance", ("balance",), "12"),
        ("pulses", ("quilt",), 7),
        ("translate", ("program",), []),
        ("translate", ("memoryDescriptors", "theta", "length"), 10**12),
        ("engagement", ("address",), None),
        ("engagement", ("credentials",), None),
        ("engagement", ("credentials", "clientSecret"), 7),
        ("calibration", ("architecture", "nodes"), [{"node_id": node} for node in range(4_000)]),
    ],
)
async def test_what_a_value_cannot_do_without(
    anyio_backend: str, name: str, path: tuple[str | int, ...], value: Any
) -> None:
    error = await outcome(name, path, value)
    assert isinstance(error, errors.UnexpectedResponseError)
    assert (error.provider, error.status_code, error.request_id) == ("rigetti", 200, "r-1")
    assert error.operation


async def test_a_reservation_without_times_is_of_unknown_status(anyio_backend: str) -> None:
    seen = await outcome("cancel a reservation", ("endTime",), None)
    assert (seen.status, seen.status_recognized) == (ReservationStatus.UNKNOWN, False)


async def test_a_reservation_without_a_start_cannot_be_waited_for(anyio_backend: str) -> None:
    body = {**RESERVATION, "startTime": None}
    async with client_with("rigetti", lambda _: json_response(body)) as client:
        with pytest.raises(errors.UnexpectedResponseError, match="reservation 42 has no start"):
            await client.wait_for_reservation("42", until="start", timeout=10)


async def test_odd_figures_of_a_calibration_are_left_out(anyio_backend: str) -> None:
    drift.forget()
    figures = [{"name": "T1", "value": value, "timestamp": TIME} for value in (2e-5, "long", float("inf"), None, [1])]
    site = {"node_ids": [0], "characteristics": [*figures, 7]}
    seen = await outcome("calibration", ("instructions", 0, "sites", 0), site)
    assert [(item.nodes, item.name, item.value) for item in seen.sites] == [((0,), "T1", 2e-5)]
    assert ("type", "Characteristic", "value") in {(record.kind, record.where, record.what) for record in drift.seen()}


@pytest.mark.parametrize("edge", [{"node_ids": []}, {"node_ids": [0]}, {"node_ids": [0, "1"]}, {"node_ids": [0, 9]}, 7])
async def test_odd_couplings_are_left_out(anyio_backend: str, edge: Any) -> None:
    topology = await outcome("topology", ("architecture", "edges"), [edge, {"node_ids": [1, 0]}])
    assert (topology.nodes, topology.edges) == ((0, 1), ((0, 1),))


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, {**RESERVATION, "id": None}])
async def test_one_bad_element_does_not_harm_the_others(anyio_backend: str, bad: Any) -> None:
    body = {"reservations": [RESERVATION, bad, {**RESERVATION, "id": 43}]}
    async with client_with("rigetti", lambda _: json_response(body)) as client:
        assert [reservation.id for reservation in await client.reservations().collect()] == ["42", "43"]


async def test_a_cancelled_reservation_without_a_body_is_fetched(anyio_backend: str) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            return httpx.Response(204)
        return json_response({**RESERVATION, "cancelled": True})

    async with client_with("rigetti", respond) as client:
        assert (await client.cancel_reservation(42)).status is ReservationStatus.CANCELLED


# Keys


@pytest.mark.parametrize(
    "credentials",
    [
        {"clientPublic": "p", "clientSecret": SECRET, "serverPublic": 7},
        {"clientSecret": SECRET},
        {"clientPublic": "p", "clientSecret": [SECRET], "serverPublic": "s"},
        [SECRET],
        SECRET,
    ],
)
async def test_no_key_is_shown_with_an_engagement_that_cannot_be_read(anyio_backend: str, credentials: Any) -> None:
    drift.forget()
    error = await outcome("engagement", ("credentials",), credentials)
    assert isinstance(error, errors.UnexpectedResponseError)
    ours = [
        frame
        for frame in traceback.TracebackException.from_exception(error, capture_locals=True).stack
        if "/anyqpu/" in frame.filename and "/tests/" not in frame.filename
    ]
    assert ours
    assert SECRET not in repr(error) + str(error) + repr(error.body) + repr([frame.locals for frame in ours])
    assert SECRET not in repr(drift.seen())
    assert error.__context__ is None


async def test_an_engagement_does_not_show_its_keys(anyio_backend: str) -> None:
    engagement = await outcome("engagement", ("userId",), 7)
    assert engagement.credentials.client_secret.reveal() == SECRET
    assert SECRET not in repr(engagement)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(engagement)


# Messages of the execution endpoint


def packed(value: Any) -> bytes:
    content: bytes = msgpack.packb(value, use_bin_type=True)
    return content


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=5) | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.binary(max_size=200))
def test_any_message_is_a_response_or_a_typed_error(content: bytes) -> None:
    with suppress(errors.UnexpectedResponseError):
        id, response = rpc.read(content)
        assert id is None or isinstance(id, str)
        assert isinstance(response, rpc.RpcResult | rpc.RpcError | rpc.Garbled)


@given(VALUES, VALUES, VALUES)
def test_a_message_with_an_id_is_the_response_to_its_request(kind: Any, result: Any, error: Any) -> None:
    id, response = rpc.read(packed({"_type": kind, "id": "1", "result": result, "error": error}))
    assert id == "1"
    if kind not in {"RPCReply", "RPCError"} if isinstance(kind, str) else True:
        assert isinstance(response, rpc.Garbled)


@pytest.mark.parametrize(
    "content",
    [
        b"\xdf\xff\xff\xff\xff",  # a map of 2**32 - 1 pairs
        b"\x81\xa6result\xdd\xff\xff\xff\xff",  # a list of 2**32 - 1 values
        b"\xdc\xff\xff" + b"\x90" * 65_535,  # a list of 65,535 empty lists
        b"\x91" * 100_000,  # a list in a list, 100,000 levels deep
    ],
)
def test_a_message_of_too_many_values_is_refused_before_it_is_decoded(content: bytes) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match="more than 20000 values"):
        rpc.read(content)


@given(VALUES)
def test_any_reply_is_a_result_or_cannot_be_decoded(reply: Any) -> None:
    for body in (reply, {"buffers": reply}, {"buffers": {"q0": reply}}):
        with suppress(FormError):
            assert results.decode_reply(body, [("ro[0]", "q0")], 1).success


def test_an_array_is_not_larger_than_its_data() -> None:
    for shape in ([2**60], [2**32, 2**32], [10**6] * 7, [1] * 1000):
        with pytest.raises(FormError):
            results.decode({"q0": {"shape": shape, "dtype": "int64", "data": b"\x01"}}, [("ro[0]", "q0")], None)


def test_numbers_of_several_bytes_are_bits() -> None:
    two = (1).to_bytes(8, "little") + bytes(8)
    item = results.decode({"q0": {"shape": [2], "dtype": "uint64", "data": two}}, [("ro[0]", "q0")], 2)
    assert item.samples == ("1", "0")
    for wrong in ((256).to_bytes(8, "little"), (-1).to_bytes(8, "little", signed=True), (2).to_bytes(8, "little")):
        with pytest.raises(FormError, match="neither 0 nor 1"):
            results.decode({"q0": {"shape": [1], "dtype": "int64", "data": wrong}}, [("ro[0]", "q0")], 1)


def test_one_buffer_for_many_places_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_OUTCOMES", 100)
    buffers = {"q0": {"shape": [60], "dtype": "int8", "data": b"\x01" * 60}}
    assert results.decode(buffers, [("ro[0]", "q0")], 60).samples == ("1",) * 60
    with pytest.raises(FormError, match="more than 100 outcomes"):
        results.decode(buffers, [("ro[0]", "q0"), ("ro[1]", "q0")], 60)

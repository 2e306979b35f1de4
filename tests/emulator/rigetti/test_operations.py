"""Every operation of the published document, with responses in the documented form."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock, utc

from .conftest import BELL, ME, rigetti
from .document import OPERATIONS, OPTIONAL, PUBLIC, check, check_error

pytestmark = pytest.mark.anyio


INVITED = {
    "profile": {"email": "a@example.org", "firstName": "Ada", "lastName": "Example", "organization": "x"},
    "credentials": {"password": {"value": "long enough"}},
    "token": "x",
}


class Caller:
    """Calls operations by their id and checks every response against the document."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.succeeded: set[str] = set()

    async def __call__(self, operation_id: str, ids: dict[str, str] | None = None, **more: object) -> httpx.Response:
        method, path, _ = OPERATIONS[operation_id]
        for name, value in (ids or {}).items():
            path = path.replace("{" + name + "}", value)
        response = await self.client.request(method, path, **more)  # type: ignore[arg-type]
        check(operation_id, response)
        if response.is_success:
            self.succeeded.add(operation_id)
        return response


async def test_all_operations(clock: ManualClock) -> None:
    async with Emulator(seed=7, clock=clock) as emulator:
        async with rigetti(emulator) as client:
            call = Caller(client)
            await _general(call)
            await _processors(call)
            await _reservations(call, clock)
            await _accounts(call)
            await _viewer(call)
            assert call.succeeded == set(OPERATIONS)


async def _general(call: Caller) -> None:
    assert (await call("GetHealth")).json() == {"status": "PASS"}
    await call("HealthCheck")
    await call("HealthCheckDeprecated")
    assert (await call("AuthGetUser")).json()["idpId"] == ME
    await call("AuthEmailPasswordResetToken", json={"email": "a@example.org"})
    await call("AuthResetPassword", json={"oldPassword": "old", "newPassword": "long enough"})
    await call("AuthResetPasswordWithToken", json={"token": "x", "newPassword": "long enough"})
    listed = (await call("ListClientApplications")).json()["clientApplications"]
    one = {"clientApplicationName": "pyquil"}
    assert (await call("GetClientApplication", one)).json() in listed
    for version, latest, update in (("3.5.0", True, False), ("3.4.9", False, False), ("2.0", False, True)):
        response = (await call("CheckClientApplication", json={"name": "pyquil", "version": version})).json()
        assert (response["isLatestVersion"], response["isUpdateRequired"]) == (latest, update)


async def _processors(call: Caller) -> None:
    listed = (await call("ListQuantumProcessors")).json()
    assert listed == {"quantumProcessors": [{"id": "Aspen-9"}, {"id": "Aspen-M-3"}, {"id": "Ankaa-3"}]}
    for name, qubits, couplings in (("Aspen-9", 32, 38), ("Aspen-M-3", 80, 106), ("Ankaa-3", 82, 143)):
        ids = {"quantumProcessorId": name}
        assert (await call("GetQuantumProcessor", ids)).json() == {"id": name}
        isa = (await call("GetInstructionSetArchitecture", ids)).json()
        # An Ankaa has twelve rows of seven qubits, without two at the rim: 12 * 6 + 11 * 7 - 3 - 3 couplings.
        assert len(isa["architecture"]["nodes"]) == qubits
        edges = [tuple(edge["node_ids"]) for edge in isa["architecture"]["edges"]]
        assert len(set(edges)) == len(edges) == couplings
        assert {node for edge in edges for node in edge} == {node["node_id"] for node in isa["architecture"]["nodes"]}
        sites = {item["name"]: len(item["sites"]) for item in isa["instructions"]}
        assert (sites["RX"], sites["CZ"], sites["MEASURE"]) == (qubits, couplings, qubits)
        assert isa in (await call("ListInstructionSetArchitectures")).json()["instructionSetArchitectures"]
        assert "accessors" in (await call("GetQuantumProcessorAccessors", ids)).json()
        await call("GetQuantumProcessorCalendar", ids)
        default = (await call("GetDefaultEndpoint", ids)).json()
        assert default["quantumProcessorIds"] == [name]
        assert default["healthy"]
        assert (await call("GetEndpoint", {"endpointId": default["id"]})).json() == default
        assert "DEFCAL" in (await call("GetQuiltCalibrations", ids)).json()["quilt"]
    body = {"quil": BELL, "numShots": 10}
    await call("TranslateNativeQuilToEncryptedBinary", {"quantumProcessorId": "Aspen-9"}, json=body)
    assert len((await call("ListEndpoints")).json()["endpoints"]) == 4
    await call("CreateEngagement", json={"quantumProcessorId": "Aspen-9"})
    made = (await call("CreateEndpoint", json={"quantumProcessorIds": ["Aspen-9"]})).json()
    await call("RestartEndpoint", {"endpointId": made["id"]}, json={"componentName": "proxy"})
    await call("RestartEndpoint", {"endpointId": made["id"]})
    await call("DeleteEndpoint", {"endpointId": made["id"]})
    assert (await call("GetEndpoint", {"endpointId": made["id"]})).status_code == 404


async def _reservations(call: Caller, clock: ManualClock) -> None:
    query = {"quantumProcessorId": "Aspen-9", "startTimeFrom": "2026-01-01T00:00:00Z", "duration": "15m"}
    offers = (await call("FindAvailableReservations", params=query)).json()
    offer = offers["availableReservations"][0]
    assert (offer["duration"], offer["price"], offer["startTime"]) == ("15m0s", 6000, "2026-01-01T00:00:00Z")
    body = {key: offer[key] for key in ("quantumProcessorId", "startTime", "endTime")}
    made = (await call("CreateReservation", json={**body, "notes": "mine"})).json()
    assert made["price"] == 6000
    late = (utc(clock.wall()) + timedelta(days=2)).isoformat()
    end = (utc(clock.wall()) + timedelta(days=2, minutes=30)).isoformat()
    group = {"accountId": "emulator-lab", "accountType": "group"}
    body = {"quantumProcessorId": "Aspen-9", "startTime": late, "endTime": end, **group}
    theirs = (await call("CreateReservation", json=body)).json()
    assert (await call("ListReservations")).json()["reservations"] == [made]
    assert (await call("GetReservation", {"reservationId": str(theirs["id"])})).json() == theirs
    listed = (await call("ListGroupReservations", {"groupName": "emulator-lab"})).json()
    assert listed["reservations"] == [theirs]
    cancelled = (await call("DeleteReservation", {"reservationId": str(theirs["id"])})).json()
    assert cancelled["cancelled"]
    assert (await call("ListGroupReservations", {"groupName": "emulator-lab"})).json()["reservations"] == []


async def _accounts(call: Caller) -> None:
    for kind, ids in (("User", {"userId": ME}), ("Group", {"groupName": "emulator-lab"})):
        balance = (await call(f"Get{kind}Balance", ids)).json()["balance"]
        assert balance == (-94_000 if kind == "User" else -250_000)
        await call(f"Get{kind}BillingCustomer", ids)
        invoices = (await call(f"List{kind}BillingInvoices", ids)).json()["billingInvoices"]
        assert [item["periodEnd"][:7] for item in invoices] == ["2026-01", "2025-12", "2025-11"]
        inside = {**ids, "billingInvoiceId": invoices[0]["id"]}
        lines = (await call(f"List{kind}BillingInvoiceLines", inside)).json()["billingInvoiceLines"]
        assert sum(line["amount"] for line in lines) == invoices[0]["total"]
        upcoming = (await call(f"Get{kind}UpcomingBillingInvoice", ids)).json()
        lines = (await call(f"List{kind}UpcomingBillingInvoiceLines", ids)).json()["billingInvoiceLines"]
        assert sum(line["amount"] for line in lines) == upcoming["total"]
        assert upcoming["startingBalance"] + upcoming["total"] == balance
    assert [group["name"] for group in (await call("ListUserGroups", {"userId": ME})).json()["groups"]] == [
        "emulator-lab"
    ]
    body = {"groupName": "emulator-lab", "userEmail": "emmy@example.org"}
    for operation, members in (("AddGroupUser", 3), ("AddGroupUser", 3), ("RemoveGroupUser", 2)):
        await call(operation, json=body)
        users = (await call("ListGroupUsers", {"groupName": "emulator-lab"})).json()["users"]
        assert len(users) == members


async def _viewer(call: Caller) -> None:
    before = (await call("AuthGetUser")).json()
    names = {"firstName": "Augusta", "lastName": "King", "organization": "Analytical Engines"}
    after = (await call("UpdateViewerUserProfile", json=names)).json()
    assert after == {**before, "profile": {**before["profile"], **names}}
    assert (await call("AuthGetUser")).json() == after
    for done in (True, False):
        assert (await call("PutViewerUserOnboardingCompleted", json={"onboardingCompleted": done})).is_success
        assert (await call("GetViewerUserOnboardingCompleted")).json() == {"onboardingCompleted": done}
    first, *rest = (await call("ListViewerAnnouncements")).json()["announcements"]
    await call("DismissViewerAnnouncement", {"announcementId": str(first["id"])})
    assert (await call("ListViewerAnnouncements")).json()["announcements"] == rest
    everything = await call("ListViewerAnnouncements", params={"includeDismissed": "true"})
    assert everything.json()["announcements"] == [first, *rest]
    user = {"userId": ME}
    body = {"product": "reservationCreation", "quantumProcessorId": "Aspen-9"}
    # 15 minutes of this processor cost 6000 cents.
    price = (await call("GetUserEventBillingPrice", user, json=body)).json()
    assert (price["unitAmountDecimal"], price["unitLabel"]) == (400, "minute")
    assert (await call("GetUserEventBillingPrice", user, json={"product": "qpuJobTime"})).is_success
    await call("ActivateUser", json=INVITED)


@pytest.mark.parametrize("operation_id", OPERATIONS)
async def test_tokens(emulator: Emulator, operation_id: str) -> None:
    method, path, _ = OPERATIONS[operation_id]
    path = path.replace("{", "").replace("}", "")
    for token in ("", "denied-token"):
        async with rigetti(emulator, token) as client:
            response = await client.request(method, path, json={} if method == "POST" else None)
            if operation_id in PUBLIC or (operation_id in OPTIONAL and not token):
                assert response.status_code != 401
            else:
                assert response.status_code == 401
                check_error(response)
                assert response.json()["code"] == "unauthorized"


async def test_a_required_token() -> None:
    async with Emulator(require_token="right") as emulator:
        for token, status in (("right", 200), ("wrong", 401)):
            async with rigetti(emulator, token) as client:
                assert (await client.get("/v1/auth:getUser")).status_code == status


@pytest.mark.parametrize(
    "operation_id",
    [name for name, (_, path, _) in OPERATIONS.items() if "{" in path and name != "ListGroupReservations"],
)
async def test_unknown_ids_are_404(emulator: Emulator, operation_id: str) -> None:
    method, path, _ = OPERATIONS[operation_id]
    async with rigetti(emulator) as client:
        path = "/".join(f"nothing{part.partition('}')[2]}" if "{" in part else part for part in path.split("/"))
        # A request is checked before its resource is searched.
        bodies = {
            "TranslateNativeQuilToEncryptedBinary": {"quil": "I 0", "numShots": 1},
            "GetUserEventBillingPrice": {"product": "qpuJobTime"},
        }
        body = bodies.get(operation_id, {})
        response = await client.request(method, path, json=body if method == "POST" else None)
        assert response.status_code == 404
        check_error(response)


async def test_resources_of_other_users_are_403(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        for method, path in (
            ("GET", "/v1/users/00u0emulator0user002/balance"),
            ("GET", "/v1/groups/other-lab/balance"),
            ("GET", "/v1/groups/other-lab/reservations"),
            ("DELETE", "/v1/endpoints/aspen-9-default"),
            ("POST", "/v1/endpoints/aspen-9-default:restart"),
        ):
            response = await client.request(method, path)
            assert response.status_code == 403
            check_error(response)


async def test_errors_always_have_the_form_of_the_cloud(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        for method, path, content, status in (
            ("GET", "/v1/nothing", b"", 404),
            ("DELETE", "/v1/reservations", b"", 405),
            ("POST", "/v1/engagements", b"", 422),
            ("POST", "/v1/engagements", b"[", 422),
            ("POST", "/v1/engagements", b"[]", 422),
            ("POST", "/v1/engagements", b"{}", 422),
        ):
            response = await client.request(method, path, content=content, headers={"x-request-id": "mine"})
            assert response.status_code == status
            check_error(response)
            assert response.json()["requestId"] == response.headers["x-request-id"] == "mine"


async def test_doubled_slashes(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        for path in ("//v1/quantumProcessors", "/v1//quantumProcessors//Aspen-9", "///v1///auth:getUser"):
            assert (await client.get("http://emulator/rigetti" + path)).status_code == 200


@pytest.mark.parametrize(
    ("operation_id", "body"),
    [
        ("AuthEmailPasswordResetToken", {"email": "unknown"}),
        ("AuthResetPassword", {"oldPassword": "x", "newPassword": "short"}),
        ("AuthResetPasswordWithToken", {"token": "denied", "newPassword": "long enough"}),
        ("ActivateUser", {}),
        ("ActivateUser", {**INVITED, "token": "denied"}),
        ("ActivateUser", {**INVITED, "credentials": {"password": {"value": "short"}}}),
        ("UpdateViewerUserProfile", {"firstName": "Ada", "lastName": "", "organization": "x"}),
        ("CheckClientApplication", {"name": "pyquil", "version": "one"}),
        ("AddGroupUser", {"userId": ME}),
        ("RemoveGroupUser", {"groupName": "emulator-lab"}),
        ("CreateEndpoint", {"datacenters": ["moon"]}),
        ("CreateEndpoint", {"quantumProcessorIds": "Aspen-9"}),
        ("CreateReservation", {"quantumProcessorId": "Aspen-9", "startTime": "tomorrow", "endTime": "later"}),
    ],
)
async def test_unusable_bodies_are_422(emulator: Emulator, operation_id: str, body: dict) -> None:
    method, path, _ = OPERATIONS[operation_id]
    async with rigetti(emulator) as client:
        response = await client.request(method, path, json=body)
        assert response.status_code == 422
        check(operation_id, response)
        assert response.json()["validationErrors"]


async def test_unknown_things_in_bodies_are_404(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        for path, body in (
            ("/v1/clientApplications:check", {"name": "nothing", "version": "1"}),
            ("/v1/groups:addUser", {"groupName": "other-lab", "userId": ME}),
            ("/v1/groups:addUser", {"groupName": "emulator-lab", "userId": "unknown"}),
            ("/v1/endpoints", {"quantumProcessorIds": ["Aspen-1"]}),
            ("/v1/engagements", {"quantumProcessorId": "Aspen-1"}),
            ("/v1/engagements", {"endpointId": "nothing"}),
        ):
            response = await client.post(path, json=body)
            assert response.status_code == 404, path
            check_error(response)

"""What driving released clients has shown: each line of these made one fail."""

from __future__ import annotations

import base64
import json

import pytest

from anyqpu_emulator import Emulator

from .conftest import rigetti

pytestmark = pytest.mark.anyio
PROCESSORS = "/v1/quantumProcessors"


def jwt(**claims: object) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in [*parts, b"signature"])


@pytest.mark.parametrize(
    "token", ["stale", "None", "a.b.c", jwt(), jwt(exp=1_600_000_000), jwt(exp="soon"), "é.é.é", "." * 2, "[].[].c"]
)
async def test_a_token_that_is_unknown_is_refused_and_a_refresh_helps(emulator: Emulator, token: str) -> None:
    async with rigetti(emulator) as client:
        headers = {"Authorization": f"Bearer {token}".encode()}
        refused = await client.get(PROCESSORS, headers=headers)
        assert refused.status_code == 401
        assert refused.json()["code"] == "unauthorized"
        form = {"grant_type": "refresh_token", "client_id": "c", "refresh_token": "mine"}
        response = (await client.post("/oauth2/default/v1/token", data=form)).json()
        headers = {"Authorization": f"Bearer {response['access_token']}".encode()}
        assert (await client.get(PROCESSORS, headers=headers)).status_code == 200


async def test_a_token_of_another_emulator_is_good_until_it_expires(emulator: Emulator) -> None:
    async with rigetti(emulator, jwt(exp=4_000_000_000)) as client:
        assert (await client.get(PROCESSORS)).status_code == 200


async def test_what_the_service_has_gained_since_the_document(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        first = (await client.get("/v1/instructionSetArchitectures", params={"pageSize": 1})).json()
        assert [isa["name"] for isa in first["instructionSetArchitectures"]] == ["Aspen-9"]
        assert first["nextPageToken"]
        assert (await client.get(f"{PROCESSORS}/Aspen-9/accessors")).json()["accessors"] == []
        assert (await client.get("/v1/calendars/Aspen-9")).json() == {}
        for path in (f"{PROCESSORS}/None/accessors", "/v1/calendars/None", "/v1/reservations/12345"):
            assert (await client.get(path)).status_code == 404
        query = {"quantumProcessorId": "Aspen-9", "startTimeFrom": "2020-01-01T00:00:00Z", "duration": "15m"}
        free = (await client.get("/v1/reservations:findAvailable", params=query)).json()["availableReservations"][-1]
        wanted = {key: free[key] for key in ("quantumProcessorId", "startTime", "endTime")}
        made = (await client.post("/v1/reservations", json=wanted)).json()
        assert (await client.get(f"/v1/reservations/{made['id']}")).json() == made

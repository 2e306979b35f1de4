"""Tokens, and results behind links that refuse them."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .helpers import anonymous, create, data, finished, pasqal

pytestmark = pytest.mark.anyio
REALM = "http://auth0.com/oauth/grant-type/password-realm"
FORM = {
    "grant_type": REALM,
    "client_id": "c",
    "realm": "pcs-users",
    "audience": "a",
    "username": "me@example.org",
    "password": "p",
}


async def _token(client: httpx.AsyncClient, **change: Any) -> httpx.Response:
    return await client.post("/oauth/token", data={**FORM, **change})


@pytest.mark.parametrize("grant", [REALM, "password"])
async def test_a_token_for_a_password(clock: ManualClock, grant: str) -> None:
    async with Emulator(clock=clock) as emulator:
        async with anonymous(emulator) as client:
            body = (await _token(client, grant_type=grant)).json()
            header, claims, _ = body["access_token"].split(".")
            assert json.loads(base64.urlsafe_b64decode(header + "=="))["alg"] == "RS256"
            expires = json.loads(base64.urlsafe_b64decode(claims + "=="))["exp"]
            assert expires == clock.wall() + body["expires_in"]
            bearer = {"Authorization": f"Bearer {body['access_token']}"}
            assert (await client.get("/core-fast/api/v1/batches", headers=bearer)).status_code == 200
            clock.advance(body["expires_in"])
            assert (await client.get("/core-fast/api/v1/batches", headers=bearer)).status_code == 401


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"username": "invalid@example.org"}, 403, "invalid_grant"),
        ({"username": "invalid@example.org", "grant_type": "password"}, 401, "invalid_grant"),
        ({"password": ""}, 400, "invalid_request"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "magic"}, 400, "unsupported_grant_type"),
    ],
)
async def test_logins_that_fail(emulator: Emulator, change: dict[str, str], status: int, error: str) -> None:
    async with anonymous(emulator) as client:
        response = await _token(client, **change)
        assert (response.status_code, response.json()["error"]) == (status, error)
        assert response.json()["error_description"]


async def test_a_required_token() -> None:
    async with Emulator(require_token="right") as emulator:
        for token, status in (("right", 200), ("wrong", 401)):
            async with pasqal(emulator, Authorization=f"Bearer {token}") as client:
                assert (await client.get("/v1/batches")).status_code == status


async def test_users_are_distinguished(emulator: Emulator) -> None:
    async with anonymous(emulator) as client:
        tokens = [(await _token(client, username=name)).json()["access_token"] for name in ("a@b.c", "d@e.f", "a@b.c")]
    users: list[str] = []
    for token in tokens:
        async with pasqal(emulator, Authorization=f"Bearer {token}") as client:
            users.append((await create(client))["user_id"])
    assert users[0] == users[2] != users[1]


async def test_results_are_behind_links(clock: ManualClock) -> None:
    async with Emulator(clock=clock) as emulator:
        async with pasqal(emulator) as client, anonymous(emulator) as other:
            made = await create(client, {"runs": 3}, {"runs": 4, "sequence": "{}"})
            good, bad = [job["id"] for job in made["jobs"]]
            await finished(client, good)
            await finished(client, bad)
            assert (await data(client, f"/v1/jobs/{bad}/results_link")) == {"results_link": None}
            link = (await data(client, f"/v1/jobs/{good}/results_link"))["results_link"]
            many = await data(client, f"/v1/batches/{made['id']}/results_link")
            assert (set(many["results_links"]), set(many["errors"])) == ({good}, {bad})
            assert (await other.get(many["results_links"][good])).json() == {"counter": {"1": 3}, "raw": ["1"] * 3}
            assert (await client.get(link)).status_code == 400
            assert (await other.get(link.replace("Signature=", "Signature=0"))).status_code == 403
            assert (await other.get(link.replace("Expires=", "Expires=9"))).status_code == 403
            assert (await other.get(link.partition("?")[0])).status_code == 403
            assert (await other.get(link)).status_code == 200
            clock.advance(3600)
            assert (await other.get(link)).status_code == 403
            assert await data(client, f"/v1/batches/{made['id']}/results") == {good: {"1": 3}}
            full = await data(client, f"/v1/batches/{made['id']}/full_results")
            assert full[good]["raw"] == ["1"] * 3

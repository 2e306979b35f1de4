"""Tokens, and where they come from."""

from __future__ import annotations

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import BASE, kipu

pytestmark = pytest.mark.anyio
TOKENS = "http://emulator/kipu/realms/planqk/protocol/openid-connect/token"
PASSWORD = {"grant_type": "password", "username": "a@b.c", "password": "pw", "client_id": "cli"}


async def grant(emulator: Emulator, **change: str) -> httpx.Response:
    async with kipu(emulator, **{"X-Auth-Token": ""}) as client:
        return await client.post(TOKENS, data={key: value for key, value in {**PASSWORD, **change}.items() if value})


async def status(emulator: Emulator, **headers: str) -> int:
    async with kipu(emulator, **{"X-Auth-Token": "", **headers}) as client:
        return (await client.get("/jobs")).status_code


async def test_either_header(emulator: Emulator) -> None:
    assert await status(emulator, **{"X-Auth-Token": "anything"}) == 200
    assert await status(emulator, Authorization="Bearer anything") == 200
    assert await status(emulator, Authorization="bearer anything") == 200
    for value in ("", "Bearer", "Bearer ", "Basic YTpi"):
        assert await status(emulator, Authorization=value) == 401


async def test_a_bad_token_is_bad_in_public_places_too(emulator: Emulator) -> None:
    async with kipu(emulator, **{"X-Auth-Token": "denied"}) as client:
        response = await client.get("/backends")
        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_required_token() -> None:
    async with Emulator(require_token="secret") as emulator:
        assert await status(emulator, **{"X-Auth-Token": "secret"}) == 200
        assert await status(emulator, Authorization="Bearer secret") == 200
        assert await status(emulator, **{"X-Auth-Token": "Secret"}) == 401
        assert (await grant(emulator)).status_code == 401
        token = (await grant(emulator, password="secret")).json()["access_token"]
        assert await status(emulator, Authorization=f"Bearer {token}") == 200
        assert (await grant(emulator, grant_type="refresh_token", refresh_token="unseen")).status_code == 400


async def test_password_and_refresh(clock: ManualClock) -> None:
    async with Emulator(clock=clock) as emulator:
        first = (await grant(emulator)).json()
        assert (first["token_type"], first["expires_in"]) == ("Bearer", 300)
        assert await status(emulator, Authorization=f"Bearer {first['access_token']}") == 200
        clock.advance(301)
        assert await status(emulator, Authorization=f"Bearer {first['access_token']}") == 401
        refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = (await grant(emulator, **refresh)).json()
        assert second["access_token"] != first["access_token"]
        assert await status(emulator, Authorization=f"Bearer {second['access_token']}") == 200
        clock.advance(1801)
        late = await grant(emulator, grant_type="refresh_token", refresh_token=second["refresh_token"])
        assert (late.status_code, late.json()["error"]) == (400, "invalid_grant")
        unseen = await grant(emulator, grant_type="refresh_token", refresh_token="of another issuer")
        assert unseen.status_code == 200


@pytest.mark.parametrize(
    ("change", "status_code", "error"),
    [
        ({"username": "invalid@example.com"}, 401, "invalid_grant"),
        ({"password": "denied"}, 401, "invalid_grant"),
        ({"username": ""}, 400, "invalid_request"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "denied"}, 400, "invalid_grant"),
    ],
)
async def test_refusals_are_oauth_json(emulator: Emulator, change: dict, status_code: int, error: str) -> None:
    response = await grant(emulator, **change)
    assert (response.status_code, response.json()["error"]) == (status_code, error)
    assert set(response.json()) == {"error", "error_description"}


async def test_client_id_by_basic(emulator: Emulator) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url=BASE) as client:
        form = {key: value for key, value in PASSWORD.items() if key != "client_id"}
        assert (await client.post(TOKENS, data=form, auth=("cli", ""))).status_code == 200
        broken = await client.post(TOKENS, data=form, headers={"Authorization": "Basic %%%"})
        assert broken.status_code == 401

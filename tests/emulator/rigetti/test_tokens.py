"""The issuer: discovery, grants, rotation, and that its tokens open the API."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import rigetti

pytestmark = pytest.mark.anyio
TOKEN = "/oauth2/default/v1/token"
DAY = 24 * 3600


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def refresh(client: httpx.AsyncClient, token: str, **more: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "client_id": "0oa", "refresh_token": token, **more}
    return await client.post(TOKEN, data=form)


async def test_discovery_and_signature(emulator: Emulator) -> None:
    async with rigetti(emulator, "") as client:
        document = (await client.get("/oauth2/default/.well-known/openid-configuration")).json()
        assert document["issuer"] == "http://emulator/rigetti/oauth2/default"
        assert document["token_endpoint"] == document["issuer"] + "/v1/token"
        response = (await refresh(client, "any")).json()
        head, claims, signature = response["access_token"].split(".")
        [key] = (await client.get(document["jwks_uri"])).json()["keys"]
        assert json.loads(decoded(head)) == {"alg": "RS256", "kid": key["kid"], "typ": "JWT"}
        assert json.loads(decoded(claims))["iss"] == document["issuer"]
        exponent, modulus = (int.from_bytes(decoded(key[name])) for name in "en")
        public = RSAPublicNumbers(exponent, modulus).public_key()
        public.verify(decoded(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())


async def test_rotation(emulator: Emulator) -> None:
    async with rigetti(emulator, "") as client:
        first = await refresh(client, "stored")
        assert first.headers["cache-control"] == "no-store"
        second = await refresh(client, first.json()["refresh_token"])
        assert second.status_code == 200
        for used in ("stored", first.json()["refresh_token"], "", "denied", "is-denied-too"):
            response = await refresh(client, used)
            assert response.status_code == 400
            assert response.json()["error"] == "invalid_grant"


async def test_access_tokens_live_for_a_day(clock: ManualClock) -> None:
    async with Emulator(clock=clock, require_token="secret") as emulator:
        async with rigetti(emulator, "") as client:
            assert (await refresh(client, "unknown")).status_code == 400
            response = (await refresh(client, "secret")).json()
            claims = json.loads(decoded(response["access_token"].split(".")[1]))
            assert response["expires_in"] == claims["exp"] - claims["iat"] == DAY
            assert claims["exp"] == clock.wall() + DAY
            headers = {"Authorization": f"Bearer {response['access_token']}"}
            assert (await client.get("/v1/auth:getUser", headers=headers)).status_code == 200
            clock.advance(DAY)
            assert (await client.get("/v1/auth:getUser", headers=headers)).status_code == 401
            assert (await refresh(client, response["refresh_token"])).status_code == 200


async def test_client_credentials(emulator: Emulator) -> None:
    async with rigetti(emulator, "") as client:
        form = {"grant_type": "client_credentials", "scope": "openid"}
        good = await client.post(TOKEN, data=form, auth=httpx.BasicAuth("client", "secret"))
        assert good.status_code == 200
        assert "refresh_token" not in good.json()
        bad = await client.post(TOKEN, data=form, auth=httpx.BasicAuth("client", "denied"))
        assert (bad.status_code, bad.json()["error"]) == (401, "invalid_client")
        anonymous = await client.post(TOKEN, data=form)
        assert (anonymous.status_code, anonymous.json()["error"]) == (401, "invalid_client")


async def test_authorization_code_with_pkce(emulator: Emulator) -> None:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"verifier").digest()).rstrip(b"=").decode()
    query = {"response_type": "code", "redirect_uri": "http://127.0.0.1:8484/back?a=1", "state": "s&s"}
    query |= {"code_challenge": challenge, "code_challenge_method": "S256"}
    async with rigetti(emulator, "") as client:

        async def code() -> str:
            response = await client.get("/oauth2/default/v1/authorize", params=query)
            assert response.status_code == 302
            parts = parse_qs(urlsplit(response.headers["location"]).query)
            assert (parts["a"], parts["state"]) == (["1"], ["s&s"])
            return parts["code"][0]

        form = {"grant_type": "authorization_code", "client_id": "0oa", "redirect_uri": "http://127.0.0.1:8484"}
        granted = await code()
        good = await client.post(TOKEN, data={**form, "code": granted, "code_verifier": "verifier"})
        assert good.json()["refresh_token"]
        for again, verifier in ((granted, "verifier"), (await code(), "wrong"), ("denied", "verifier")):
            bad = await client.post(TOKEN, data={**form, "code": again, "code_verifier": verifier})
            assert (bad.status_code, bad.json()["error"]) == (400, "invalid_grant")
        nowhere = await client.get("/oauth2/default/v1/authorize", params={"redirect_uri": "javascript:x"})
        assert nowhere.status_code == 400


@pytest.mark.parametrize(
    ("form", "error"),
    [({}, "invalid_client"), ({"client_id": "x"}, "invalid_request"), ({"client_id": "x", "grant_type": "y"}, "")],
)
async def test_unusable_forms(emulator: Emulator, form: dict, error: str) -> None:
    async with rigetti(emulator, "") as client:
        response = await client.post(TOKEN, data=form)
        assert response.status_code in (400, 401)
        assert response.json()["error"] == (error or "unsupported_grant_type")


async def test_tokens_without_cryptography(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    async with rigetti(emulator, "") as client:
        access = (await refresh(client, "any")).json()["access_token"]
        assert json.loads(decoded(access.split(".")[0]))["alg"] == "RS256"
        assert (await client.get("/oauth2/default/v1/keys")).json() == {"keys": []}
        assert (await client.get("/v1/auth:getUser", headers={"Authorization": f"Bearer {access}"})).status_code == 200


async def test_a_required_token_is_not_given_away() -> None:
    async with Emulator(require_token="secret") as emulator:
        async with rigetti(emulator, "") as client:
            query = {"response_type": "code", "redirect_uri": "http://127.0.0.1:8484"}
            response = await client.get("/oauth2/default/v1/authorize", params=query)
            assert "access_denied" in response.headers["location"]
            form = {"grant_type": "client_credentials"}
            for secret, status in (("wrong", 401), ("secret", 200)):
                response = await client.post(TOKEN, data=form, auth=httpx.BasicAuth("client", secret))
                assert response.status_code == status

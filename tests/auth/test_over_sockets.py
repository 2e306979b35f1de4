"""Against the emulator's Keycloak, over real connections; the pages of `Http` are not needed for that."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx
import pytest

from anyqpu.errors import AuthenticationError, ConnectError
from anyqpu.providers.kipu.auth import make_auth
from anyqpu.transport.auth import Auth
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import TokenStore
from anyqpu_emulator.server import running

from .fakes import settings

pytestmark = pytest.mark.anyio

PATH = "/kipu/realms/planqk/protocol/openid-connect/token"


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with running() as url:
        yield url


class Endpoint:
    """Posts forms as the real thing does, and keeps count."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.grants: list[str] = []

    async def post(
        self, url: str, fields: Mapping[str, str], *, basic: tuple[str, Secret] | None = None
    ) -> HttpResponse:
        self.grants.append(fields["grant_type"])
        try:
            response = await self.client.post(
                url, data=dict(fields), auth=(basic[0], basic[1].reveal()) if basic else None
            )
        except httpx.ConnectError:
            raise ConnectError("refused") from None
        return HttpResponse(response.status_code, response.headers, response.content)

    async def get(self, url: str) -> HttpResponse:
        raise AssertionError(url)

    def auth(self, url: str, username: str = "ada@example.com", store: TokenStore | None = None) -> Auth:
        values = {"username": username, "password": "pass", "client_id": "cli", "auth_url": url + PATH}
        return make_auth(settings("kipu", **values), post=self.post, get=self.get, store=store)


@asynccontextmanager
async def wire() -> AsyncGenerator[Endpoint]:
    async with httpx.AsyncClient(timeout=20) as client:
        yield Endpoint(client)


async def test_a_login_its_renewal_and_the_api_that_takes_the_token(
    anyio_backend: str, emulator: str, tmp_path: Path
) -> None:
    async with wire() as it:
        auth = it.auth(emulator, store=TokenStore(tmp_path))
        jobs = f"{emulator}/kipu/quantum/jobs"
        assert (await it.client.get(jobs)).status_code == 401
        first = await auth.headers()
        assert (await it.client.get(jobs, headers=first)).status_code == 200
        renewed: list[bool] = []

        async def renew() -> None:
            renewed.append(await auth.renew(first))

        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(renew)
        assert renewed == [True] * 50
        second = await auth.headers()
        assert second != first
        assert (await it.client.get(jobs, headers=second)).status_code == 200
        assert it.grants == ["password", "refresh_token"]
        assert await it.auth(emulator, store=TokenStore(tmp_path)).headers() == second
        assert len(it.grants) == 2


async def test_500_callers_one_login(anyio_backend: str, emulator: str) -> None:
    async with wire() as it:
        auth = it.auth(emulator)
        headers: set[str] = set()

        async def one() -> None:
            headers.add((await auth.headers())["Authorization"])

        async with anyio.create_task_group() as group:
            for _ in range(500):
                group.start_soon(one)
        assert len(headers) == 1
        assert it.grants == ["password"]


async def test_a_user_that_is_refused(anyio_backend: str, emulator: str) -> None:
    async with wire() as it:
        with pytest.raises(AuthenticationError, match="Invalid user credentials") as caught:
            await it.auth(emulator, "invalid@example.com").headers()
        assert (caught.value.status_code, caught.value.code) == (401, "invalid_grant")


async def test_a_port_without_a_server(anyio_backend: str, free_tcp_port: int) -> None:
    async with wire() as it:
        with pytest.raises(ConnectError):
            await it.auth(f"http://127.0.0.1:{free_tcp_port}").headers()

"""Read one item of each cloud, with anyqpu and with the cloud's own client. Imports only that client.

A synchronous client is called as it is, and blocks the event loop.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ID = "22010c3b-8c00-4c40-bb5c-aa6d3e9a8f77"
Call = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def ours_kipu(url: str) -> AsyncGenerator[Call]:
    import anyqpu

    async with anyqpu.connect("kipu", base_url=url, token="a-token") as client:
        yield lambda: client.raw.get_job(ID)


@asynccontextmanager
async def ours_scaleway(url: str) -> AsyncGenerator[Call]:
    import anyqpu

    async with anyqpu.connect("scaleway", base_url=url, secret_key=str(uuid.uuid4()), project_id=ID) as client:
        yield lambda: client.raw.get_job(ID)


@asynccontextmanager
async def ours_pasqal(url: str) -> AsyncGenerator[Call]:
    import anyqpu

    async with anyqpu.connect("pasqal", base_url=f"{url}/core-fast", token="a-token", project_id=ID) as client:
        yield lambda: client.raw.get_job(ID)


@asynccontextmanager
async def ours_rigetti(url: str) -> AsyncGenerator[Call]:
    import anyqpu

    async with anyqpu.connect("rigetti", base_url=url, access_token="a-token") as client:
        yield lambda: client.raw.get_endpoint("endpoint-7")


@asynccontextmanager
async def own_kipu(url: str) -> AsyncGenerator[Call]:
    from qhub.api.quantum import AsyncHubQuantumClient

    client = AsyncHubQuantumClient(base_url=url, api_key="a-token")
    yield lambda: client.jobs.get_job(ID)


@asynccontextmanager
async def own_scaleway(url: str) -> AsyncGenerator[Call]:
    from scaleway_async import Client
    from scaleway_async.qaas.v1alpha1 import QaasV1Alpha1API

    client = Client(
        access_key="SCWXXXXXXXXXXXXXXXXX",
        secret_key=str(uuid.uuid4()),
        api_url=url,
        default_project_id=str(uuid.uuid4()),
    )
    api = QaasV1Alpha1API(client)
    yield lambda: api.get_job(job_id=ID)


@asynccontextmanager
async def own_pasqal(url: str) -> AsyncGenerator[Call]:
    from pasqal_cloud.authentication import TokenProvider
    from pasqal_cloud.endpoints import Endpoints
    from pasqal_cloud.pasqal_cloud_client import PasqalCloudClient

    class Known(TokenProvider):
        def get_token(self) -> str:
            return "a-token"

    client = PasqalCloudClient(
        token_provider=Known(), project_id=ID, endpoints=Endpoints(core=f"{url}/core-fast", account=f"{url}/account")
    )

    async def call() -> Any:
        return client.get_job(ID)

    yield call


@asynccontextmanager
async def own_rigetti(url: str) -> AsyncGenerator[Call]:
    with tempfile.TemporaryDirectory() as place:
        _rigetti_files(Path(place), url)
        from qcs_api_client.client import build_async_client
        from qcs_api_client.operations import asyncio as operations

        async with build_async_client() as client:

            async def call() -> Any:
                return (await operations.get_endpoint(client=client, endpoint_id="endpoint-7")).parsed

            yield call


def _rigetti_files(place: Path, url: str) -> None:
    """Write the two configuration files of QCS."""
    (place / "settings.toml").write_text(
        f'''
default_profile_name = "default"
[profiles.default]
api_url = "{url}"
auth_server_name = "default"
credentials_name = "default"
[auth_servers.default]
client_id = "bench"
issuer = "{url}/oauth2/default"
'''
    )
    (place / "secrets.toml").write_text(
        """
[credentials.default.token_payload]
access_token = "a-token"
refresh_token = "another"
scope = "openid"
expires_in = 86400
token_type = "Bearer"
"""
    )
    os.environ["QCS_SETTINGS_FILE_PATH"] = str(place / "settings.toml")
    os.environ["QCS_SECRETS_FILE_PATH"] = str(place / "secrets.toml")


CLIENTS: dict[str, Callable[[str], Any]] = {
    "anyqpu-kipu": ours_kipu,
    "anyqpu-scaleway": ours_scaleway,
    "anyqpu-pasqal": ours_pasqal,
    "anyqpu-rigetti": ours_rigetti,
    "own-kipu": own_kipu,
    "own-scaleway": own_scaleway,
    "own-pasqal": own_pasqal,
    "own-rigetti": own_rigetti,
}

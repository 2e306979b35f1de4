"""A handle is data from outside: a client refuses one of another account or address, and sends nothing there."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

import anyqpu
from anyqpu import JobHandle
from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError
from tests.client.conftest import BELL
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

ID = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
ONE, OTHER = "22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"
SECRET = "canary-secret"
# The setting that says whose jobs they are, and credentials.
ACCOUNTS: dict[str, tuple[str, dict[str, str]]] = {
    "kipu": ("organization_id", {"token": SECRET}),
    "scaleway": ("project_id", {"secret_key": SECRET}),
    "pasqal": ("project_id", {"token": SECRET}),
    "rigetti": ("account_id", {"access_token": SECRET, "account_type": "group"}),
}
DECODE = {"device": "Aspen-9", "endpoint": "e", "shots": 20, "ro_sources": [["ro[0]", "q0"]]}


def nowhere() -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """A transport that records its requests and finds nothing."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(404, json={})

    return httpx.MockTransport(respond), seen


async def outcome_of(verb: Callable[[Any], Any], handle: JobHandle | str) -> AnyQPUError | None:
    try:
        result = verb(handle)
        if inspect.isawaitable(result):
            await result
    except AnyQPUError as error:
        return error
    return None


@pytest.mark.parametrize("provider", ACCOUNTS)
async def test_a_handle_of_another_account_is_refused(anyio_backend: str, provider: str) -> None:
    name, credentials = ACCOUNTS[provider]
    transport, seen = nowhere()
    async with anyqpu.connect(provider, transport=transport, **{name: ONE}, **credentials) as client:
        assert client.account[name] == ONE
        for verb in (client.resume, client.attach):
            handle = JobHandle(provider, ID, account={name: OTHER}, decode=DECODE)
            for form in (handle, str(handle), handle.to_json()):
                error = await outcome_of(verb, form)
                assert isinstance(error, ValidationError)
                assert (error.provider, error.fields, error.status_code) == (provider, ("handle",), None)
                assert OTHER in str(error)
                assert ONE in str(error)
                assert SECRET not in str(error)
        assert seen == []
        for account in ({}, {name: ONE}, {"another": OTHER}):
            client.attach(JobHandle(provider, ID, account=account, decode=DECODE))


async def test_a_client_without_the_setting_takes_the_handle(anyio_backend: str) -> None:
    """What is unknown on one side is not compared."""
    transport, _ = nowhere()
    async with anyqpu.connect("kipu", transport=transport, token=SECRET) as client:
        assert client.attach(JobHandle("kipu", ID, account={"organization_id": OTHER})).id == ID


async def test_a_handle_cannot_ask_for_a_credential(anyio_backend: str) -> None:
    """Only the settings that the provider lists are compared: an error must not say whether a guess is right."""
    transport, _ = nowhere()
    async with anyqpu.connect("kipu", transport=transport, token=SECRET) as client:
        for guess in ("wrong", SECRET):
            job = client.attach(JobHandle("kipu", ID, account={"token": guess}))
            assert SECRET not in str(job.handle)


ADDRESSES = (
    "https://elsewhere.example/quantum",
    "https://api.hub.kipu-quantum.com.elsewhere.example/qc-catalog",
    "http://127.0.0.1:9/another-path",
    "http://127.0.0.1.elsewhere.example/kipu/quantum",
    "https://elsewhere.example/kipu/quantum",
)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_no_request_goes_to_an_address_because_a_handle_names_it(
    anyio_backend: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials come from the environment, as those of a user who resumes a handle from another person."""
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", SECRET)
    handle = JobHandle("kipu", ID, base_url=address)
    sent: list[str] = []

    class Log(anyqpu.Hooks):
        def on_request(self, event: Any) -> None:
            sent.append(event.operation)

    for form in (handle, str(handle), handle.to_json()):
        error = await outcome_of(lambda form: anyqpu.resume(form, hooks=Log()), form)
        assert isinstance(error, ValidationError)
        assert error.fields == ("handle",)
        assert address in str(error)
        assert "base_url=" in str(error)
    assert sent == []


async def test_an_emulator_on_this_machine_gets_no_credentials(
    anyio_backend: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handle of a job on an emulator is enough to resume it; the user's own token stays here."""
    async with anyqpu.connect("kipu", emulator=server) as client:
        job = await client.submit(BELL, device="kipu.sim.qsim", shots=10)
    assert job.handle.base_url == f"{server}/kipu/quantum"
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", SECRET)
    again = await anyqpu.resume(str(job.handle))
    assert again.id == job.id
    assert (await again.result(timeout=60)).counts.shots == 10
    headers: list[dict[str, str]] = []

    async def serve(seen: Seen) -> ServerResponse:
        headers.append(dict(seen.headers))
        return ServerResponse(404)

    async with serving(serve) as other:
        handle = JobHandle("kipu", ID, base_url=f"{other.url}/kipu/quantum")
        with pytest.raises(NotFoundError):
            await anyqpu.resume(str(handle))
        assert headers
        assert SECRET not in str(headers)
        # A token that is passed is for the cloud, and does not go there either.
        sent = len(headers)
        error = await outcome_of(lambda form: anyqpu.resume(form, token=SECRET), str(handle))
        assert isinstance(error, ValidationError)
        assert len(headers) == sent


async def test_the_same_address_by_another_name_of_this_machine(anyio_backend: str, server: str) -> None:
    async with anyqpu.connect("kipu", emulator=server) as client:
        base_url = f"{server}/kipu/quantum".replace("127.0.0.1", "localhost")
        assert client.attach(JobHandle("kipu", ID, base_url=base_url)).id == ID
        error = await outcome_of(client.attach, JobHandle("kipu", ID, base_url="http://127.0.0.1:1/kipu/quantum"))
        assert isinstance(error, ValidationError)


async def test_the_usual_address_is_not_in_a_handle(anyio_backend: str) -> None:
    transport, _ = nowhere()
    plain = JobHandle("pasqal", ID)
    async with anyqpu.connect("pasqal", transport=transport, token=SECRET) as client:
        assert client.attach(plain).handle.base_url is None
    async with anyqpu.connect("pasqal", emulator=True) as client:
        assert client.attach(plain).handle.base_url is None
    async with anyqpu.connect("pasqal", transport=transport, token=SECRET, region="sa") as client:
        assert client.attach(plain).handle.base_url == "https://apis.sa.pasqal.cloud/core-fast"
    async with anyqpu.connect(
        "pasqal", transport=transport, token=SECRET, base_url="https://proxy.example/p/"
    ) as client:
        assert client.attach(plain).handle.base_url == "https://proxy.example/p"
        error = await outcome_of(client.attach, replace(plain, base_url="https://apis.sa.pasqal.cloud/core-fast"))
        assert isinstance(error, ValidationError)


async def test_a_handle_names_the_region(anyio_backend: str) -> None:
    """The region is one of the provider's own addresses, so `anyqpu.resume` goes there by itself."""
    handle = JobHandle("pasqal", ID, base_url="https://apis.sa.pasqal.cloud/core-fast")
    transport, seen = nowhere()
    with pytest.raises(NotFoundError):
        await anyqpu.resume(str(handle), transport=transport, token=SECRET)
    assert {request.url.host for request in seen} == {"apis.sa.pasqal.cloud"}
    sent = len(seen)
    for options in ({"region": "europe"}, {"base_url": "https://proxy.example"}):
        with pytest.raises(AnyQPUError):
            await anyqpu.resume(str(handle), transport=transport, token=SECRET, **options)
    assert len(seen) == sent


async def test_a_pasqal_batch_of_another_project_is_refused(anyio_backend: str) -> None:
    transport, seen = nowhere()
    async with anyqpu.connect("pasqal", transport=transport, token=SECRET, project_id=ONE) as client:
        handle = JobHandle("pasqal", ID, "batch", account={"project_id": OTHER})
        error = await outcome_of(client.resume_batch, str(handle))
        assert isinstance(error, ValidationError)
        assert seen == []

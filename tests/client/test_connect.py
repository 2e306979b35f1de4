"""The way in: addresses, credentials and what may not be."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu.errors import AuthenticationError, ClientStateError, ConfigError, MissingCredentialsError, NotFoundError
from tests.support.inside import config_of, context_of, transport_of
from tests.support.server import Seen, ServerResponse, serving

CREDENTIALS: dict[str, dict[str, str]] = {
    "scaleway": {"secret_key": "canary-secret"},
    "kipu": {"token": "canary-secret"},
    "pasqal": {"token": "canary-secret"},
    "rigetti": {"access_token": "canary-secret"},
}


def connect(provider: str, **options: Any) -> Any:
    return anyqpu.connect(provider, **options)  # type: ignore[call-overload]


@pytest.mark.parametrize("provider", CREDENTIALS)
def test_every_cloud_opens_with_its_raw_operations(provider: str) -> None:
    client = connect(provider, **CREDENTIALS[provider])
    assert client.provider == provider
    assert any(not name.startswith("_") for name in dir(client.raw))
    with pytest.raises(AttributeError):
        _ = client.raw.no_such_operation
    assert "canary" not in repr(client) + repr(vars(client)) + repr(vars(transport_of(client)))


@pytest.mark.parametrize("provider", ["scaleway", "kipu"])
def test_without_credentials_the_message_says_where_they_were_looked_for(provider: str) -> None:
    with pytest.raises(MissingCredentialsError, match="neither the argument") as caught:
        connect(provider)
    assert next(iter(CREDENTIALS[provider])) in str(caught.value)


@pytest.mark.anyio
async def test_pasqals_public_specifications_need_no_credentials_and_nothing_else_is_sent_without(
    anyio_backend: str,
) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        assert "authorization" not in seen.headers
        return ServerResponse.of_json({"data": [{"device_type": "FRESNEL", "specs": "{}"}]})

    async with serving(respond) as server, connect("pasqal", base_url=server.url) as pasqal:
        specs = await pasqal.raw.list_public_device_specs()
        assert specs.data[0].device_type == "FRESNEL"
        with pytest.raises(MissingCredentialsError, match="no credentials were found"):
            await pasqal.raw.list_batches()
        assert len(server.seen) == 1


@pytest.mark.anyio
async def test_rigettis_processors_need_no_credentials_and_nothing_else_is_sent_without(anyio_backend: str) -> None:
    architecture = {"family": "Ankaa", "nodes": [{"node_id": 0}], "edges": []}
    isa = {"name": "Ankaa-3", "architecture": architecture, "instructions": [], "benchmarks": []}
    accessor = {"accessType": "gateway.v1", "live": True, "url": "https://gateway.example.com"}
    bodies = {
        "quantumProcessors": {"quantumProcessors": [{"id": "Ankaa-3"}]},
        "Ankaa-3": {"id": "Ankaa-3"},
        "instructionSetArchitecture": isa,
        "instructionSetArchitectures": {"instructionSetArchitectures": [isa]},
        "accessors": {"accessors": [accessor]},
    }

    async def respond(seen: Seen) -> ServerResponse:
        assert "authorization" not in seen.headers
        return ServerResponse.of_json(bodies[seen.path.rsplit("/", 1)[1]])

    async with serving(respond) as server, connect("rigetti", base_url=server.url) as rigetti:
        assert [device.id async for device in rigetti.devices()] == ["Ankaa-3"]
        device = await rigetti.device("Ankaa-3")
        assert (device.num_qubits, device.status) == (1, anyqpu.DeviceStatus.UNKNOWN)
        assert [one.device_id async for one in rigetti.processors.calibrations()] == ["Ankaa-3"]
        assert [one.url for one in await rigetti.processors.accessors("Ankaa-3")] == [accessor["url"]]
        sent = len(server.seen)
        for call in (rigetti.reservations().collect(), rigetti.balance(), rigetti.processors.calendar("Ankaa-3")):
            with pytest.raises(MissingCredentialsError, match=r"neither the argument.*access_token"):
                await call
        assert len(server.seen) == sent


def test_credentials_come_from_the_environment_of_the_clouds_own_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", "plqk_x")
    monkeypatch.setenv("KQH_ORGANIZATION_ID", "org-1")
    client = connect("kipu")
    headers = anyio.run(config_of(client).auth.headers)
    assert headers == {"X-Auth-Token": "plqk_x", "X-OrganizationId": "org-1"}
    client = connect("kipu", token="given", organization_id="org-2")
    assert anyio.run(config_of(client).auth.headers) == {"X-Auth-Token": "given", "X-OrganizationId": "org-2"}


def test_an_emulator_needs_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in CREDENTIALS:
        connect(provider, emulator="http://127.0.0.1:8787")
    monkeypatch.setenv("ANYQPU_EMULATOR", "http://127.0.0.1:8787")
    for provider in CREDENTIALS:
        connect(provider)


@pytest.mark.parametrize("value", ["1", "true", "on"])
@pytest.mark.anyio
async def test_the_environment_can_ask_for_an_emulator_in_this_process(
    monkeypatch: pytest.MonkeyPatch, value: str, anyio_backend: str
) -> None:
    monkeypatch.setenv("ANYQPU_EMULATOR", value)
    async with anyqpu.connect("kipu") as kipu:
        assert [device.id async for device in kipu.devices()]


def test_a_wrong_value_of_the_variable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYQPU_EMULATOR", "perhaps")
    with pytest.raises(ConfigError, match="ANYQPU_EMULATOR is 'perhaps'"):
        connect("kipu")


@pytest.mark.parametrize(
    ("base_url", "message"),
    [
        ("http://api.example.com", "is not encrypted"),
        ("ftp://127.0.0.1", "invalid base URL"),
        ("api.example.com", "invalid base URL"),
        ("https://user:pass@example.com", "must not hold credentials"),
        ("https://example.com/?key=1", "must not hold credentials, query"),
    ],
)
def test_an_address_that_would_show_the_credentials_is_refused(base_url: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        connect("kipu", token="t", base_url=base_url)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:1", "http://localhost", "http://[::1]:2", "https://example.com/"]
)
def test_plain_http_is_for_this_machine(base_url: str) -> None:
    connect("kipu", token="t", base_url=base_url)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ConfigError, match="unknown provider 'ibm'"):
        connect("ibm")
    with pytest.raises(
        TypeError, match=r"kipu takes no tokn \(did you mean token=\?\); there are token, organization_id"
    ):
        connect("kipu", tokn="t")
    with pytest.raises(ConfigError, match="invalid timeout 0: expected a number of seconds above 0"):
        connect("kipu", token="t", timeout=0)
    with pytest.raises(ConfigError, match="argument token has a line break"):
        connect("kipu", token="line\nbreak")


@pytest.mark.anyio
async def test_a_refused_token_is_an_authentication_error_that_does_not_show_it(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", emulator=True, token="denied-canary") as kipu:
        with pytest.raises(AuthenticationError) as caught:
            await kipu.jobs().first()
    assert caught.value.status_code == 401
    assert caught.value.request_id
    assert "canary" not in str(caught.value)


@pytest.mark.anyio
async def test_a_closed_client_says_so_and_may_be_closed_again(anyio_backend: str) -> None:
    client = anyqpu.connect("kipu", emulator=True)
    async with client:
        await client.raw.get_backends()
    await client.aclose()
    with pytest.raises(ClientStateError, match="the client is closed"):
        await client.raw.get_backends()


def test_a_client_belongs_to_one_event_loop(anyio_backend: str) -> None:
    client = anyqpu.connect("kipu", emulator=True)
    anyio.run(client.raw.get_backends, backend=anyio_backend)
    with pytest.raises(ClientStateError, match="another event loop"):
        anyio.run(client.raw.get_backends, backend=anyio_backend)


@pytest.mark.anyio
async def test_the_other_clouds_are_reached_through_the_same_door(anyio_backend: str) -> None:
    async with anyqpu.connect("rigetti", emulator=True) as rigetti:
        page = await rigetti.raw.list_quantum_processors()
        assert "Aspen-9" in [processor.id for processor in page.quantum_processors]
        with pytest.raises(NotFoundError) as caught:
            await rigetti.raw.get_instruction_set_architecture("Aspen-0")
    assert (caught.value.provider, caught.value.operation) == ("rigetti", "GetInstructionSetArchitecture")


@pytest.mark.parametrize(
    ("cloud", "credentials", "seconds"),
    [
        ("scaleway", {"secret_key": "11111111-1111-4111-8111-111111111111"}, 1.0),
        ("kipu", {"token": "t"}, 1.0),
        ("pasqal", {"token": "t"}, 2.0),
        ("pasqal", {"emulator": True}, 0.02),
    ],
)
def test_each_cloud_is_asked_no_more_often_than_its_own_client_asks(
    cloud: str, credentials: dict[str, Any], seconds: float
) -> None:
    client = anyqpu.connect(cloud, **credentials)  # type: ignore[call-overload]
    assert context_of(client).poll.floor == seconds
    configured = anyqpu.connect(cloud, poll=anyqpu.PollPolicy(floor=7.0), **credentials)  # type: ignore[call-overload]
    assert context_of(configured).poll.floor == 7.0


def test_importing_the_package_imports_no_http_library() -> None:
    code = """
        import sys, anyqpu
        anyqpu.errors, anyqpu.__version__
        heavy = {"httpx", "anyio", "asyncio", "attrs", "numpy", "starlette", "anyqpu_emulator"} & set(sys.modules)
        assert not heavy, heavy
        anyqpu.connect("kipu", token="t")
        assert "anyqpu_emulator" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=240)


def test_a_raw_call_imports_nothing_of_the_common_verbs() -> None:
    code = """
        import asyncio, sys, anyqpu, httpx

        async def main():
            transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "7", "status": "RUNNING"}))
            async with anyqpu.connect("kipu", token="t", transport=transport) as kipu:
                assert (await kipu.raw.get_job("7")).status == "RUNNING"
                names = ("core.adapter", "core.job_runner", "core.submit", "model.job", "paging", "waiting")
                assert not {f"anyqpu.{name}" for name in names} & set(sys.modules)

        asyncio.run(main())
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=240)


def test_the_function_stays_a_function_whatever_is_imported_first() -> None:
    code = "import anyqpu.connecting, anyqpu; assert callable(anyqpu.connect)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=240)

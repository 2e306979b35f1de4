"""Errors about credentials name the place that each setting came from, and never its value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import config
from anyqpu.errors import AnyQPUError, AuthenticationError, ConfigError, NotFoundError, PermissionDeniedError
from tests.support.server import Seen, ServerResponse, serving

CANARY = "canary-5f1e0c"
PROJECT = "22222222-2222-4222-8222-222222222222"
# Of each cloud: settings as arguments, the variable of the secret, and the name of that setting.
CLOUDS: dict[str, tuple[dict[str, str], str, str]] = {
    "scaleway": ({"secret_key": CANARY, "project_id": PROJECT}, "SCW_SECRET_KEY", "secret_key"),
    "kipu": ({"token": CANARY}, "KQH_PERSONAL_ACCESS_TOKEN", "token"),
    "pasqal": ({"token": CANARY, "project_id": PROJECT}, "PASQAL_TOKEN", "token"),
    "rigetti": ({"access_token": CANARY}, "QCS_ACCESS_TOKEN", "access_token"),
}
FILES = {
    "scaleway": f'secret_key = "{CANARY}"\nproject_id = "{PROJECT}"\n',
    "kipu": f'token = "{CANARY}"\n',
    "pasqal": f'token = "{CANARY}"\nproject_id = "{PROJECT}"\n',
    "rigetti": f'access_token = "{CANARY}"\n',
}


def connect(provider: str, **options: Any) -> Any:
    return anyqpu.connect(provider, **options)  # type: ignore[call-overload]


async def refused(provider: str, status: int = 401, **options: Any) -> AnyQPUError:
    """The error of the first call, at a server that accepts no credentials."""

    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"message": f"no access for {CANARY}"}, status)

    async with serving(respond) as server, connect(provider, base_url=server.url, **options) as client:
        with pytest.raises(AnyQPUError) as caught:
            # Pasqal's list of projects is at another address.
            await (client.jobs().first() if provider == "pasqal" else client.check_credentials())
    assert CANARY not in f"{caught.value!s} {caught.value!r} {caught.value.hint} {caught.value.to_dict()}"
    return caught.value


@pytest.mark.anyio
@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (403, PermissionDeniedError)])
@pytest.mark.parametrize("provider", CLOUDS)
async def test_an_argument_is_named(anyio_backend: str, provider: str, status: int, kind: type[AnyQPUError]) -> None:
    arguments, _, secret = CLOUDS[provider]
    error = await refused(provider, status, **arguments)
    assert type(error) is kind
    assert f"{secret} (argument {secret})" in str(error)
    assert all(f"{name} (argument {name})" in str(error) for name in arguments)


@pytest.mark.anyio
@pytest.mark.parametrize("provider", CLOUDS)
async def test_a_variable_is_named(anyio_backend: str, provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, variable, secret = CLOUDS[provider]
    monkeypatch.setenv(variable, CANARY)
    error = await refused(provider, **{name: value for name, value in arguments.items() if name != secret})
    assert f"{secret} (environment variable {variable})" in str(error)


@pytest.mark.anyio
@pytest.mark.parametrize("provider", CLOUDS)
async def test_a_file_is_named_with_line_and_profile(
    anyio_backend: str, provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[profiles.work.{provider}]\n{FILES[provider]}", encoding="utf-8")
    monkeypatch.setenv("ANYQPU_CONFIG_FILE", str(file))
    error = await refused(provider, profile="work")
    secret = CLOUDS[provider][2]
    assert f"{secret} ({file}, line 2 (profiles.work.{provider}.{secret}))" in str(error)


@pytest.mark.anyio
async def test_the_emulators_own_credentials_are_named_as_such(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"message": "no"}, 401)

    async with serving(respond) as server, connect("scaleway", emulator=server.url) as client:
        with pytest.raises(AuthenticationError) as caught:
            await client.check_credentials()
    assert "secret_key (the emulator's own), project_id (the emulator's own)" in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("provider", "options"),
    [
        ("kipu", {"username": "ada", "password": CANARY, "client_id": "hub"}),
        ("pasqal", {"username": "ada", "password": CANARY, "project_id": PROJECT}),
        ("rigetti", {"client_id": "app", "client_secret": CANARY}),
        ("rigetti", {"refresh_token": CANARY}),
    ],
)
async def test_a_login_that_is_refused_names_what_it_sent(
    anyio_backend: str, provider: str, options: dict[str, str]
) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        if seen.path.endswith("openid-configuration"):
            return ServerResponse(404)
        return ServerResponse.of_json({"error": "invalid_grant", "error_description": "bad password"}, 400)

    async with serving(respond) as server:
        async with connect(provider, base_url=server.url, auth_url=f"{server.url}/token", **options) as client:
            with pytest.raises(AuthenticationError) as caught:
                await client.devices().first()
    assert all(f"{name} (argument {name})" in str(caught.value) for name in (*options, "auth_url"))
    assert CANARY not in str(caught.value)


@pytest.mark.anyio
async def test_a_function_for_the_token_is_named(anyio_backend: str) -> None:
    async def token() -> str:
        return CANARY

    error = await refused("kipu", token=token)
    assert "token (the function passed as argument token)" in str(error)


@pytest.mark.anyio
async def test_callers_that_share_a_login_get_the_sentence_once(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        await anyio.sleep(0.05)
        return ServerResponse.of_json({"error": "invalid_grant"}, 400)

    messages: list[str] = []

    async def call(client: Any) -> None:
        with pytest.raises(AuthenticationError) as caught:
            await client.check_credentials()
        messages.append(str(caught.value))

    options = {"username": "ada", "password": CANARY, "client_id": "hub"}
    async with serving(respond) as server:
        async with connect("kipu", base_url=server.url, auth_url=f"{server.url}/token", **options) as client:
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(call, client)
    assert [message.count("Settings in use") for message in messages] == [1, 1, 1]


@pytest.mark.anyio
async def test_other_errors_say_nothing_of_credentials(anyio_backend: str) -> None:
    error = await refused("kipu", 404, token=CANARY)
    assert type(error) is NotFoundError
    assert "Settings in use" not in str(error)


@pytest.mark.parametrize(
    ("provider", "options", "expected"),
    [
        ("kipu", {"token": "a\u20acb"}, "token (argument token)"),
        ("scaleway", {"secret_key": "a\u20acb"}, "secret_key (argument secret_key)"),
        ("kipu", {"username": "ada", "password": "p"}, "username (argument username), password (argument password)"),
        ("rigetti", {"access_token": CANARY, "account_id": "\u20ac"}, "account_id (argument account_id)"),
    ],
)
def test_what_cannot_be_sent_is_named(provider: str, options: dict[str, str], expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        connect(provider, **options)
    assert expected in str(caught.value)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("value", ["line\nbreak", "bell\x07", "half \ud800"])
def test_a_malformed_value_names_its_variable(value: str, monkeypatch: pytest.MonkeyPatch) -> None:

    with pytest.raises(ConfigError, match="environment variable SCW_SECRET_KEY has") as caught:
        config.resolve("scaleway", {}, environ={"SCW_SECRET_KEY": value})
    assert value not in str(caught.value)

"""From the settings of each cloud to the headers and forms that it wants."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anyqpu.config.settings import Setting, Settings
from anyqpu.errors import AuthenticationError, ConfigError, MissingCredentialsError
from anyqpu.providers.kipu.auth import make_auth as kipu
from anyqpu.providers.pasqal.auth import make_auth as pasqal
from anyqpu.providers.rigetti.auth import make_auth as rigetti
from anyqpu.providers.scaleway.auth import make_auth as scaleway
from anyqpu.transport.auth import Auth, NoAuth
from anyqpu.transport.token_store import TokenStore

from .fakes import Server, granted, jwt, refused, response, settings

pytestmark = pytest.mark.anyio

MAKERS: dict[str, Callable[..., Auth]] = {"scaleway": scaleway, "kipu": kipu, "pasqal": pasqal, "rigetti": rigetti}
ISSUER = "https://auth.qcs.rigetti.com/oauth2/aus8jcovzG0gW2TUG355"


def make(server: Server, provider: str, options: dict[str, Any] | None = None, **values: str) -> Auth:
    return MAKERS[provider](settings(provider, **values), post=server.post, get=server.get, **(options or {}))


@pytest.mark.parametrize(
    ("provider", "values", "headers"),
    [
        ("scaleway", {"secret_key": "k"}, {"X-Auth-Token": "k"}),
        ("kipu", {"token": "t"}, {"X-Auth-Token": "t"}),
        (
            "kipu",
            {"token": "t", "organization_id": "o", "service_execution_id": "s"},
            {"X-Auth-Token": "t", "X-OrganizationId": "o", "x-planqk-service-execution-id": "s"},
        ),
        ("pasqal", {"token": "t", "region": "sa"}, {"Authorization": "Bearer t"}),
        ("pasqal", {}, {}),
        ("rigetti", {"access_token": "t"}, {"Authorization": "Bearer t"}),
        (
            "rigetti",
            {"access_token": "t", "account_id": "g", "account_type": "GROUP"},
            {"Authorization": "Bearer t", "X-QCS-ACCOUNT-ID": "g", "X-QCS-ACCOUNT-TYPE": "group"},
        ),
        ("rigetti", {"access_token": "t", "account_id": "u"}, {"Authorization": "Bearer t", "X-QCS-ACCOUNT-ID": "u"}),
    ],
)
async def test_what_stays_the_same_goes_into_headers(
    anyio_backend: str, provider: str, values: dict[str, str], headers: dict[str, str]
) -> None:
    server = Server()
    auth = make(server, provider, **values)
    assert await auth.headers() == headers
    assert not await auth.renew(headers)
    assert (server.forms, server.gets) == ([], [])


@pytest.mark.parametrize(
    ("provider", "values", "headers"),
    [
        ("scaleway", {}, {"X-Auth-Token": "mine"}),
        ("kipu", {"token": "t", "organization_id": "o"}, {"X-Auth-Token": "mine", "X-OrganizationId": "o"}),
        ("pasqal", {"username": "u"}, {"Authorization": "Bearer mine"}),
        ("rigetti", {"account_id": "g"}, {"Authorization": "Bearer mine", "X-QCS-ACCOUNT-ID": "g"}),
    ],
)
async def test_a_function_of_the_caller_comes_first(
    anyio_backend: str, provider: str, values: dict[str, str], headers: dict[str, str]
) -> None:
    async def give() -> str:
        return "mine"

    assert await make(Server(), provider, {"token_provider": give}, **values).headers() == headers


@pytest.mark.parametrize(
    ("provider", "values", "kind", "message"),
    [
        ("scaleway", {}, MissingCredentialsError, "secret_key"),
        ("kipu", {}, MissingCredentialsError, "username and password"),
        ("kipu", {"client_id": "c"}, MissingCredentialsError, "token"),
        ("kipu", {"password": "p"}, ConfigError, "there is a password (argument password), but no username"),
        ("kipu", {"username": "u"}, ConfigError, "there is a username (argument username), but no password"),
        ("kipu", {"username": "u", "password": "p"}, ConfigError, "client_id is needed"),
        ("kipu", {"token": "t\n"}, ConfigError, "no header can hold"),
        ("kipu", {"token": "t", "organization_id": "o\r\nX: 1"}, ConfigError, "X-OrganizationId"),
        (
            "kipu",
            {"username": "u", "password": "p", "client_id": "c", "auth_url": "http://login.example.com"},
            ConfigError,
            "not encrypted",
        ),
        ("pasqal", {"password": "p"}, ConfigError, "but no username"),
        ("pasqal", {"username": "u"}, ConfigError, "but no password"),
        ("pasqal", {"region": "eu"}, ConfigError, "There are fr and sa"),
        ("rigetti", {"client_secret": "s"}, ConfigError, "no client_id"),
        ("rigetti", {"access_token": "t", "account_type": "team"}, ConfigError, "There are user and group"),
        ("rigetti", {"access_token": "t", "account_type": "user"}, ConfigError, "no account_id"),
        ("rigetti", {"refresh_token": "r", "auth_url": "http://issuer.example.com"}, ConfigError, "not encrypted"),
    ],
)
def test_what_does_not_belong_together_is_said_at_once(
    provider: str, values: dict[str, str], kind: type[ConfigError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        make(Server(), provider, **values)
    assert message in str(caught.value)


@pytest.mark.parametrize("provider", ["pasqal", "rigetti"])
def test_public_operations_need_no_credentials(provider: str) -> None:
    assert isinstance(make(Server(), provider), NoAuth)


def test_the_client_id_of_rigettis_own_tools_is_not_a_credential() -> None:
    assert isinstance(make(Server(), "rigetti", client_id="c"), NoAuth)


async def test_kipu_with_a_password(anyio_backend: str) -> None:
    server = Server([granted("a-1", expires_in=300, refresh_token="r-1"), granted("a-2")])
    auth = make(server, "kipu", username="ada", password="pass", client_id="cli", organization_id="o")
    first = await auth.headers()
    assert first == {"Authorization": "Bearer a-1", "X-OrganizationId": "o"}
    assert server.urls == ["https://login.hub.kipu-quantum.com/realms/planqk/protocol/openid-connect/token"]
    assert server.forms == [
        {"client_id": "cli", "grant_type": "password", "username": "ada", "password": "pass", "scope": "profile"}
    ]
    assert await auth.renew(first)
    assert (await auth.headers())["Authorization"] == "Bearer a-2"
    assert server.forms[1] == {"grant_type": "refresh_token", "client_id": "cli", "refresh_token": "r-1"}


PASQAL = {
    "fr": (
        "https://pasqal.eu.auth0.com/oauth/token",
        {
            "client_id": "PeZvo7Atx7IVv3iel59asJSb4Ig7vuSB",
            "grant_type": "http://auth0.com/oauth/grant-type/password-realm",
            "realm": "pcs-users",
        },
    ),
    "sa": (
        "https://auth.sa.pasqal.cloud/realms/pasqal-cloud/protocol/openid-connect/token",
        {"client_id": "cloud-sdk", "grant_type": "password", "realm": "pasqal-cloud"},
    ),
}


@pytest.mark.parametrize("region", ["fr", "sa", "SA", None])
@pytest.mark.parametrize("auth_url", ["https://proxy.example.com/token", None])
async def test_pasqal_with_a_password(anyio_backend: str, region: str | None, auth_url: str | None) -> None:
    server = Server([granted("a-1", expires_in=86400)])
    optional = {"region": region, "auth_url": auth_url}
    values = {name: value for name, value in optional.items() if value}
    auth = make(server, "pasqal", username="ada@example.com", password="pass", **values)
    assert await auth.headers() == {"Authorization": "Bearer a-1"}
    url, fields = PASQAL[(region or "fr").lower()]
    assert server.urls == [auth_url or url]
    assert server.forms == [
        fields
        | {
            "audience": "https://apis.pasqal.cloud/account/api/v1",
            "username": "ada@example.com",
            "password": "pass",
        }
    ]


@pytest.mark.parametrize("provider", ["kipu", "pasqal"])
async def test_a_store_spares_the_next_process_the_login(anyio_backend: str, tmp_path: Path, provider: str) -> None:
    values = {"username": "ada", "password": "pass"} | ({"client_id": "c"} if provider == "kipu" else {})
    server = Server([granted("a-1", expires_in=3600), granted("b-1", expires_in=3600)])
    for _ in range(2):
        auth = make(server, provider, {"store": TokenStore(tmp_path)}, **values)
        assert (await auth.headers())["Authorization"] == "Bearer a-1"
    assert len(server.forms) == 1
    other = make(server, provider, {"store": TokenStore(tmp_path)}, **(values | {"username": "bob"}))
    assert (await other.headers())["Authorization"] == "Bearer b-1"


# Rigetti


async def test_rigettis_stored_token_is_used_while_it_is_valid(anyio_backend: str) -> None:
    server = Server([granted("a-1", expires_in=86400)])
    access = jwt(exp=time.time() + 3600)
    auth = make(server, "rigetti", access_token=access, refresh_token="r-0")
    first = await auth.headers()
    assert first == {"Authorization": f"Bearer {access}"}
    assert (server.forms, server.gets) == ([], [])
    assert await auth.renew(first)
    assert (await auth.headers()) == {"Authorization": "Bearer a-1"}


@pytest.mark.parametrize(
    "values",
    [
        {"access_token": jwt(exp=time.time() - 1)},
        {
            "access_token": "opaque",
            "access_token_updated_at": "2024-01-01T00:00:00Z",
            "access_token_expires_in": "86400",
        },
        {},
    ],
)
async def test_and_renewed_with_rigettis_own_client_id_if_it_is_not(anyio_backend: str, values: dict[str, str]) -> None:
    server = Server([granted("a-1", expires_in=86400)])
    auth = make(server, "rigetti", refresh_token="r-0", **values)
    assert await auth.headers() == {"Authorization": "Bearer a-1"}
    assert server.gets == [f"{ISSUER}/.well-known/openid-configuration"]
    assert server.urls == [f"{ISSUER}/v1/token"]
    assert server.forms == [
        {"grant_type": "refresh_token", "client_id": "0oa3ykoirzDKpkfzk357", "refresh_token": "r-0"}
    ]


async def test_rigetti_with_a_client_of_ones_own_at_another_issuer(anyio_backend: str, tmp_path: Path) -> None:
    discovery = response({"token_endpoint": "https://issuer.example.com/t"})
    server = Server([granted("a-1", expires_in=3600)], discovery=discovery)
    for _ in range(2):
        auth = make(
            server,
            "rigetti",
            {"store": TokenStore(tmp_path)},
            client_id="svc",
            client_secret="hush",
            auth_url="https://issuer.example.com",
            account_id="g",
            account_type="group",
        )
        assert (await auth.headers())["X-QCS-ACCOUNT-TYPE"] == "group"
    assert server.forms == [{"grant_type": "client_credentials"}]
    assert server.basics == [("svc", "hush")]
    assert server.urls == ["https://issuer.example.com/t"]


async def test_a_refresh_token_from_elsewhere_is_rotated_in_the_store(anyio_backend: str, tmp_path: Path) -> None:
    server = Server([granted(f"a-{n}", refresh_token=f"r-{n}", expires_in=1) for n in range(1, 9)])
    for _ in range(3):
        auth = make(server, "rigetti", {"store": TokenStore(tmp_path)}, refresh_token="r-0")
        await auth.headers()
    assert [form["refresh_token"] for form in server.forms] == ["r-0", "r-1", "r-2"]
    await make(server, "rigetti", {"store": TokenStore(tmp_path)}, refresh_token="r-new").headers()
    assert server.forms[3]["refresh_token"] == "r-new", "another login begins anew"


SECRETS = """\
[credentials.work.token_payload]
access_token = "a-0"
refresh_token = "r-0"
expires_in = 1
updated_at = "2024-01-01T00:00:00Z" # long ago
"""


def from_file(path: Path) -> Settings:
    held: dict[str, Any] = tomllib.loads(path.read_text())["credentials"]["work"]["token_payload"]
    values = {
        "access_token": held["access_token"],
        "refresh_token": held["refresh_token"],
        "access_token_expires_in": str(held["expires_in"]),
        "access_token_updated_at": held["updated_at"],
        "secrets_file": str(path),
        "credentials_name": "work",
    }
    return Settings("rigetti", {name: Setting(value, f"{path}, line 1") for name, value in values.items()})


async def test_rotated_tokens_go_back_into_rigettis_file(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS)
    access = jwt(exp=time.time() + 7200, sub="ada")
    server = Server([granted(access, refresh_token="r-1"), granted("a-2", refresh_token="r-2", expires_in=9)])
    one = rigetti(from_file(path), post=server.post, get=server.get)
    first = await one.headers()
    after = from_file(path)
    assert after.get_value("access_token") == access
    assert after.get_value("refresh_token") == "r-1"
    assert abs(int(after.get_value("access_token_expires_in") or 0) - 7200) <= 2
    assert path.read_text().endswith("# long ago\n")
    # Another client of the same file has it at once, and ours has what the other one gets.
    two = rigetti(after, post=server.post, get=server.get)
    assert await two.headers() == first
    assert await two.renew(first)
    assert [form["refresh_token"] for form in server.forms] == ["r-0", "r-1"]


async def test_two_clients_of_the_file_do_not_spend_a_token_twice(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS)
    server = Server([granted(f"a-{n}", refresh_token=f"r-{n}", expires_in=3600) for n in range(1, 9)])
    one = rigetti(from_file(path), post=server.post, get=server.get)
    two = rigetti(from_file(path), post=server.post, get=server.get)
    assert await one.headers() == await two.headers() == {"Authorization": "Bearer a-1"}
    assert len(server.forms) == 1


async def test_a_refused_refresh_token_leaves_the_file_alone(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS)
    server = Server([refused(error_description="The refresh token is invalid or expired.")])
    with pytest.raises(AuthenticationError, match="invalid or expired"):
        await rigetti(from_file(path), post=server.post, get=server.get).headers()
    assert path.read_text() == SECRETS


def test_the_interface_is_the_same_everywhere() -> None:
    import inspect

    assert len({str(inspect.signature(maker)) for maker in MAKERS.values()}) == 1

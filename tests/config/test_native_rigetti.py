"""settings.toml and secrets.toml of Rigetti's tools."""

from __future__ import annotations

from typing import Any

import pytest

from anyqpu import config

from .conftest import CANARY, Resolve, refused

SETTINGS = """\
default_profile_name = "work"

[profiles.work]
api_url = "https://api.example.com"
auth_server_name = "okta"
credentials_name = "mine"
account_id = "group"
account_type = "group"

[profiles.work.applications.pyquil]
qvm_url = "http://127.0.0.1:5000"

[profiles.default]
api_url = "https://api.qcs.rigetti.com"

[auth_servers.okta]
client_id = "client"
issuer = "https://issuer.example.com"
scopes = ["openid"]

[auth_servers.default]
client_id = "client of default"
"""
SECRETS = """\
[credentials.mine.token_payload]
access_token = "a"
refresh_token = "r"
id_token = "i"
scope = "offline_access"
expires_in = 86400
token_type = "Bearer"
updated_at = "2025-10-01T12:00:00Z"

[credentials.default.token_payload]
access_token = "a of default"
"""


@pytest.fixture
def both(write: Any) -> tuple[Any, Any]:
    return write(".qcs/settings.toml", SETTINGS), write(".qcs/secrets.toml", SECRETS)


def values(settings: config.Settings) -> dict[str, str]:
    return {name: setting.value for name, setting in settings.items()}


def test_both_files(resolve: Resolve, both: tuple[Any, Any]) -> None:
    settings, secrets = both
    result = resolve("rigetti")
    assert values(result) == {
        "base_url": "https://api.example.com",
        "account_id": "group",
        "account_type": "group",
        "client_id": "client",
        "auth_url": "https://issuer.example.com",
        "access_token": "a",
        "refresh_token": "r",
        "access_token_expires_in": "86400",
        "access_token_updated_at": "2025-10-01T12:00:00Z",
        "secrets_file": str(secrets),
        "credentials_name": "mine",
    }
    assert result.origin("refresh_token") == f"{secrets}, line 3 (credentials.mine.token_payload.refresh_token)"
    assert result.origin("auth_url") == f"{settings}, line 18 (auth_servers.okta.issuer)"
    assert result.origin("credentials_name") == f"{settings}, line 6 (profiles.work.credentials_name)"


def test_the_profile_that_a_variable_names(resolve: Resolve, both: tuple[Any, Any]) -> None:
    assert values(resolve("rigetti", {"QCS_PROFILE_NAME": "default"})) == {
        "base_url": "https://api.qcs.rigetti.com",
        "client_id": "client of default",
        "access_token": "a of default",
    }


def test_names_that_a_variable_chooses(resolve: Resolve, both: tuple[Any, Any]) -> None:
    environ = {"QCS_SETTINGS_AUTH_SERVER_NAME": "default", "QCS_SETTINGS_CREDENTIALS_NAME": "default"}
    settings = resolve("rigetti", environ)
    assert settings.get_value("client_id") == "client of default"
    assert settings.get_value("access_token") == "a of default"


def test_secrets_alone_are_enough(resolve: Resolve, write: Any) -> None:
    write(".qcs/secrets.toml", "[credentials.default.token_payload]\nrefresh_token = 'r'\n")
    settings = resolve("rigetti")
    assert config.has_credentials(settings)
    assert settings.get_value("credentials_name") == "default"
    assert settings.origin("credentials_name") == "default"


def test_settings_alone_are_not_credentials(resolve: Resolve, write: Any) -> None:
    write(".qcs/settings.toml", SETTINGS)
    assert not config.has_credentials(resolve("rigetti"))


@pytest.mark.parametrize("settings", ["", "[profiles.work]", "[auth_servers.other]\nissuer = 'x'"])
@pytest.mark.parametrize("secrets", ["", "[credentials.other.token_payload]\naccess_token = 'x'"])
def test_nothing_need_be_called_default(resolve: Resolve, write: Any, settings: str, secrets: str) -> None:
    write(".qcs/settings.toml", settings)
    write(".qcs/secrets.toml", secrets)
    assert not resolve("rigetti")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-10-01T12:00:00Z", "2025-10-01T12:00:00+00:00"),
        ("2025-10-01T12:00:00.5+02:00", "2025-10-01T12:00:00.500000+02:00"),
        ("''", None),
    ],
)
def test_the_time_of_a_token_may_be_a_time(resolve: Resolve, write: Any, written: str, expected: str | None) -> None:
    write(".qcs/secrets.toml", f"credentials.default.token_payload = {{access_token = 'a', updated_at = {written}}}")
    assert resolve("rigetti").get_value("access_token_updated_at") == expected


@pytest.mark.parametrize(("value", "writes"), [("true", False), ("YES", False), ("1", False), ("0", True), ("", True)])
def test_read_only_secrets_are_not_to_be_written_back(
    resolve: Resolve, both: tuple[Any, Any], value: str, writes: bool
) -> None:
    settings = resolve("rigetti", {"QCS_SECRETS_READ_ONLY": value})
    assert settings.get_value("refresh_token") == "r"
    assert ("secrets_file" in settings) is ("credentials_name" in settings) is writes


@pytest.mark.parametrize(
    ("environ", "arguments"),
    [
        ({"QCS_ACCESS_TOKEN": "other"}, {}),
        ({"QCS_REFRESH_TOKEN": "other"}, {}),
        ({}, {"access_token": "other"}),
        ({"QCS_CLIENT_SECRET": "secret"}, {}),
        ({}, {"client_id": "c", "client_secret": "secret"}),
    ],
)
def test_tokens_of_two_places_are_not_mixed(
    resolve: Resolve, both: tuple[Any, Any], environ: dict[str, str], arguments: dict[str, str]
) -> None:
    """To renew one account's token with the other's, and to write that into the file, would be hard to find."""
    settings = resolve("rigetti", environ, **arguments)
    assert config.has_credentials(settings)
    assert settings.get_value("access_token") in (None, "other")
    assert settings.get_value("refresh_token") in (None, "other")
    assert not settings.keys() & {"secrets_file", "credentials_name", "access_token_updated_at"}
    assert settings.get_value("auth_url") == "https://issuer.example.com"


def test_the_files_can_be_elsewhere(resolve: Resolve, write: Any) -> None:
    environ = {
        "QCS_SETTINGS_FILE_PATH": str(write("a.toml", SETTINGS)),
        "QCS_SECRETS_FILE_PATH": str(write("b.toml", SECRETS)),
    }
    settings = resolve("rigetti", environ)
    assert settings.get_value("refresh_token") == "r"
    assert settings.get_value("secrets_file") == environ["QCS_SECRETS_FILE_PATH"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("settings", f"a = 1\n{CANARY}", ", line 2: the file is not TOML"),
        ("settings", "default_profile_name = 1", ", line 1: default_profile_name is not a text"),
        (
            "settings",
            "\ndefault_profile_name = 'wrk'\n[profiles.work]",
            " has no profiles.wrk, which {path}, line 2 (default_profile_name) names. There are work",
        ),
        (
            "settings",
            "default_profile_name = 'default'\n[profiles.work]",
            " has no profiles.default, which {path}, line 1 (default_profile_name) names",
        ),
        ("settings", "[profiles.default]\napi_url = 1", ", line 2: profiles.default.api_url is not a text"),
        ("settings", "[profiles]\ndefault = 1", ", line 2: profiles.default is not a table of keys"),
        (
            "settings",
            "[profiles.default]\nauth_server_name = 'x'",
            " has no auth_servers.x, which {path}, line 2 (profiles.default.auth_server_name) names. "
            "The file defines none",
        ),
        ("settings", "[auth_servers.default]\nissuer = 1", ", line 2: auth_servers.default.issuer is not a text"),
        (
            "secrets",
            f"[credentials.default.token_payload]\nrefresh_token = '{CANARY}",
            ", line 2: the file is not TOML",
        ),
        (
            "secrets",
            f"[credentials.default.token_payload]\nrefresh_token = ['{CANARY}']",
            ", line 2: credentials.default.token_payload.refresh_token is not a text",
        ),
        (
            "secrets",
            f"[credentials.default.token_payload]\nexpires_in = '{CANARY}'",
            ", line 2: credentials.default.token_payload.expires_in is not a number",
        ),
        (
            "secrets",
            "[credentials.default.token_payload]\nexpires_in = true",
            ", line 2: credentials.default.token_payload.expires_in is not a number",
        ),
        (
            "secrets",
            "[credentials.default.token_payload]\nupdated_at = 5",
            ", line 2: credentials.default.token_payload.updated_at is not a text",
        ),
        (
            "secrets",
            f"[credentials.default]\ntoken_payload = '{CANARY}'",
            ", line 2: credentials.default.token_payload is not a table of keys",
        ),
        ("secrets", f"credentials = '{CANARY}'", ", line 1: credentials is not a table of keys"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(
    resolve: Resolve, write: Any, file: str, content: str, said: str
) -> None:
    path = write(f".qcs/{file}.toml", content)
    assert f"{path}{said}".format(path=path) in refused(resolve, "rigetti")


def test_credentials_that_a_profile_names_must_be_there(resolve: Resolve, both: tuple[Any, Any], write: Any) -> None:
    settings, _ = both
    secrets = write(".qcs/secrets.toml", "[credentials.theirs]")
    said = refused(resolve, "rigetti")
    assert f"{secrets} has no credentials.mine, which {settings}, line 6 (profiles.work.credentials_name)" in said


@pytest.mark.parametrize("variable", ["QCS_SETTINGS_FILE_PATH", "QCS_SECRETS_FILE_PATH"])
def test_a_file_that_a_variable_names_must_exist(resolve: Resolve, home: Any, variable: str) -> None:
    assert f"environment variable {variable} names the file {home / 'none'}, which does not exist" in refused(
        resolve, "rigetti", {variable: str(home / "none")}
    )


def test_a_profile_that_a_variable_names_must_exist(resolve: Resolve, write: Any) -> None:
    environ = {"QCS_PROFILE_NAME": "work"}
    assert "which environment variable QCS_PROFILE_NAME names: there is no file" in refused(resolve, "rigetti", environ)
    assert not resolve("rigetti", {"QCS_PROFILE_NAME": "default"})
    write(".qcs/settings.toml", "[profiles.other]")
    assert "has no profiles.work, which environment variable QCS_PROFILE_NAME names. There are other" in refused(
        resolve, "rigetti", environ
    )

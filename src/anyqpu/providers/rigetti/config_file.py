"""Read the files of Rigetti's own tools: `settings.toml` with addresses and names, `secrets.toml` with tokens."""

from __future__ import annotations

from datetime import datetime

from anyqpu.config import formats
from anyqpu.config.files import Document, Environment, among
from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError

Named = tuple[str, str | None]
"""A name, and the place that chose it; None for the built-in one."""

PROFILE_KEYS = {
    "api_url": "base_url",
    "grpc_api_url": "grpc_api_url",
    "account_id": "account_id",
    "account_type": "account_type",
}
SERVER_KEYS = {"client_id": "client_id", "issuer": "auth_url"}
# Longer than any token is valid, and short enough for Python to write it as text.
MOST_SECONDS = 1e12
BUILT_IN = "default"
"""Name of the profile, auth server and credentials that Rigetti's tools use by default."""


def read(environment: Environment) -> dict[str, Setting]:
    """Return the settings in the files.

    `secrets_file` and `credentials_name` are among them if there is a refresh token that may be written back: each use
    may return a new one, and the user's other tools cannot use the old one any more.
    """
    path = environment.home / ".qcs" / "settings.toml"
    settings = environment.load(formats.toml, path, "QCS_SETTINGS_FILE_PATH")
    secrets = environment.load(formats.toml, path.with_name("secrets.toml"), "QCS_SECRETS_FILE_PATH")

    profile, chooser = _profile(environment, settings)
    if settings is not None:
        _require(settings, "profiles", (profile, chooser))
    elif profile != BUILT_IN:
        raise ConfigError(
            f"there is no profile {profile!r}, which {chooser} names: there is no file {path}",
            hint="Unset the variable, or write the file",
        )
    settings_by_name: dict[str, Setting | None] = {}
    if settings is not None:
        server = _name(environment, settings, profile, "auth_server_name")
        _require(settings, "auth_servers", server)
        settings_by_name |= {name: settings.setting("profiles", profile, key) for key, name in PROFILE_KEYS.items()}
        settings_by_name |= {
            name: settings.setting("auth_servers", server[0], key) for key, name in SERVER_KEYS.items()
        }
    if secrets is not None:
        credentials = _name(environment, settings, profile, "credentials_name")
        _require(secrets, "credentials", credentials)
        settings_by_name |= _tokens(secrets, credentials[0])
        read_only = environment.variable("QCS_SECRETS_READ_ONLY")
        if settings_by_name["refresh_token"] and not (read_only and read_only[1].lower() in ("true", "yes", "1")):
            settings_by_name["secrets_file"] = Setting(str(secrets.path), settings_by_name["refresh_token"].origin)
            settings_by_name["credentials_name"] = Setting(credentials[0], credentials[1] or "default")
    return {name: setting for name, setting in settings_by_name.items() if setting is not None}


def _profile(environment: Environment, settings: Document | None) -> Named:
    if variable := environment.variable("QCS_PROFILE_NAME"):
        return variable[1], "environment variable QCS_PROFILE_NAME"
    if settings is not None and (name := settings.name("default_profile_name")):
        return name, settings.place("default_profile_name")
    return BUILT_IN, None


def _name(environment: Environment, settings: Document | None, profile: str, key: str) -> Named:
    """Return the auth server or the credentials of a profile; a variable of Rigetti's earlier tools has precedence."""
    name_of_variable = f"QCS_SETTINGS_{key.upper()}"
    if variable := environment.variable(name_of_variable):
        return variable[1], f"environment variable {name_of_variable}"
    if settings is not None and (name := settings.name("profiles", profile, key)):
        return name, settings.place("profiles", profile, key)
    return BUILT_IN, None


def _require(document: Document, table: str, named: Named) -> None:
    name, chooser = named
    tables = document.table(table)
    built_in = name == BUILT_IN and (chooser is None or not tables)
    if name not in tables and not built_in:
        raise ConfigError(f"{document.path} has no {table}.{name}, which {chooser} names", hint=among(tables))


def _tokens(secrets: Document, credentials: str) -> dict[str, Setting | None]:
    table = ("credentials", credentials, "token_payload")
    tokens = {name: secrets.setting(*table, name) for name in ("access_token", "refresh_token")}
    seconds = secrets.get(*table, "expires_in")
    if seconds is not None:
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not abs(seconds) < MOST_SECONDS:
            raise secrets.problem("is not a number of seconds", *table, "expires_in")
        tokens["access_token_expires_in"] = Setting(str(seconds), secrets.place(*table, "expires_in"))
    updated_at = secrets.get(*table, "updated_at")
    if isinstance(updated_at, datetime):  # a time of TOML's own; Rigetti's tools have written both
        tokens["access_token_updated_at"] = Setting(updated_at.isoformat(), secrets.place(*table, "updated_at"))
    else:
        tokens["access_token_updated_at"] = secrets.setting(*table, "updated_at")
    return tokens

"""Rigetti's own files: `settings.toml` says where and under which name, `secrets.toml` holds the tokens."""

from __future__ import annotations

from datetime import datetime

from anyqpu.config import formats
from anyqpu.config.files import Document, Environment, among
from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError

Named = tuple[str, str | None]
"""A name, and the place that chose it; None for the built-in one."""

PROFILE_KEYS = {"api_url": "base_url", "account_id": "account_id", "account_type": "account_type"}
SERVER_KEYS = {"client_id": "client_id", "issuer": "auth_url"}
# Longer than any token is valid; text of a far larger number would be more than Python writes out.
MOST_SECONDS = 1e12
BUILT_IN = "default"
"""Rigetti's tools have a profile, an auth server and credentials of this name where no others are written down."""


def read(around: Environment) -> dict[str, Setting]:
    """What the files say.

    `secrets_file` and `credentials_name` are there if there is a refresh token that may be written back: the cloud may
    give a new one for each use, and the old one is then worth nothing to the user's other tools.
    """
    path = around.home / ".qcs" / "settings.toml"
    settings = around.load(formats.toml, path, "QCS_SETTINGS_FILE_PATH")
    secrets = around.load(formats.toml, path.with_name("secrets.toml"), "QCS_SECRETS_FILE_PATH")

    profile, chooser = _profile(around, settings)
    if settings is not None:
        _require(settings, "profiles", (profile, chooser))
    elif profile != BUILT_IN:
        raise ConfigError(
            f"there is no profile {profile!r}, which {chooser} asks for: there is no file {path}",
            hint="Unset the variable, or write the file",
        )
    found: dict[str, Setting | None] = {}
    if settings is not None:
        server = _name(around, settings, profile, "auth_server_name")
        _require(settings, "auth_servers", server)
        found |= {name: settings.setting("profiles", profile, key) for key, name in PROFILE_KEYS.items()}
        found |= {name: settings.setting("auth_servers", server[0], key) for key, name in SERVER_KEYS.items()}
    if secrets is not None:
        credentials = _name(around, settings, profile, "credentials_name")
        _require(secrets, "credentials", credentials)
        found |= _tokens(secrets, credentials[0])
        read_only = around.variable("QCS_SECRETS_READ_ONLY")
        if found["refresh_token"] and not (read_only and read_only[1].lower() in ("true", "yes", "1")):
            found["secrets_file"] = Setting(str(secrets.path), found["refresh_token"].origin)
            found["credentials_name"] = Setting(credentials[0], credentials[1] or "default")
    return {name: setting for name, setting in found.items() if setting is not None}


def _profile(around: Environment, settings: Document | None) -> Named:
    if asked := around.variable("QCS_PROFILE_NAME"):
        return asked[1], "environment variable QCS_PROFILE_NAME"
    if settings is not None and (name := settings.name("default_profile_name")):
        return name, settings.place("default_profile_name")
    return BUILT_IN, None


def _name(around: Environment, settings: Document | None, profile: str, key: str) -> Named:
    """The auth server or the credentials of a profile; Rigetti's earlier Python tools let a variable decide."""
    variable = f"QCS_SETTINGS_{key.upper()}"
    if asked := around.variable(variable):
        return asked[1], f"environment variable {variable}"
    if settings is not None and (name := settings.name("profiles", profile, key)):
        return name, settings.place("profiles", profile, key)
    return BUILT_IN, None


def _require(document: Document, table: str, named: Named) -> None:
    name, chooser = named
    there = document.table(table)
    built_in = name == BUILT_IN and (chooser is None or not there)
    if name not in there and not built_in:
        raise ConfigError(f"{document.path} has no {table}.{name}, which {chooser} asks for", hint=among(there))


def _tokens(secrets: Document, credentials: str) -> dict[str, Setting | None]:
    table = ("credentials", credentials, "token_payload")
    found = {name: secrets.setting(*table, name) for name in ("access_token", "refresh_token")}
    seconds = secrets.get(*table, "expires_in")
    if seconds is not None:
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not abs(seconds) < MOST_SECONDS:
            raise secrets.problem("is not a number of seconds", *table, "expires_in")
        found["access_token_expires_in"] = Setting(str(seconds), secrets.place(*table, "expires_in"))
    moment = secrets.get(*table, "updated_at")
    if isinstance(moment, datetime):  # TOML has times of its own, and Rigetti's tools have written both
        found["access_token_updated_at"] = Setting(moment.isoformat(), secrets.place(*table, "updated_at"))
    else:
        found["access_token_updated_at"] = secrets.setting(*table, "updated_at")
    return found

"""Scaleway's own file, as `scw init` writes it.

Which profile is in use is decided as by Scaleway's command line; its Python library does not look at `active_profile`.
"""

from __future__ import annotations

from anyqpu.config import formats
from anyqpu.config.files import Document, Environment, among
from anyqpu.config.settings import Setting
from anyqpu.errors import ConfigError

KEYS = {
    "secret_key": "secret_key",
    "access_key": "access_key",
    "default_project_id": "project_id",
    "default_organization_id": "organization_id",
    "api_url": "base_url",
}


def read(around: Environment) -> dict[str, Setting]:
    """What the file says: the profile in use, over the keys outside of all profiles."""
    path = around.config_home() / "scw" / "config.yaml"
    document = around.load(formats.yaml, path, "SCW_CONFIG_PATH")
    requested = around.variable("SCW_PROFILE")
    if document is None:
        # To the tools of Scaleway, `default` is the name of the part outside of all profiles.
        if requested and requested[1] != "default":
            raise ConfigError(
                f"there is no profile {requested[1]!r}, which environment variable SCW_PROFILE asks for: "
                f"there is no file {path}",
                hint="Run `scw init`, or unset the variable",
            )
        return {}

    settings = _settings(document)
    profile, chooser = document.name("active_profile") or "default", document.place("active_profile")
    if requested:
        profile, chooser = requested[1], "environment variable SCW_PROFILE"
    profiles = document.table("profiles")
    if profile in profiles:
        settings |= _settings(document, "profiles", profile)
    elif profile != "default":
        raise ConfigError(f"{document.path} has no profile {profile!r}, which {chooser} asks for", hint=among(profiles))
    return settings


def _settings(document: Document, *table: str) -> dict[str, Setting]:
    settings = {name: document.setting(*table, key) for key, name in KEYS.items()}
    return {name: setting for name, setting in settings.items() if setting is not None}

"""Our own file: profiles with the settings of every cloud.

default_profile = "work"

[profiles.work.kipu]
token = "..."
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from anyqpu.config import files, formats
from anyqpu.config.files import Document, Environment
from anyqpu.config.names import names
from anyqpu.config.settings import Setting
from anyqpu.core.registry import available_providers
from anyqpu.errors import ConfigError

FILE_VARIABLE = "ANYQPU_CONFIG_FILE"
PROFILE_VARIABLE = "ANYQPU_PROFILE"


def default_path(around: Environment) -> Path:
    """Where the file is, if no variable names another."""
    base = around.directory("APPDATA", "AppData", "Roaming") if files.WINDOWS else around.config_home()
    return base / "anyqpu" / "config.toml"


def read(around: Environment, provider: str, requested: str | None) -> tuple[str | None, dict[str, Setting]]:
    """The profile in use, if any, and what it says of one cloud.

    Raises:
        ConfigError: The file is wrong, anywhere; or there is no such profile.
    """
    document = around.load(formats.toml, default_path(around), FILE_VARIABLE)
    if document is not None:
        _check(document)
    chosen = _chosen(around, document, requested)
    if chosen is None:
        return None, {}
    profile, chooser = chosen
    if document is None:
        raise ConfigError(
            f"there is no profile {profile!r}, which {chooser} asks for: there is no file {default_path(around)}",
            hint="Write the file, or do not ask for a profile",
        )
    profiles = document.table("profiles")
    if profile not in profiles:
        raise ConfigError(
            f"{document.path} has no profile {profile!r}, which {chooser} asks for", hint=files.among(profiles)
        )
    keys = document.table("profiles", profile, provider)
    settings = {name: document.setting("profiles", profile, provider, name) for name in keys}
    return profile, {name: setting for name, setting in settings.items() if setting is not None}


def _chosen(around: Environment, document: Document | None, requested: str | None) -> tuple[str, str] | None:
    """Return the name of the profile, and the place that chose it. An empty name counts as none."""
    if requested:
        return requested, "the argument profile"
    if variable := around.variable(PROFILE_VARIABLE):
        return variable[1], f"environment variable {PROFILE_VARIABLE}"
    if document is None:
        return None
    if name := document.name("default_profile"):
        return name, document.place("default_profile")
    return ("default", "no other place") if "default" in document.table("profiles") else None


def _check(document: Document) -> None:
    """Everything in the file must be known, also in profiles that are not in use: a misspelt key is a lost setting."""
    _check_keys(document, (), ("default_profile", "profiles"))
    document.name("default_profile")
    for profile in document.table("profiles"):
        _check_keys(document, ("profiles", profile), available_providers())
        for provider in document.table("profiles", profile):
            _check_keys(document, ("profiles", profile, provider), names(provider))
            for name in document.table("profiles", profile, provider):
                document.setting("profiles", profile, provider, name)


def _check_keys(document: Document, table: tuple[str, ...], allowed: Iterable[str]) -> None:
    """Raise `ConfigError` for a key of a table that is not one of those allowed."""
    allowed = tuple(allowed)
    for key in document.table(*table):
        if key not in allowed:
            import difflib

            if close := difflib.get_close_matches(key, allowed, n=1):
                raise document.problem("is not known", *table, key, hint=f"Did you mean {close[0]!r}?")
            # Not shown: it may be a credential whose name was left out.
            hint = f"There are {', '.join(allowed)}"
            raise document.problem("has an unknown key", *table, key, named=".".join(table) or "the file", hint=hint)

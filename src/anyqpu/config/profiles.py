"""Our own file: profiles with the settings of every cloud.

default_profile = "work"

[profiles.work.kipu]
token = "..."

[profiles.work.pasqal]
username = "ada@example.com"
keyring = ["password"]  # settings that are in the system keyring
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from anyqpu.config import files, formats, keyrings
from anyqpu.config.files import Document, Environment
from anyqpu.config.names import names
from anyqpu.config.settings import SECRETS, Setting
from anyqpu.core.registry import available_providers
from anyqpu.errors import ConfigError

# The key that lists settings in the system keyring.
KEYRING = "keyring"
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
    choice = chosen(around, document, requested)
    if choice is None:
        return None, {}
    profile, chooser = choice
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
    settings: dict[str, Setting | None] = {
        name: document.setting("profiles", profile, provider, name) for name in keys if name != KEYRING
    }
    settings |= {
        name: keyrings.setting(profile, provider, name) for name in _kept_in_keyring(document, profile, provider)
    }
    return profile, {name: setting for name, setting in settings.items() if setting is not None}


def chosen(around: Environment, document: Document | None, requested: str | None) -> tuple[str, str] | None:
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
            _check_keys(document, ("profiles", profile, provider), (*names(provider), KEYRING))
            for name in document.table("profiles", profile, provider):
                if name != KEYRING:
                    document.setting("profiles", profile, provider, name)
            _kept_in_keyring(document, profile, provider)


def _kept_in_keyring(document: Document, profile: str, provider: str) -> list[str]:
    """Return the settings that are in the system keyring.

    Raises:
        ConfigError: It is not a list of the provider's settings that are credentials, or one is in the file too.
    """
    place = ("profiles", profile, provider, KEYRING)
    listed: Any = document.get(*place)
    allowed = [name for name in names(provider) if name in SECRETS]
    kept: list[str] = [] if listed is None else listed
    if not isinstance(listed, list | None) or not all(name in allowed for name in kept):
        raise document.problem("is not a list of credentials", *place, hint=f"There are {', '.join(allowed)}")
    if twice := [name for name in kept if name in document.table(*place[:-1])]:
        raise document.problem(f"names {twice[0]}, which is in the file too", *place, hint="Remove one of them")
    return kept


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

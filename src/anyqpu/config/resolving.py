"""Resolve settings: argument > environment > our profile > the cloud's own files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from anyqpu.config import files, profiles
from anyqpu.config.credentials import merge
from anyqpu.config.files import Environment
from anyqpu.config.names import names
from anyqpu.config.settings import Setting, Settings
from anyqpu.core.arguments import unknown_keywords
from anyqpu.core.provider import ProviderSpec, load
from anyqpu.core.registry import provider_spec
from anyqpu.errors import ConfigError
from anyqpu.transport.secret import hide_frames


def resolve(
    provider: str,
    arguments: Mapping[str, str | None],
    *,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
    home: Path | None = None,
) -> Settings:
    """Return all settings for a client of one cloud, each with the place it came from.

    A few small files are read, always and at once. Credentials may still be missing afterwards: see
    `has_credentials` and `missing`.

    Args:
        provider: The cloud, such as `"kipu"`.
        arguments: Values passed in code; None and empty texts count as not given. See `names`.
        profile: A profile of our own file.
        environ: The environment, if not that of this process.
        home: The home directory, if not the user's.

    Raises:
        ConfigError: A file is damaged, needed or not; a value cannot be used; or a requested profile does not exist.
        TypeError: This cloud has no such argument, or a value is not a text.
    """
    try:
        return _resolve(provider, arguments, profile, os.environ if environ is None else environ, home)
    except (ConfigError, TypeError) as error:
        # This frame held what the caller gave, and those below what files say: a traceback with local variables must
        # not show credentials.
        arguments = environ = {}
        hide_frames(error)
        raise error  # not only `raise`, which would leave this frame out too


def _resolve(
    provider: str,
    arguments: Mapping[str, str | None],
    profile: str | None,
    environ: Mapping[str, str],
    home: Path | None,
) -> Settings:
    spec = provider_spec(provider)
    allowed = names(provider)
    if unknown := sorted(arguments.keys() - set(allowed)):
        raise unknown_keywords(unknown, allowed, provider)
    around = Environment(environ, home)
    try:
        in_use, ours = profiles.read(around, provider, profile)
        theirs: dict[str, Setting] = {} if spec.native_config is None else load(spec.native_config)(around)
        layers = [_from_arguments(arguments), _from_environment(spec, around), ours, theirs]
    except ConfigError as error:
        error.provider = provider
        raise
    return Settings(provider, merge(provider, layers), profile=in_use, looked_at=around.looked_at)


def _from_arguments(arguments: Mapping[str, object]) -> dict[str, Setting]:
    settings: dict[str, Setting | None] = {}
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} must be a text, not {type(value).__name__}")
        settings[name] = files.setting(name, value or "", f"argument {name}")
    return {name: setting for name, setting in settings.items() if setting is not None}


def _from_environment(spec: ProviderSpec, around: Environment) -> dict[str, Setting]:
    settings: dict[str, Setting | None] = {}
    for name, variables in spec.environment.items():
        if value := around.variable(*variables):
            variable = value[0]
            settings[name] = files.setting(name, around.environ[variable], f"environment variable {variable}")
    return {name: setting for name, setting in settings.items() if setting is not None}

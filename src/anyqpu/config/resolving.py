"""All the places, one after the other: argument > environment > our profile > the cloud's own files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from anyqpu.config import files, profiles
from anyqpu.config.credentials import merge
from anyqpu.config.files import Surroundings
from anyqpu.config.names import VARIABLES, names
from anyqpu.config.settings import Setting, Settings
from anyqpu.errors import ConfigError


def resolve(
    provider: str,
    arguments: Mapping[str, str | None],
    *,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
    home: Path | None = None,
) -> Settings:
    """Everything that is known for a client of one cloud, each setting with the place it came from.

    A few small files are read, always and at once. Credentials may still be missing afterwards: see
    `has_credentials` and `missing`.

    Args:
        provider: The cloud, such as `"kipu"`.
        arguments: What was given in code; None and empty texts count as not given. See `names`.
        profile: A profile of our own file.
        environ: The environment, if not that of this process.
        home: The home directory, if not the user's.

    Raises:
        ConfigError: A file is broken, here or there, needed or not; or something that was asked for is not there.
        TypeError: An argument that this cloud does not have, or one that is no text.
    """
    try:
        return _resolve(provider, arguments, profile, os.environ if environ is None else environ, home)
    except ConfigError as error:
        problem = error
    # The frames below held what the files say, and this one what the caller gave: a report that shows local variables
    # would show secrets. The message has all that is to be known.
    del arguments, environ
    problem.__context__ = None
    raise problem.with_traceback(None)


def _resolve(
    provider: str,
    arguments: Mapping[str, str | None],
    profile: str | None,
    environ: Mapping[str, str],
    home: Path | None,
) -> Settings:
    allowed = names(provider)
    if unknown := sorted(arguments.keys() - set(allowed)):
        raise TypeError(f"{provider} takes no {', '.join(unknown)}; there are {', '.join(allowed)}")
    around = Surroundings(environ, home)
    try:
        in_use, ours = profiles.read(around, provider, profile)
        theirs: dict[str, Setting] = import_module(f"anyqpu.config.native_{provider}").read(around)
    except ConfigError as error:
        error.provider = provider
        raise
    layers = [_from_arguments(arguments), _from_environment(provider, around), ours, theirs]
    return Settings(provider, merge(provider, layers), profile=in_use, looked_at=around.looked_at)


def _from_arguments(arguments: Mapping[str, object]) -> dict[str, Setting]:
    found: dict[str, Setting | None] = {}
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is a text, not {type(value).__name__}")
        found[name] = files.setting(name, value or "", f"argument {name}")
    return {name: setting for name, setting in found.items() if setting is not None}


def _from_environment(provider: str, around: Surroundings) -> dict[str, Setting]:
    found: dict[str, Setting | None] = {}
    for name, variables in VARIABLES[provider].items():
        if given := around.variable(*variables):
            variable = given[0]
            found[name] = files.setting(name, around.environ[variable], f"environment variable {variable}")
    return {name: setting for name, setting in found.items() if setting is not None}

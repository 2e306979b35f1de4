"""Find providers: ours by their package, those of others by entry point (group `anyqpu.providers`)."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules

from anyqpu.core.provider import ProviderSpec, load
from anyqpu.errors import ConfigError

GROUP = "anyqpu.providers"
PACKAGE = "anyqpu.providers"


def available_providers() -> dict[str, ProviderSpec]:
    """Return the description of each installed provider, by its name.

    A provider of another package has an entry point of the group `anyqpu.providers` whose value is the
    `package.module:SPEC` of its `ProviderSpec`. A provider of anyqpu's own keeps its name.

    Raises:
        ConfigError: An entry point does not lead to a `ProviderSpec` of its name.
    """
    specs = {name: _own(name) for name in own_providers()}
    for name in _entry_points():
        if name not in specs:
            specs[name] = _installed(name)
    return specs


def provider_spec(name: object) -> ProviderSpec:
    """Return the description of a provider.

    Raises:
        ConfigError: There is no such provider, or its entry point does not lead to a `ProviderSpec`.
    """
    if isinstance(name, str):
        if name in own_providers():
            # Without a search through all that is installed, which takes milliseconds.
            return _own(name)
        if name in _entry_points():
            return _installed(name)
    names = [*own_providers(), *(other for other in _entry_points() if other not in own_providers())]
    raise ConfigError(f"unknown provider {name!r:.80}", hint=f"Available: {', '.join(names)}")


@cache
def own_providers() -> tuple[str, ...]:
    """Return the names of anyqpu's own providers, in alphabetical order."""
    paths = import_module(PACKAGE).__path__
    return tuple(sorted(module.name for module in iter_modules(paths) if module.ispkg))


@cache
def _own(name: str) -> ProviderSpec:
    spec: ProviderSpec = import_module(f"{PACKAGE}.{name}.spec").SPEC
    return spec


def _entry_points() -> dict[str, str]:
    # A search reads the metadata of all that is installed, which takes a third of a second in a large environment.
    return _search(tuple(sys.path))


@lru_cache(maxsize=8)
def _search(path: tuple[str, ...]) -> dict[str, str]:
    from importlib.metadata import entry_points

    return {entry.name: entry.value for entry in entry_points(group=GROUP)}


def _installed(name: str) -> ProviderSpec:
    value = _entry_points()[name]
    try:
        spec = load(value)
    except (ImportError, AttributeError, ValueError) as error:
        problem = f"provider {name} cannot be loaded from {value}: {error}"
        raise ConfigError(problem, provider=name, hint="Install or update the package that provides it") from error
    if not isinstance(spec, ProviderSpec) or spec.name != name:
        raise ConfigError(
            f"entry point {name} = {value} does not lead to the ProviderSpec of {name}",
            provider=name,
            hint="Install or update the package that provides it",
        )
    return spec

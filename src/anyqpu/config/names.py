"""The settings that a provider takes."""

from __future__ import annotations

from anyqpu.core.registry import provider_spec


def names(provider: str) -> tuple[str, ...]:
    """Return the settings that a provider takes, as arguments of `connect` and in a profile.

    Raises:
        ConfigError: There is no such provider.
    """
    return tuple(provider_spec(provider).environment)

"""Choose the credentials to use, and describe those that are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anyqpu.config.settings import Setting, Settings
from anyqpu.core.registry import provider_spec
from anyqpu.errors import Hint, MissingCredentialsError

SHARED = frozenset({"client_id"})
"""Belongs to a client program rather than to its user: so it does not select a way to authenticate."""


def merge(provider: str, layers: Sequence[Mapping[str, Setting]]) -> dict[str, Setting]:
    """One value for each setting, from the first layer that has it; the first layer is the arguments.

    Where a cloud has several ways to authenticate, the one found higher up wins, and what belongs to the others
    is left out: a password that is given as an argument is meant, whatever token lies in a file.
    """
    layers = [*layers]
    # To renew the access token of one account with the refresh token of another would change the user, and the file it
    # was written back to would change with it.
    tokens, attached = provider_spec(provider).together
    first = next((rank for rank, layer in enumerate(layers) if layer.keys() & tokens), len(layers))
    merged: dict[str, Setting] = {}
    ranks: dict[str, int] = {}
    for rank, layer in enumerate(layers):
        for name, setting in layer.items():
            if name not in merged and (rank == first or name not in tokens | attached):
                merged[name], ranks[name] = setting, rank

    def rank_of(way: tuple[str, ...]) -> int:
        return min((ranks[name] for name in way if name in ranks and name not in SHARED), default=len(layers))

    ways = provider_spec(provider).credential_sets
    # A part of a way that is given as an argument is meant too, and is reported as incomplete rather than passed over.
    candidates = [way for way in ways if rank_of(way) == 0] or [way for way in ways if merged.keys() >= set(way)]
    if not candidates:
        return merged
    best = min(rank_of(way) for way in candidates)
    used = {name for way in candidates if rank_of(way) == best for name in way} | SHARED
    unused = {name for way in ways for name in way} - used
    if not tokens & used:
        unused |= attached
    return {name: setting for name, setting in merged.items() if name not in unused}


def has_credentials(settings: Settings) -> bool:
    """Return whether the settings of one of the cloud's ways to authenticate are complete."""
    return any(settings.keys() >= set(way) for way in provider_spec(settings.provider).credential_sets)


def in_use(settings: Settings, *, token_function: bool = False) -> str | None:
    """Return a sentence on where the settings of a client come from, without their values; None without any.

    `token_function`: The token comes from a function that the caller passed.
    """
    origins = {name: settings.origin(name) for name in provider_spec(settings.provider).environment if name in settings}
    if token_function:
        origins = {"token": "the function passed as argument token", **origins}
    listed = ", ".join(f"{name} ({origin})" for name, origin in origins.items())
    return f"Settings in use: {listed}" if listed else None


def missing(provider: str, settings: Settings) -> MissingCredentialsError:
    """Return the error for missing credentials; it names every place that was searched."""
    spec = provider_spec(provider)
    ways = spec.credential_sets
    variables = [variable for way in ways for name in way for variable in spec.environment[name]]
    message = (
        f"no credentials were found: neither the arguments ({'; '.join(' and '.join(way) for way in ways)})"
        f" nor environment variables ({', '.join(variables)})"
        + (f" nor profile {settings.profile!r}" if settings.profile else "")
        + f" nor files ({', '.join(settings.looked_at)}) have them"
    )
    for way in ways:
        there = [name for name in way if name in settings and name not in SHARED]
        if there and (lacking := [name for name in way if name not in settings]):
            message += f"; there is a {there[0]} ({settings.origin(there[0])}), but no {' and no '.join(lacking)}"
    place = f"Put {' and '.join(ways[0])} in one of these places"
    return MissingCredentialsError(
        message,
        provider=provider,
        hint=Hint(f"{place}, or try it offline with emulator=True", f"{place}, or try it offline with --emulator"),
    )

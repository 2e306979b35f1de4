"""`anyqpu config`: show settings with their origins and check credentials; and the text of `anyqpu` alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from anyqpu import config
from anyqpu.config import Settings
from anyqpu.core.registry import provider_spec
from anyqpu.errors import ConfigError
from anyqpu_cli import outcome
from anyqpu_cli.clouds import Response, is_configured, query_providers
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import check_provider, provider_names
from anyqpu_cli.widths import wrapped, wrapped_to
from anyqpu_cli.words import error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client


async def show_config(setup: Setup, provider: str | None) -> None:
    """Print every setting with its origin, secrets as `***`, without a request."""
    entries = [_describe(setup, name) for name in _selected(provider)]
    if setup.as_json:
        show_json(entries)
        return
    show(_join_blocks([_as_text(entry, origins=True) for entry in entries]))


async def check_config(setup: Setup, provider: str | None) -> None:
    """Check with each provider that has credentials whether it accepts them, and print the outcome.

    Exits with the code of the first provider that fails, or that of missing credentials if none has any.
    """
    entries = {name: _describe(setup, name) for name in _selected(provider)}
    queried = [name for name, entry in entries.items() if entry["configured"] or setup.emulated]
    responses = {response.provider: response for response in await query_providers(setup, queried, _check)}
    for name, entry in entries.items():
        response: Response[str] | None = responses.get(name)
        entry["ok"] = None if response is None else response.problem is None
        entry["asked"] = None if response is None else response.value
        if response is not None and response.problem is not None:
            entry["problem"] = error_text(response.problem)
        elif entry["problem"] is not None:
            entry["ok"] = False
    if setup.as_json:
        show_json(list(entries.values()))
    else:
        show(_join_blocks([_as_text(entry, checked=name in responses) for name, entry in entries.items()]))
    problems = [response.problem for response in responses.values() if response.problem is not None]
    if problems:
        raise typer.Exit(outcome.exit_code(problems[0]))
    if any(entry["ok"] is False for entry in entries.values()):
        raise typer.Exit(outcome.BAD_INPUT)
    if not responses:
        setup.note(
            "No provider has credentials: `anyqpu config show` lists where they are read from. Offline: `anyqpu demo`"
        )
        raise typer.Exit(outcome.NOT_ALLOWED)


def _selected(provider: str | None) -> tuple[str, ...]:
    return provider_names() if provider is None else (check_provider(provider),)


def _describe(setup: Setup, provider: str) -> dict[str, Any]:
    settings: Settings | None = None
    problem: str | None = None
    try:
        settings = config.resolve(provider, {}, profile=setup.profile)
    except ConfigError as error:
        problem = error_text(error)
    spec = provider_spec(provider)
    return {
        "provider": provider,
        "configured": settings is not None and config.has_credentials(settings),
        "profile": settings.profile if settings is not None else None,
        "settings": {
            name: {"value": value, "origin": origin}
            for name, (value, origin) in (settings.describe() if settings is not None else {}).items()
        },
        "variables": [name for keys in spec.credential_sets for key in keys for name in spec.environment[key]],
        "files": list(settings.looked_at) if settings is not None else [],
        "problem": problem,
    }


async def _check(client: Client) -> str:
    """Send one small request that needs the credentials, and return a description of it."""
    return await client.check_credentials()


def _join_blocks(texts: Sequence[str]) -> str:
    return ("\n\n" if any("\n" in text for text in texts) else "\n").join(texts)


def _as_text(entry: dict[str, Any], *, origins: bool = False, checked: bool = False) -> str:
    if entry.get("ok"):
        state = f"ok: requested {entry['asked']}"
    elif entry["problem"]:
        state = f"{'failed' if checked else 'unusable'}: {entry['problem']}"
    else:
        state = "has credentials" if entry["configured"] else "no credentials"
    lines = [f"{entry['provider']}: {state}" + (f" (profile {entry['profile']})" if entry["profile"] else "")]
    lines += [f"  {name} = {setting['value']}  ({setting['origin']})" for name, setting in entry["settings"].items()]
    lines = [wrapped(line, 4) for line in lines]
    if origins:
        if not entry["configured"]:
            lines.append(wrapped_to(f"  read the environment variables {', '.join(entry['variables'])}", 4))
        lines += [wrapped(f"  read {name}", 4) for name in entry["files"]]
    return "\n".join(lines)


def welcome() -> str:
    """Return the next steps, for `anyqpu` without a command."""
    configured = [name for name in provider_names() if is_configured(name, None)]
    lines = ["Await quantum jobs on four clouds.", ""]
    if configured:
        lines += [f"Credentials were found for {', '.join(configured)}.", ""]
        steps = [
            ("anyqpu config check", "check them with the providers"),
            ("anyqpu devices", "list devices"),
            ("anyqpu submit FILE --device PROVIDER:DEVICE --wait", "run a program"),
        ]
    else:
        steps = [
            ("anyqpu demo", "run two programs offline, without an account"),
            ("anyqpu devices --emulator", "list the emulated devices of all clouds"),
            ("anyqpu config show", "list where credentials are read from"),
        ]
    steps.append(("anyqpu --help", "list all commands"))
    width = max(len(command) for command, _ in steps)
    return "\n".join([*lines, *(f"  {command:<{width}}  {purpose}" for command, purpose in steps)])

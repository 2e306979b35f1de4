"""`anyqpu config`: where settings come from, and whether the clouds take the credentials; and `anyqpu` alone."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, cast

import typer

from anyqpu import config
from anyqpu.config import Settings
from anyqpu.connecting import PROVIDERS
from anyqpu.core.registry import provider_spec
from anyqpu.errors import AnyQPUError, ConfigError
from anyqpu_cli import fields, outcome
from anyqpu_cli.clouds import Answer, ask
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import checked_provider

if TYPE_CHECKING:
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient
    from anyqpu_cli.setup import Client


async def show_config(setup: Setup, provider: str | None) -> None:
    """Print every setting with its origin; secrets as `***`. Nothing is sent."""
    found = [_described(setup, each) for each in _chosen(provider)]
    if setup.as_json:
        fields.print_json(found)
        return
    show(_below_each_other([_as_text(each, places=True) for each in found]))


async def check_config(setup: Setup, provider: str | None) -> None:
    """Ask each cloud that has credentials whether it takes them, and print what it says.

    Exits with the code of the first cloud that fails, or that of missing credentials if none has any.
    """
    found = {each: _described(setup, each) for each in _chosen(provider)}
    answers: dict[str, Answer[str]] = {}
    asked = [each for each, described in found.items() if described["configured"] or setup.emulated]
    answers.update({each.provider: each for each in await ask(setup, asked, _cheap_call)})
    for each, described in found.items():
        answer: Answer[str] | None = answers.get(each)
        described["ok"] = None if answer is None else answer.problem is None
        described["asked"] = None if answer is None else answer.value
        if answer is not None and answer.problem is not None:
            described["problem"] = str(answer.problem)
        elif described["problem"] is not None:
            described["ok"] = False
    if setup.as_json:
        fields.print_json(list(found.values()))
    else:
        show(_below_each_other([_as_text(each, asked=name in answers) for name, each in found.items()]))
    problems = [answer.problem for answer in answers.values() if answer.problem is not None]
    if problems:
        raise typer.Exit(outcome.exit_code(problems[0]))
    if any(each["ok"] is False for each in found.values()):
        raise typer.Exit(outcome.BAD_INPUT)
    if not answers:
        setup.note(
            "No cloud has credentials: `anyqpu config show` says where they are looked for. Offline: `anyqpu demo`"
        )
        raise typer.Exit(outcome.NOT_ALLOWED)


def _chosen(provider: str | None) -> tuple[str, ...]:
    return PROVIDERS if provider is None else (checked_provider(provider),)


def _described(setup: Setup, provider: str) -> dict[str, Any]:
    settings: Settings | None = None
    problem: str | None = None
    try:
        settings = config.resolve(provider, {}, profile=setup.profile)
    except ConfigError as error:
        problem = str(error)
    spec = provider_spec(provider)
    return {
        "provider": provider,
        "configured": settings is not None and config.has_credentials(settings),
        "profile": settings.profile if settings is not None else None,
        "settings": {
            name: {"value": value, "origin": origin}
            for name, (value, origin) in (settings.describe() if settings is not None else {}).items()
        },
        "variables": [name for way in spec.credential_sets for part in way for name in spec.environment[part]],
        "files": list(settings.looked_at) if settings is not None else [],
        "problem": problem,
    }


async def _cheap_call(client: Client) -> str:
    """One small request that needs the credentials; what it was."""
    match client.provider:
        case "kipu":
            await cast("KipuClient", client).jobs(page_size=1).first()
            return "its jobs"
        case "pasqal":
            await cast("PasqalClient", client).projects().first()
            return "your projects"
        case "rigetti":
            await cast("RigettiClient", client).user()
            return "your user"
        case _:
            scaleway = cast("ScalewayClient", client)
            if client.settings.get_value("project_id") is None:
                await scaleway.devices(page_size=1).first()
                return "its platforms (there is no project_id, which jobs need)"
            await scaleway.sessions(page_size=1).first()
            return "the project's sessions"


def _below_each_other(texts: Sequence[str]) -> str:
    return ("\n\n" if any("\n" in text for text in texts) else "\n").join(texts)


def _as_text(each: dict[str, Any], *, places: bool = False, asked: bool = False) -> str:
    if each.get("ok"):
        said = f"ok: it was asked for {each['asked']}"
    elif each["problem"]:
        said = f"{'failed' if asked else 'unusable'}: {each['problem']}"
    else:
        said = "has credentials" if each["configured"] else "no credentials"
    lines = [f"{each['provider']}: {said}" + (f" (profile {each['profile']})" if each["profile"] else "")]
    lines += [f"  {name} = {found['value']}  ({found['origin']})" for name, found in each["settings"].items()]
    if places:
        if not each["configured"]:
            wanted = f"looked for the environment variables {', '.join(each['variables'])}"
            lines += wrap(wanted, 100, initial_indent="  ", subsequent_indent="    ")
        lines += [f"  looked at {name}" for name in each["files"]]
    return "\n".join(lines)


def welcome() -> str:
    """What to do next, for someone who said `anyqpu` and no more."""
    rows: list[tuple[str, str]] = []
    for provider in PROVIDERS:
        try:
            there = config.has_credentials(config.resolve(provider, {}))
        except AnyQPUError:
            there = True
        if there:
            rows.append((provider, ""))
    lines = ["Await quantum jobs on any cloud.", ""]
    if rows:
        lines += [f"Credentials were found for {', '.join(name for name, _ in rows)}.", ""]
        steps = [
            ("anyqpu config check", "see whether the clouds take them"),
            ("anyqpu devices", "see where programs can run"),
            ("anyqpu submit FILE --device PROVIDER:DEVICE --wait", "run one"),
        ]
    else:
        steps = [
            ("anyqpu demo", "run two programs offline, without an account"),
            ("anyqpu devices --emulator", "see the devices of all clouds, emulated"),
            ("anyqpu config show", "see where credentials are looked for"),
        ]
    steps.append(("anyqpu --help", "see all commands"))
    width = max(len(command) for command, _ in steps)
    return "\n".join([*lines, *(f"  {command:<{width}}  {what}" for command, what in steps)])

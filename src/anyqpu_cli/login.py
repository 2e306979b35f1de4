"""`anyqpu login`: ask for credentials, check them with one request, and save them."""

from __future__ import annotations

import functools
import getpass
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import anyio

from anyqpu import config
from anyqpu.config import files, profiles
from anyqpu.config.settings import SECRETS
from anyqpu.core.provider import ProviderSpec
from anyqpu.core.registry import provider_spec
from anyqpu.errors import ConfigError, ValidationError
from anyqpu_cli.output import print_stderr, show, show_json
from anyqpu_cli.profile_file import ProfileFile
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import check_provider, did_you_mean, provider_names
from anyqpu_cli.widths import wrapped

# Characters of credentials on standard input.
LONGEST = 2**16


def log_in(
    setup: Setup,
    provider: str | None,
    *,
    settings: Sequence[str],
    from_stdin: bool,
    check: bool,
    in_keyring: bool,
) -> None:
    """Read the credentials of a provider from the terminal or from standard input, check them, and save them.

    Nothing is saved before all of that has succeeded. `settings` are others, as NAME=VALUE.

    Raises:
        ValidationError: There is no terminal, or a value is not one of the provider's settings.
        AnyQPUError: The provider does not accept the credentials, or cannot be reached.
    """
    if not from_stdin and not sys.stdin.isatty():
        raise ValidationError(
            "there is no terminal to type credentials on", hint="Pass them on standard input with --stdin"
        )
    if provider is None and from_stdin:
        raise ValidationError("--stdin needs the name of a provider", hint=f"There are {', '.join(provider_names())}")
    spec = provider_spec(check_provider(provider or _ask_for_provider()))
    others = _parse_settings(spec, settings)
    file = ProfileFile(setup.profile)
    if in_keyring:
        # A keyring that cannot be used is reported before anything is typed.
        from anyqpu.config import keyrings

        keyrings.read(keyrings.account_of(file.profile, spec.name, "test"))
    credentials = _read_stdin(spec) if from_stdin else _ask(spec, others)
    values = {
        name: setting.value
        for name, value in {**others, **credentials}.items()
        if (setting := files.setting(name, value, f"the {name.replace('_', ' ')}")) is not None
    }
    way = next((way for way in spec.credential_sets if values.keys() >= set(way)), None)
    if way is None:
        listed = "; ".join(" and ".join(names) for names in spec.credential_sets)
        raise ValidationError(f"the credentials are incomplete: {spec.title} takes {listed}")
    requested = anyio.run(functools.partial(_check, setup, spec, file, values)) if check else None
    # Credentials of another way to log in would have been replaced by these.
    obsolete = {name for names in spec.credential_sets for name in names} - values.keys()
    secrets = [name for name in values if name in SECRETS]
    file.save(spec.name, values, obsolete=obsolete, in_keyring=secrets if in_keyring else ())
    _report(setup, spec, file, values, requested=requested, stored=secrets if in_keyring else [])


async def _check(setup: Setup, spec: ProviderSpec, file: ProfileFile, values: Mapping[str, str]) -> str:
    """Send one small request that needs the credentials, and return a description of it."""
    if not file.exists:
        # A variable that names a file which is still to be written would be an error.
        os.environ.pop(profiles.FILE_VARIABLE, None)
    from anyqpu.connecting import connect

    options: dict[str, Any] = {"emulator": setup.emulator_choice, "verify": setup.cacert, "proxy": setup.proxy}
    async with connect(spec.name, **values, **options) as client:
        return await client.check_credentials()


def _ask_for_provider() -> str:
    names = provider_names()
    print_stderr("Providers:")
    for name in names:
        print_stderr(f"  {name:<10}  {provider_spec(name).title}")
    return _prompt("Provider").lower()


def _ask(spec: ProviderSpec, others: Mapping[str, str]) -> dict[str, str]:
    """Ask for credentials on the terminal, without showing those that are secret."""
    print_stderr(spec.title)
    way = spec.credential_sets[0]
    if len(spec.credential_sets) > 1:
        for number, names in enumerate(spec.credential_sets, 1):
            print_stderr(f"  {number}  {' and '.join(names)}")
        way = _choose(spec.credential_sets)
    required = [name for name in way if name not in others]
    optional = [name for name in spec.identity if name not in others and name not in way]
    values: dict[str, str] = {}
    for name in [*required, *optional]:
        if name in spec.credential_help:
            print_stderr(wrapped(f"{name}: {spec.credential_help[name]}", 2))
        elif name in required:
            print_stderr(wrapped(f"{name}: see the documentation of {spec.title}", 2))
        is_secret = name in SECRETS
        question = f"{name} (not shown)" if is_secret else name if name in required else f"{name} (Enter for none)"
        value = _prompt(question, is_secret=is_secret, is_optional=name not in required)
        if value:
            values[name] = value
    return values


def _prompt(question: str, *, is_secret: bool = False, is_optional: bool = False) -> str:
    """Return what the user types; raises `ValidationError` at the end of the input."""
    while True:
        try:
            text = _read_line(question, is_secret=is_secret)
        except KeyboardInterrupt:
            print_stderr("")
            raise
        if text is None:
            raise ValidationError("the input has ended")
        # White space around a value comes from copying.
        if (text := text.strip("\r\n" if is_secret else None)) or is_optional:
            return text


def _read_line(question: str, *, is_secret: bool) -> str | None:
    """Return a line from the terminal; None at the end of the input."""
    if not is_secret:
        print_stderr(f"{question}:", end=" ")
        return sys.stdin.readline() or None
    try:
        # Standard output is for the outcome.
        return getpass.getpass(f"{question}: ", stream=sys.stderr)
    except EOFError:
        return None


def _choose(ways: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    numbers = [str(number) for number in range(1, len(ways) + 1)]
    while (text := _prompt("Which (1)", is_optional=True) or "1") not in numbers:
        print_stderr(f"Type a number from 1 to {len(ways)}")
    return ways[int(text) - 1]


def _read_stdin(spec: ProviderSpec) -> dict[str, str]:
    """Return the credentials on standard input: lines of NAME=VALUE, or the only setting of the usual way alone."""
    text = sys.stdin.read(LONGEST + 1)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(text) > LONGEST:
        problem = "is empty" if not lines else "is too long"
        raise ValidationError(f"standard input {problem}", hint="Write credentials to it, as NAME=VALUE lines")
    if lines[0].partition("=")[0].strip() not in spec.environment:
        [name, *more] = spec.credential_sets[0]
        if len(lines) > 1 or more:
            # Not the lines, which may be credentials.
            names = ", ".join(spec.environment)
            raise ValidationError("a line of standard input is not NAME=VALUE", hint=f"Names are {names}")
        return {name: lines[0].strip()}
    values: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, equals, value = line.partition("=")
        if not equals or name.strip() not in spec.environment:
            names = ", ".join(spec.environment)
            raise ValidationError(f"line {number} of standard input is not NAME=VALUE", hint=f"Names are {names}")
        values[name.strip()] = value
    return values


def _parse_settings(spec: ProviderSpec, texts: Sequence[str]) -> dict[str, str]:
    """Return `--set NAME=VALUE` options; a credential among them would stay in the shell's history."""
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if name in SECRETS:
            raise ValidationError(
                f"{name} is a credential, which the shell's history would keep", hint="Type it, or use --stdin"
            )
        if not equals or name not in spec.environment:
            choices = [name for name in spec.environment if name not in SECRETS]
            raise ValidationError(f"{name!r} is not a setting of {spec.name}", hint=did_you_mean(name, choices))
        values[name] = value
    return values


def _report(
    setup: Setup,
    spec: ProviderSpec,
    file: ProfileFile,
    values: Mapping[str, str],
    *,
    requested: str | None,
    stored: Sequence[str],
) -> None:
    if setup.as_json:
        facts = {"provider": spec.name, "profile": file.profile, "file": str(file.path), "settings": list(values)}
        show_json({**facts, "keyring": list(stored), "requested": requested})
    else:
        accepted = f"The credentials are accepted: requested {requested}." if requested else "Not checked."
        in_file = [name for name in values if name not in stored]
        places = [f"{', '.join(stored)} in the system keyring"] if stored else []
        places += [f"{', '.join(in_file)} in {file.path}"] if in_file else []
        show(wrapped(f"{spec.name}: {accepted} Saved {', and '.join(places)} (profile {file.profile})"))
    try:
        environ = {**os.environ, profiles.FILE_VARIABLE: str(file.path)}
        settings = config.resolve(spec.name, {}, profile=file.profile, environ=environ)
        in_use = config.resolve(spec.name, {}, environ=environ).profile
    except ConfigError:
        in_use, settings = None, None
    for name in values if settings is not None else ():
        origin = settings.origin(name) if settings is not None else None
        if origin is not None and origin.startswith("environment variable"):
            setup.note(f"{origin} takes precedence over the saved {name}")
    if in_use != file.profile:
        setup.note(
            f"To use it: --profile {file.profile}, ANYQPU_PROFILE={file.profile}, or default_profile in the file"
        )

"""Input of commands: programs in files or on standard input, and options as KEY=VALUE."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import anyio.to_thread

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, load_program
from anyqpu_cli.target import did_you_mean
from anyqpu_cli.times import parse_duration

STDIN = "standard input"
# Arguments of `submit` that the command has options for, or sets itself.
COMMON = ("self", "program", "device", "shots", "name", "tags", "session", "timeout", "max_cost", "key")
# Those that no text stands for.
FUNCTIONS = ("before_send",)
OPTION_NAMES = {"tags": "tag", "program": "help", "max_cost": "max-cost"}


def display_name(file: Path) -> str:
    """Return the name of a file in messages."""
    return STDIN if str(file) == "-" else str(file)


def check_shots(shots: int) -> None:
    """Raise `ValidationError` for fewer than one shot."""
    if shots < 1:
        raise ValidationError(f"shots is a whole number from 1, not {shots}", hint="Such as --shots 1000")


async def read_program(file: Path) -> Program:
    """Return the program in a file, or on standard input for `-`; raises `ValidationError` without one."""
    if str(file) != "-":
        return await load_program(file)
    content = await anyio.to_thread.run_sync(sys.stdin.buffer.read, abandon_on_cancel=True)
    if not content.strip():
        raise ValidationError(f"{STDIN} is empty", hint="Such as: anyqpu submit - --device PROVIDER:DEVICE < FILE")
    return Program.from_bytes(content, where=STDIN)


def provider_options(texts: Sequence[str], submit: Callable[..., Any], provider: str) -> dict[str, Any]:
    """Return `KEY=VALUE` options as keyword arguments of a provider's `submit`.

    A value is JSON, or else a text; `a.b=c` sets `b` within `a`. Raises `ValidationError` for an unknown key.
    """
    accepted = dict(inspect.signature(submit).parameters)
    for name in (*COMMON, *FUNCTIONS):
        accepted.pop(name, None)
    options: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        path = key.strip().split(".")
        if not equals or not all(path):
            raise ValidationError(f"{text!r} is not KEY=VALUE", hint=f"Such as --option {next(iter(accepted))}=...")
        if path[0] in COMMON:
            raise ValidationError(
                f"{path[0]!r} has an option of its own", hint=f"Use --{OPTION_NAMES.get(path[0], path[0])}"
            )
        if path[0] not in accepted:
            raise ValidationError(f"{provider} takes no option {path[0]!r}", hint=did_you_mean(path[0], list(accepted)))
        _put(options, path, value)
    return {name: _converted(name, value, str(accepted[name].annotation)) for name, value in options.items()}


def parameter_values(texts: Sequence[str]) -> dict[str, Any]:
    """Return `NAME=VALUE` options as values of a program's parameters; a value is JSON, or else a text.

    Raises `ValidationError` for another form, and for a name that is given twice.
    """
    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ValidationError(f"{text!r} is not NAME=VALUE", hint="Such as --parameter theta=0.3")
        _put(values, [name.strip()], value)
    return values


def _put(target: dict[str, Any], path: Sequence[str], text: str) -> None:
    for name in path[:-1]:
        inner: Any = target.setdefault(name, {})
        if not isinstance(inner, dict):
            raise ValidationError(f"{name!r} is given as a whole and in parts")
        target = cast("dict[str, Any]", inner)
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if path[-1] in target:
        raise ValidationError(f"{'.'.join(path)!r} is given twice")
    target[path[-1]] = value


def _converted(name: str, value: Any, annotation: str) -> Any:
    """Return a value in the form that an argument of this type takes."""
    if "Mapping" in annotation or "PatchValues" in annotation:
        if not isinstance(value, Mapping):
            raise ValidationError(f"{name!r} is an object", hint=f"Such as --option {name}.key=value, or JSON")
        return cast("Mapping[str, Any]", value)
    if "Duration" in annotation:
        return parse_duration(str(value))
    return value if isinstance(value, str) else json.dumps(value)

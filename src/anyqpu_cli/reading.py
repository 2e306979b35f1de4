"""What a command is given: programs in files or on standard input, and the options of a cloud's own."""

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
from anyqpu_cli.times import duration_of

STDIN = "standard input"
# What `submit` has an option of its own for, or does itself.
USUAL = ("self", "program", "device", "shots", "name", "tags", "session", "timeout")
OWN_NAMES = {"tags": "tag", "program": "help"}


def called(file: Path) -> str:
    """How messages name a file."""
    return STDIN if str(file) == "-" else str(file)


async def read_program(file: Path) -> Program:
    """The program in a file, or on standard input for `-`; raises `ValidationError` where there is none."""
    if str(file) != "-":
        return await load_program(file)
    content = await anyio.to_thread.run_sync(sys.stdin.buffer.read, abandon_on_cancel=True)
    if not content.strip():
        raise ValidationError(f"{STDIN} is empty", hint="Such as: anyqpu submit - --device PROVIDER:DEVICE < FILE")
    return Program.from_bytes(content, where=STDIN)


def own_options(texts: Sequence[str], submit: Callable[..., Any], provider: str) -> dict[str, Any]:
    """What `KEY=VALUE` say, as keyword arguments of a cloud's `submit`.

    A value is JSON, or else a text; `a.b=c` sets `b` within `a`. Raises `ValidationError` for a key that there is not.
    """
    known = {name: each for name, each in inspect.signature(submit).parameters.items() if name not in USUAL}
    found: dict[str, Any] = {}
    for text in texts:
        key, given, value = text.partition("=")
        path = key.strip().split(".")
        if not given or not all(path):
            raise ValidationError(f"{text!r} is not KEY=VALUE", hint=f"Such as --option {next(iter(known))}=...")
        if path[0] in USUAL:
            raise ValidationError(
                f"{path[0]!r} has an option of its own", hint=f"Say --{OWN_NAMES.get(path[0], path[0])}"
            )
        if path[0] not in known:
            raise ValidationError(f"{provider} takes no option {path[0]!r}", hint=did_you_mean(path[0], list(known)))
        _put(found, path, value)
    return {name: _fitting(name, value, str(known[name].annotation)) for name, value in found.items()}


def parameter_values(texts: Sequence[str]) -> dict[str, Any]:
    """What `NAME=VALUE` say of a program's parameters; a value is JSON, or else a text.

    Raises `ValidationError` for what is not of that form, and for a name that is given twice.
    """
    found: dict[str, Any] = {}
    for text in texts:
        name, given, value = text.partition("=")
        if not given or not name.strip():
            raise ValidationError(f"{text!r} is not NAME=VALUE", hint="Such as --parameter theta=0.3")
        _put(found, [name.strip()], value)
    return found


def _put(found: dict[str, Any], path: Sequence[str], text: str) -> None:
    for name in path[:-1]:
        inner: Any = found.setdefault(name, {})
        if not isinstance(inner, dict):
            raise ValidationError(f"{name!r} is given as a whole and in parts")
        found = cast("dict[str, Any]", inner)
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if path[-1] in found:
        raise ValidationError(f"{'.'.join(path)!r} is given twice")
    found[path[-1]] = value


def _fitting(name: str, value: Any, wanted: str) -> Any:
    """A value in the form that an argument has."""
    if "Mapping" in wanted or "PatchValues" in wanted:
        if not isinstance(value, Mapping):
            raise ValidationError(f"{name!r} is an object", hint=f"Such as --option {name}.key=value, or JSON")
        return cast("Mapping[str, Any]", value)
    if "Duration" in wanted:
        return duration_of(str(value))
    return value if isinstance(value, str) else json.dumps(value)

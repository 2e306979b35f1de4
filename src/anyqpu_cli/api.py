"""`anyqpu api`: any operation of a cloud's API document, with credentials, by its method and path."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import anyio

from anyqpu.errors import AnyQPUError, ValidationError
from anyqpu_cli.output import show_bytes, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import checked_provider, did_you_mean

_PLACE = re.compile(r"\{(\w+)\}")


async def call(setup: Setup, method: str, path: str, *, data: str | None) -> None:
    """Make the call and print what came, as JSON; bytes as they are."""
    provider, found, target = path.partition(":")
    if not found or not target.startswith("/"):
        raise ValidationError(f"{path!r} is not PROVIDER:PATH", hint="It looks like kipu:/jobs?size=1")
    target, _, query = target.partition("?")
    name, places = _operation(checked_provider(provider), method.upper(), target)
    body = None if data is None else await _body(data)
    async with setup.connect(provider) as client:
        operation = getattr(client.raw, name)
        given = _arguments(operation, places, parse_qs(query, keep_blank_values=True), body)
        try:
            answer = await operation(**given)
        except AnyQPUError:
            raise
        except (TypeError, ValueError) as error:
            raise ValidationError(f"{method.upper()} {target} cannot be sent: {error}", provider=provider) from error
    if isinstance(answer, bytes):
        show_bytes(answer)
    elif answer is not None:
        show_json(answer, default=_plain)


def _operation(provider: str, method: str, path: str) -> tuple[str, dict[str, str]]:
    """The operation for a path, and what stands in the places of its template; fixed words before places."""
    operations: Mapping[str, Any] = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    fitting: list[tuple[int, str, str, dict[str, str]]] = []
    for operation in operations.values():
        pattern = "".join(
            f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part)
            for number, part in enumerate(_PLACE.split(operation.path))
        )
        if match := re.fullmatch(pattern, path):
            places = {name: unquote(text) for name, text in match.groupdict().items()}
            fitting.append((len(places), operation.method, operation.name, places))
    fitting.sort(key=lambda each: each[0])
    for _, allowed, name, places in fitting:
        if allowed == method:
            return name, places
    if fitting:
        known = sorted({allowed for _, allowed, _, _ in fitting})
        raise ValidationError(f"{path} takes no {method}", provider=provider, hint=f"It takes {', '.join(known)}")
    paths = sorted({operation.path for operation in operations.values()})
    hint = did_you_mean(path, paths, f"There are {len(paths)} paths, such as {paths[0]}")
    raise ValidationError(f"the API document has no path {path}", provider=provider, hint=hint)


def _arguments(
    operation: Any, places: Mapping[str, str], query: Mapping[str, list[str]], body: object
) -> dict[str, Any]:
    known = inspect.signature(operation).parameters
    given: dict[str, Any] = {_argument(name, known): text for name, text in places.items()}
    for name, values in query.items():
        given[_argument(name, known, taken=given)] = values[0] if len(values) == 1 else values
    if body is not None:
        if "body" not in known:
            raise ValidationError("this operation takes no body", hint="Leave --data out")
        given["body"] = body
    elif "body" in known and known["body"].default is inspect.Parameter.empty:
        raise ValidationError("this operation needs a body", hint="Such as --data '{}' or --data @FILE")
    return given


def _argument(name: str, known: Mapping[str, object], taken: Mapping[str, object] | None = None) -> str:
    """The Python name of a parameter of the document."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").replace(".", "_").lower().rstrip("_")
    for candidate in (snake, f"{snake}_", f"{snake}_query"):
        if candidate in known and candidate != "body" and candidate not in (taken or {}):
            return candidate
    names = [each.removesuffix("_") for each in known if each != "body"]
    there = f"It takes {', '.join(names)}" if names else "It takes none"
    raise ValidationError(f"this operation has no parameter {name!r}", hint=did_you_mean(snake, names, there))


async def _body(text: str) -> object:
    """The JSON of `--data`: as it stands, of `@FILE`, or of standard input for `-`."""
    try:
        if text == "-":
            text = await anyio.to_thread.run_sync(sys.stdin.read)
        elif text.startswith("@"):
            text = await anyio.Path(Path(text[1:])).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise ValidationError(f"--data cannot be read: {error}") from error
    except ValueError as error:
        raise ValidationError(f"--data is not JSON: {error}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.to_dict() if hasattr(value, "to_dict") else str(value)

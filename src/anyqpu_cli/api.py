"""`anyqpu api`: call any operation of a provider's API document, authenticated, by method and path."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import anyio

from anyqpu.core.registry import provider_spec
from anyqpu.errors import AnyQPUError, ConfigError, ValidationError
from anyqpu_cli.output import show_bytes, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import check_provider, did_you_mean

_PARAMETER = re.compile(r"\{(\w+)\}")


async def call(setup: Setup, method: str, path: str, *, data: str | None) -> None:
    """Call an operation and print the response as JSON, or as bytes."""
    provider, colon, target = path.partition(":")
    if not colon or not target.startswith("/"):
        raise ValidationError(f"{path!r} is not PROVIDER:PATH", hint="Such as kipu:/jobs?size=1")
    target, _, query = target.partition("?")
    name, path_values = find_operation(check_provider(provider), method.upper(), target)
    body = None if data is None else await _body(data)
    async with setup.connect(provider) as client:
        operation = getattr(client.raw, name)
        arguments = _arguments(operation, path_values, parse_qs(query, keep_blank_values=True), body)
        try:
            response = await operation(**arguments)
        except AnyQPUError:
            raise
        except (TypeError, ValueError) as error:
            raise ValidationError(f"{method.upper()} {target} cannot be sent: {error}", provider=provider) from error
    if isinstance(response, bytes):
        show_bytes(response)
    elif response is not None:
        show_json(response, default=_to_json)


def find_operation(provider: str, method: str, path: str) -> tuple[str, dict[str, str]]:
    """Return the name of the operation for a path, and the values of the path's parameters."""
    raw_client = provider_spec(provider).raw_client
    if raw_client is None:
        raise ConfigError(f"{provider} has no generated client", hint="Use the other commands")
    package = raw_client.partition(":")[0].rpartition(".")[0]
    operations: Mapping[str, Any] = import_module(f"{package}.operations").OPERATIONS
    matches: list[tuple[int, str, str, dict[str, str]]] = []
    for operation in operations.values():
        pattern = "".join(
            f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part)
            for number, part in enumerate(_PARAMETER.split(operation.path))
        )
        if match := re.fullmatch(pattern, path):
            values = {name: unquote(text) for name, text in match.groupdict().items()}
            matches.append((len(values), operation.method, operation.name, values))
    # `/jobs/mine` matches `/jobs/mine` before `/jobs/{id}`.
    matches.sort(key=itemgetter(0))
    for _, allowed, name, values in matches:
        if allowed == method:
            return name, values
    if matches:
        methods = sorted({allowed for _, allowed, _, _ in matches})
        raise ValidationError(f"{path} takes no {method}", provider=provider, hint=f"It takes {', '.join(methods)}")
    paths = sorted({operation.path for operation in operations.values()})
    hint = did_you_mean(path, paths, f"There are {len(paths)} paths, such as {paths[0]}")
    raise ValidationError(f"the API document has no path {path}", provider=provider, hint=hint)


def _arguments(
    operation: Any, path_values: Mapping[str, str], query: Mapping[str, list[str]], body: object
) -> dict[str, Any]:
    signature = inspect.signature(operation).parameters
    arguments: dict[str, Any] = {argument_name(name, signature): text for name, text in path_values.items()}
    for name, values in query.items():
        arguments[argument_name(name, signature, taken=arguments)] = values[0] if len(values) == 1 else values
    if body is not None:
        if "body" not in signature:
            raise ValidationError("this operation takes no body", hint="Leave --data out")
        arguments["body"] = body
    elif "body" in signature and signature["body"].default is inspect.Parameter.empty:
        raise ValidationError("this operation needs a body", hint="Such as --data '{}' or --data @FILE")
    return arguments


def argument_name(name: str, signature: Mapping[str, object], taken: Mapping[str, object] | None = None) -> str:
    """Return the Python name of a parameter in the API document; raises `ValidationError` for an unknown one."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").replace(".", "_").lower().rstrip("_")
    for candidate in (snake, f"{snake}_", f"{snake}_query"):
        if candidate in signature and candidate != "body" and candidate not in (taken or {}):
            return candidate
    names = [key.removesuffix("_") for key in signature if key != "body"]
    otherwise = f"It takes {', '.join(names)}" if names else "It takes none"
    raise ValidationError(f"this operation has no parameter {name!r}", hint=did_you_mean(snake, names, otherwise))


async def _body(text: str) -> object:
    """Return the JSON of `--data`: the text itself, the file of `@FILE`, or standard input for `-`."""
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


def _to_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.to_dict() if hasattr(value, "to_dict") else str(value)

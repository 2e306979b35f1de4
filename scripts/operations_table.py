"""docs/operations.md: every operation of the clouds' documents, and the public methods that use it.

python -m scripts.operations_table [--check]      writes the page, or fails if it is not up to date

Nothing is listed by hand: a method uses the operations that its docstring names in parentheses.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MethodType, ModuleType
from typing import Any

import anyqpu
from anyqpu.core.provider import load
from anyqpu.core.registry import provider_spec
from scripts.documents import PROVIDERS, ROOT

PAGE = ROOT / "docs" / "operations.md"
NAMES = {"scaleway": "Scaleway", "kipu": "Kipu", "pasqal": "Pasqal", "rigetti": "Rigetti"}
# Public methods, by the method of the adapter, or of its sessions and reservations, that does their work.
ADAPTER = {
    "devices": "devices",
    "device": "device",
    "calibration": "calibration",
    "topology": "topology",
    "find_slots": "find_slots",
    "prepare": "submit",
    "job": "job",
    "jobs": "jobs",
    "refresh": "job.refresh",
    "poll": "job.wait",
    "list_many": "job.wait",
    "cancel": "job.cancel",
    "result": "job.result",
    "failure": "job.result",
    "resume": "resume",
}
SESSIONS = {
    "open": "open_session",
    "get": "get_session",
    "list": "sessions",
    "jobs": "session_jobs",
    "drain": "drain_session",
    "close": "close_session",
}
RESERVATIONS = {
    "list": "reservations",
    "get": "reservation",
    "refresh": "wait_for_reservation",
    "reserve": "reserve",
    "cancel": "cancel_reservation",
}
HEAD = """# Operations and methods

Find the public methods that use an operation of a cloud's API document. Every operation over HTTP can also be called as
it is, typed, as `client.raw.<name>`.

In a clone of the repository, `python -m scripts.operations_table` writes this page.
"""


def raw_only(provider: str) -> Mapping[str, str]:
    """Return the operations that are in `raw` only, with the reason."""
    try:
        reasons: Mapping[str, str] = import_module(f"anyqpu.providers.{provider}.raw_only").RAW_ONLY
    except ModuleNotFoundError:
        return {}
    return reasons


def grpc_methods(provider: str) -> list[Any]:
    """Return the methods of the provider's gRPC services."""
    try:
        services = import_module(f"anyqpu_grpc.{provider}.services")
    except ModuleNotFoundError:
        return []
    return [method for method in vars(services).values() if isinstance(method, services.Method)]


def users(provider: str) -> dict[str, list[str]]:
    """Return the public methods that use each operation, by operationId."""
    registry = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    ids = {entry.id for entry in registry.values()} | {method.name for method in grpc_methods(provider)}
    methods: defaultdict[str, list[str]] = defaultdict(list)
    for name, documentation in sorted(set(_methods(provider))):
        for group in re.findall(r"\(([^()]*)\)", documentation):
            for word in re.findall(r"\w+", group):
                if word in ids and name not in methods[word]:
                    methods[word].append(name)
    return dict(methods)


def _methods(provider: str) -> Iterator[tuple[str, str]]:
    """Yield (displayed name, docstring) of what users call, and of what does the work of the common verbs."""
    spec = provider_spec(provider)
    client, adapter = load(spec.client), load(spec.adapter)
    yield from _documented(client, provider)
    yield from _documented(adapter, provider, ADAPTER)
    seen = {client, adapter}
    for attribute, names in (("sessions", SESSIONS), ("reservations", RESERVATIONS)):
        part = inspect.getattr_static(adapter, attribute).func.__annotations__["return"]
        kind = _classes(provider).get(part)
        if kind is not None:
            yield from _documented(kind, provider, names)
            seen.add(kind)
    services = composed(provider)
    for name, kind in services.items():
        yield from _documented(kind, f"{provider}.{name}")
        seen.add(kind)
    for name, method in bound(provider).items():
        if type(method.__self__) not in services.values():
            yield f"{provider}.{name}", inspect.getdoc(method) or ""
            seen.add(type(method.__self__))
    for kind in set(_classes(provider).values()) - seen:
        yield from _documented(kind, kind.__name__)


def composed(provider: str) -> dict[str, type]:
    """Return the classes of the composed services of a client, by attribute."""
    own = set(_classes(provider).values())
    parts = vars(_instance(provider)).items()
    return {name: type(part) for name, part in parts if type(part) in own and not name.startswith("_")}


def bound(provider: str) -> dict[str, MethodType]:
    """Return the methods of other objects that a client has under a name of its own."""
    return {name: method for name, method in vars(_instance(provider)).items() if inspect.ismethod(method)}


@cache
def _instance(provider: str) -> Any:
    return anyqpu.connect(provider, emulator="http://127.0.0.1:1")


def _documented(kind: type, called: str, names: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
    for name, member in vars(kind).items():
        text = inspect.getdoc(member) if callable(member) or isinstance(member, property) else None
        if not text or name.startswith("_"):
            continue
        if names is None:
            yield f"{called}.{name}", text
        elif name in names:
            yield (names[name] if names[name].startswith("job.") else f"{called}.{names[name]}"), text


def _classes(provider: str) -> dict[str, type]:
    """Return the classes that a provider's package defines, by name."""
    return {
        kind.__name__: kind
        for module in _modules(f"anyqpu.providers.{provider}")
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__
    }


def _modules(package: str) -> Iterator[ModuleType]:
    path = import_module(package).__path__
    for info in pkgutil.walk_packages(path, f"{package}."):
        yield import_module(info.name)


def page() -> str:
    parts = [HEAD]
    for provider in PROVIDERS:
        registry: Mapping[str, Any] = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
        by_operation, reasons = users(provider), raw_only(provider)
        lines = [f"## {NAMES[provider]}", "", "| operation | request | methods |", "|---|---|---|"]
        for entry in registry.values():
            methods = ", ".join(f"`{name}`" for name in by_operation.get(entry.id, ()))
            if not methods:
                methods = f"`raw.{entry.name}` only: {reasons.get(entry.id, '?')}"
            lines.append(f"| {entry.id} | `{entry.method} {entry.path}` | {methods} |")
        for method in grpc_methods(provider):
            methods = ", ".join(f"`{name}`" for name in by_operation.get(method.name, ())) or "not used"
            lines.append(f"| {method.name} | gRPC `{method.path}` | {methods} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/operations.md is out of date: run python -m scripts.operations_table")

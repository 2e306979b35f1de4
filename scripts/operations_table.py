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
from importlib import import_module
from types import MappingProxyType
from typing import Any

import anyqpu
from anyqpu.core.adapter import Adapter
from scripts.documents import PROVIDERS, ROOT

PAGE = ROOT / "docs" / "operations.md"
NAMES = {"scaleway": "Scaleway", "kipu": "Kipu", "pasqal": "Pasqal", "rigetti": "Rigetti"}
# Public names of an adapter's methods, where they differ: verbs of the client, and of jobs ("job.").
ADAPTER = {
    "prepare": "submit",
    "look_up": "submit",
    "target": "submit",
    "find": "submit",
    "_find": "submit",
    "refresh": "job.refresh",
    "cancel": "job.cancel",
    "poll": "job.wait",
    "list_many": "job.wait",
    "result": "job.result",
    "failure": "job.result",
    "_bits_of": "job.result",
    # Of clients that have no adapter yet.
    "refresh_job": "job.refresh",
    "cancel_job": "job.cancel",
    "_send_cancel": "job.cancel",
    "_poll_job": "job.wait",
    "_list_waiting": "job.wait",
    "_result_of": "job.result",
    "_failure_of": "job.result",
    "_resume": "resume",
}
OF_JOBS = {name: public for name, public in ADAPTER.items() if public.startswith("job.")}
SESSIONS = {
    "open": "open_session",
    "get": "get_session",
    "list": "sessions",
    "jobs": "session_jobs",
    "drain": "drain_session",
    "close": "close_session",
}
RESERVATIONS = {"list": "reservations", "get": "reservation", "reserve": "reserve", "cancel": "cancel_reservation"}
# Nothing is sent there: methods are only looked up.
NOWHERE = "http://127.0.0.1:9"
HEAD = """# Operations and methods

Every operation of the clouds' API documents, and the public methods that use it. All of them are also awaitable as
they are, typed, as `client.raw.<name>`. This page is written by `python -m scripts.operations_table`.
"""


def raw_only(provider: str) -> Mapping[str, str]:
    """Return the operations that are in `raw` only, with the reason."""
    try:
        reasons: Mapping[str, str] = import_module(f"anyqpu.providers.{provider}.raw_only").RAW_ONLY
    except ModuleNotFoundError:
        return {}
    return reasons


def users(provider: str) -> dict[str, list[str]]:
    """Return the public methods that use each operation, by operationId."""
    registry = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    ids = {entry.id for entry in registry.values()}
    methods: defaultdict[str, list[str]] = defaultdict(list)
    for name, documentation in sorted(set(_methods(provider))):
        for group in re.findall(r"\(([^()]*)\)", documentation):
            for word in re.findall(r"\w+", group):
                if word in ids and name not in methods[word]:
                    methods[word].append(name)
    return dict(methods)


def _methods(provider: str) -> Iterator[tuple[str, str]]:
    """Yield (public name, docstring) of the methods of a provider's client, its services, and what they return."""
    client = anyqpu.connect(provider, emulator=NOWHERE)  # type: ignore[call-overload]
    members = {name: getattr(client, name) for name in dir(client) if not name.startswith("_") and name not in ADAPTER}
    services = {
        type(member): name
        for name, member in members.items()
        if type(member).__module__.startswith(f"anyqpu.providers.{provider}.")
    }
    for kind, name in services.items():
        yield from _named(kind, f"{provider}.{name}")
    parts: set[type] = set()
    for name, member in members.items():
        # Some methods of a service have a second name in the client.
        owner = type(getattr(member, "__self__", client))
        if callable(member) and owner not in services:
            parts.add(owner)
            yield f"{provider}.{name}", inspect.getdoc(member) or ""
    for kind in _classes(provider):
        names = vars(kind).keys()
        if kind in type(client).__mro__ or issubclass(kind, Adapter):
            yield from _named(kind, provider, ADAPTER)
        elif names >= SESSIONS.keys():
            yield from _named(kind, provider, SESSIONS, others=False)
        elif names >= RESERVATIONS.keys():
            yield from _named(kind, provider, RESERVATIONS, others=False)
        elif kind not in services and kind not in parts:
            yield from _named(kind, kind.__name__, OF_JOBS)


def _named(
    kind: type, owner: str, public: Mapping[str, str] = MappingProxyType({}), *, others: bool = True
) -> Iterator[tuple[str, str]]:
    """Yield (public name, docstring) of a class's methods: those in `public`, and others that are not private."""
    for name, member in vars(kind).items():
        if name in public:
            called = public[name]
            yield called if called.startswith("job.") else f"{owner}.{called}", inspect.getdoc(member) or ""
        elif others and not name.startswith("_") and (callable(member) or isinstance(member, property)):
            yield f"{owner}.{name}", inspect.getdoc(member) or ""


def _classes(provider: str) -> Iterator[type]:
    package = import_module(f"anyqpu.providers.{provider}")
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = import_module(info.name)
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                yield kind


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
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/operations.md is out of date: run python -m scripts.operations_table")

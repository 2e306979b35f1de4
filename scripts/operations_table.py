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
from types import ModuleType
from typing import Any

from scripts.documents import PROVIDERS, ROOT

PAGE = ROOT / "docs" / "operations.md"
NAMES = {"scaleway": "Scaleway", "kipu": "Kipu", "pasqal": "Pasqal", "rigetti": "Rigetti"}
# Methods of jobs, by the client method that implements each.
OF_JOBS = {
    "refresh_job": "job.refresh",
    "cancel_job": "job.cancel",
    "_send_cancel": "job.cancel",
    "_poll_job": "job.wait",
    "_list_waiting": "job.wait",
    "_result_of": "job.result",
    "_failure_of": "job.result",
    "_resume": "resume",
}
HEAD = """# Operations and methods

Every operation of the clouds' API documents, and the public methods that use it. All of them are also awaitable as
they are, typed, as `client.raw.<name>`. This page is written by `python -m scripts.operations_table`.
"""


def raw_only(provider: str) -> Mapping[str, str]:
    """Return the operations that are in `raw` only, with the reason."""
    try:
        found: Mapping[str, str] = import_module(f"anyqpu.providers.{provider}.raw_only").RAW_ONLY
    except ModuleNotFoundError:
        return {}
    return found


def users(provider: str) -> dict[str, list[str]]:
    """Return the public methods that use each operation, by operationId."""
    registry = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    ids = {each.id for each in registry.values()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, documentation in sorted(set(_methods(provider))):
        for group in re.findall(r"\(([^()]*)\)", documentation):
            for word in re.findall(r"\w+", group):
                if word in ids and name not in found[word]:
                    found[word].append(name)
    return dict(found)


def _methods(provider: str) -> Iterator[tuple[str, str]]:
    """Yield (displayed name, docstring) of the public methods."""
    client = getattr(import_module(f"anyqpu.providers.{provider}"), f"{provider.capitalize()}Client")
    for module in _modules(f"anyqpu.providers.{provider}"):
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != module.__name__:
                continue
            called = provider if kind in client.__mro__ else kind.__name__
            for name, member in vars(kind).items():
                text = inspect.getdoc(member) if callable(member) or isinstance(member, property) else None
                if text and name in OF_JOBS:
                    yield (OF_JOBS[name] if "." in OF_JOBS[name] else f"{called}.{OF_JOBS[name]}"), text
                elif text and not name.startswith("_"):
                    yield f"{called}.{name}", text


def _modules(package: str) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(import_module(package).__path__):
        yield import_module(f"{package}.{found.name}")


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

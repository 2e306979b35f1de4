"""What an update asks somebody to write, begun: statuses, methods, the changelog, the version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from scripts.spec_changes.compare import Level
from scripts.spec_changes.impact import Impact, level_of

NAMES = {"scaleway": "Scaleway", "kipu": "Kipu", "pasqal": "Pasqal", "rigetti": "Rigetti"}


def next_version(version: str, level: Level | None) -> str:
    """The version after a change; before 1.0, what breaks users is a step of the second number."""
    if level is None:
        return version
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    if level is Level.MAJOR and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if level is Level.PATCH else f"{major}.{minor + 1}.0"


def proposals(found: Sequence[Impact], provider: str, registry: Iterable[Any], version: str) -> str:
    """The edits, as text to copy from; `registry` has the operations of the new document."""
    parts = [_statuses(found, provider), _methods(found, provider, {each.id: each for each in registry})]
    parts.append(_changelog(found, provider))
    parts.append(f"Version: {version} -> {next_version(version, level_of(found))}\n")
    return "\n".join(part for part in parts if part)


def _statuses(found: Sequence[Impact], provider: str) -> str:
    tables = import_module(f"anyqpu.providers.{provider}.states").TABLES
    lines: list[str] = []
    for impact in found:
        names = (impact.change.where, f"{impact.change.where}.{impact.change.what}")
        table = next((tables[name] for name in names if name in tables), {})
        kind = type(next(iter(table.values()))).__name__ if table else "JobStatus"
        lines += [f'    "{word}": {kind}.???,  # {impact.change.where}' for word in impact.unclassified]
    if not lines:
        return ""
    return f"In src/anyqpu/providers/{provider}/states.py, in the table of that enum:\n\n" + "\n".join(lines) + "\n"


def _methods(found: Sequence[Impact], provider: str, registry: dict[str, Any]) -> str:
    skeletons: list[str] = []
    for impact in found:
        for id in impact.uncovered:
            entry = registry.get(id)
            name = entry.name if entry else "name"
            place = f"`{entry.method} {entry.path}`" if entry else ""
            skeletons.append(
                f"    async def {name}(self) -> ???:\n"
                f'        """What it gives, in what units ({id}); {place}."""\n'
                f"        return mapping.???(await self.raw.{name}())\n"
            )
    if not skeletons:
        return ""
    where = f"In src/anyqpu/providers/{provider}, or with a reason in its raw_only.py:\n\n"
    return where + "\n".join(skeletons)


def _changelog(found: Sequence[Impact], provider: str) -> str:
    name = NAMES[provider]
    lines: list[str] = []
    for impact in found:
        change = impact.change
        if change.level is Level.PATCH:
            continue
        what = f"{change.kind} `{change.where}`" + (f" `{change.what}`" if change.what else "")
        breaks = " (breaking)" if change.level is Level.MAJOR else ""
        lines.append(f"- {name}: {what}{f' ({change.detail})' if change.detail else ''}{breaks}.")
    if not lines:
        return ""
    return "In CHANGELOG.md, under Unreleased:\n\n" + "\n".join(lines) + "\n"

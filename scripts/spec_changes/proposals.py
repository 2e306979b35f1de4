"""Drafts of the edits that an update needs: statuses, methods, the changelog, the version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from scripts.spec_changes.compare import Level
from scripts.spec_changes.impact import Impact, level_of

NAMES = {"scaleway": "Scaleway", "kipu": "Kipu", "pasqal": "Pasqal", "rigetti": "Rigetti"}


def next_version(version: str, level: Level | None) -> str:
    """Return the version after a change; before 1.0 a break is a step of the second number."""
    if level is None:
        return version
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    if level is Level.MAJOR and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if level is Level.PATCH else f"{major}.{minor + 1}.0"


def proposals(impacts: Sequence[Impact], provider: str, registry: Iterable[Any], version: str) -> str:
    """Return the edits as text to copy; `registry` has the operations of the new document."""
    parts = [_statuses(impacts, provider), _methods(impacts, provider, {entry.id: entry for entry in registry})]
    parts.append(_changelog(impacts, provider))
    parts.append(f"Version: {version} -> {next_version(version, level_of(impacts))}\n")
    return "\n".join(part for part in parts if part)


def _statuses(impacts: Sequence[Impact], provider: str) -> str:
    tables = import_module(f"anyqpu.providers.{provider}.states").TABLES
    lines: list[str] = []
    for impact in impacts:
        names = (impact.change.where, f"{impact.change.where}.{impact.change.subject}")
        table = next((tables[name] for name in names if name in tables), {})
        kind = type(next(iter(table.values()))).__name__ if table else "JobStatus"
        lines += [f'    "{word}": {kind}.???,  # {impact.change.where}' for word in impact.unclassified]
    if not lines:
        return ""
    return f"In src/anyqpu/providers/{provider}/states.py, in the table of that enum:\n\n" + "\n".join(lines) + "\n"


def _methods(impacts: Sequence[Impact], provider: str, registry: dict[str, Any]) -> str:
    skeletons: list[str] = []
    for impact in impacts:
        for id in impact.uncovered:
            entry = registry.get(id)
            name = entry.name if entry else "name"
            place = f"`{entry.method} {entry.path}`" if entry else ""
            skeletons.append(
                f"    async def {name}(self) -> ???:\n"
                f'        """Return ... ({id}); {place}."""\n'
                f"        return mapping.???(await self.raw.{name}())\n"
            )
    if not skeletons:
        return ""
    where = f"In src/anyqpu/providers/{provider}, or with a reason in its raw_only.py:\n\n"
    return where + "\n".join(skeletons)


def _changelog(impacts: Sequence[Impact], provider: str) -> str:
    name = NAMES[provider]
    lines: list[str] = []
    for impact in impacts:
        change = impact.change
        if change.level is Level.PATCH:
            continue
        summary = f"{change.kind} `{change.where}`" + (f" `{change.subject}`" if change.subject else "")
        breaks = " (breaking)" if change.level is Level.MAJOR else ""
        lines.append(f"- {name}: {summary}{f' ({change.detail})' if change.detail else ''}{breaks}.")
    if not lines:
        return ""
    return "In CHANGELOG.md, under Unreleased:\n\n" + "\n".join(lines) + "\n"

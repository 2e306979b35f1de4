"""The effect of document changes on the library: methods that are touched, words that no table classifies."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scripts.documents import ROOT
from scripts.spec_changes.compare import Change, Level


@dataclass(frozen=True)
class Impact:
    """A change, and its effect on the library.

    Attributes:
        methods: Public methods that use one of its operations.
        unclassified: New words of a status that the table lacks.
        uncovered: New operations without a method.
    """

    change: Change
    methods: tuple[str, ...] = ()
    unclassified: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()

    @property
    def needs_decision(self) -> bool:
        """Whether a maintainer has to decide what to do."""
        return bool(self.change.level is Level.MAJOR or self.unclassified or self.uncovered)


@dataclass(frozen=True)
class Coverage:
    """What the library has for a provider; nothing for a document of another API."""

    methods: Mapping[str, list[str]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @classmethod
    def of(cls, provider: str | None, ids: Iterable[str] = (), root: Path = ROOT) -> Coverage:
        """Read a provider's package; `ids` are the operations that its docstrings may name."""
        if provider is None:
            return cls()
        folder = root / "src" / "anyqpu" / "providers" / provider
        return cls(
            _users(provider, folder, set(ids)) if root == ROOT else _named(folder, set(ids)),
            _namespace(folder / "raw_only.py").get("RAW_ONLY", {}),
            _namespace(folder / "states.py").get("TABLES", {}),
        )

    def impact(self, change: Change) -> Impact:
        methods = dict.fromkeys(name for id in change.operations for name in self.methods.get(id, ()))
        return Impact(change, tuple(methods), self._unclassified(change), self._uncovered(change))

    def _unclassified(self, change: Change) -> tuple[str, ...]:
        table = self.table_of(change)
        return () if table is None else tuple(str(word) for word in change.words if word not in table)

    def table_of(self, change: Change) -> Mapping[str, object] | None:
        """Return the table that classifies the words of a field or component."""
        names = {change.where, f"{change.where}.{change.subject}"}
        return next((table for name, table in self.tables.items() if name in names), None)

    def _uncovered(self, change: Change) -> tuple[str, ...]:
        if change.kind != "operation added" or not self.methods:
            return ()
        return tuple(id for id in change.operations if id not in self.methods and id not in self.reasons)


def _users(provider: str, folder: Path, ids: set[str]) -> Mapping[str, list[str]]:
    """Return the methods that use each operation, by their public names, or by their places in the source."""
    try:
        from scripts.operations_table import users

        return users(provider)
    except Exception:  # the package cannot be imported, as after an update that broke it
        return _named(folder, ids)


def _named(folder: Path, ids: set[str]) -> Mapping[str, list[str]]:
    methods: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*.py")):
        for name, text in _documented(ast.parse(file.read_text(encoding="utf-8"))):
            for group in re.findall(r"\(([^()]*)\)", text):
                for word in re.findall(r"\w+", group):
                    if word in ids:
                        methods.setdefault(word, []).append(f"{file.stem}.{name}")
    return methods


def _documented(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if not isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield prefix + node.name, ast.get_docstring(node) or ""
            yield from _documented(node, f"{prefix}{node.name}.")


def _namespace(file: Path) -> dict[str, Any]:
    """Run a module that only holds tables."""
    try:
        return runpy.run_path(str(file))
    except (OSError, ImportError):
        return {}


def impacts(changes: Iterable[Change], coverage: Coverage) -> list[Impact]:
    """Return the changes with their impact; a renamed operation touches the methods of its old name."""
    result = []
    for change in changes:
        impact = coverage.impact(change)
        if change.kind == "operation renamed":
            before = change.detail.split(" -> ")[0]
            impact = replace(impact, methods=tuple(coverage.methods.get(before, ())))
        result.append(impact)
    return result


def level_of(impacts: Iterable[Impact]) -> Level | None:
    """Return the level of all changes together; None without changes."""
    return max((impact.change.level for impact in impacts), default=None)


def as_data(impact: Impact) -> dict[str, Any]:
    """Return an impact as JSON types."""
    change = impact.change
    return {
        "kind": change.kind,
        "where": change.where,
        "what": change.subject,
        "detail": change.detail,
        "level": change.level.name.lower(),
        "operations": list(change.operations),
        "methods": list(impact.methods),
        "unclassified": list(impact.unclassified),
        "uncovered": list(impact.uncovered),
        "needs_decision": impact.needs_decision,
    }

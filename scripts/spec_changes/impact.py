"""The effect of document changes on the library: methods that are touched, words that no table classifies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from scripts.operations_table import raw_only, users
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
    def of(cls, provider: str | None) -> Coverage:
        if provider is None:
            return cls()
        states = import_module(f"anyqpu.providers.{provider}.states")
        return cls(users(provider), raw_only(provider), states.TABLES)

    def impact(self, change: Change) -> Impact:
        methods = dict.fromkeys(name for id in change.operations for name in self.methods.get(id, ()))
        return Impact(change, tuple(methods), self._unclassified(change), self._uncovered(change))

    def _unclassified(self, change: Change) -> tuple[str, ...]:
        names = {change.where, f"{change.where}.{change.subject}"}
        table = next((table for name, table in self.tables.items() if name in names), None)
        return () if table is None else tuple(str(word) for word in change.words if word not in table)

    def _uncovered(self, change: Change) -> tuple[str, ...]:
        if change.kind != "operation added" or not self.methods:
            return ()
        return tuple(id for id in change.operations if id not in self.methods and id not in self.reasons)


def impacts(changes: Iterable[Change], provider: str | None) -> list[Impact]:
    """Return the changes with their impact; a renamed operation touches the methods of its old name."""
    coverage = Coverage.of(provider)
    result = []
    for change in changes:
        impact = coverage.impact(change)
        if change.kind == "operation renamed":
            before = change.detail.split(" -> ")[0]
            impact = Impact(change, tuple(coverage.methods.get(before, ())))
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

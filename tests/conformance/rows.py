"""The data in `tests/conformance`: rows of operations and verbs, faults, and what is expected of each pair."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from anyqpu import errors

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "conformance"
REPEATABLE = ("read", "list", "delete", "idempotent write", "deduplicated submit")
ONCE = ("write", "submit", "keyed submit", "keyless submit")
CLASSES = (*REPEATABLE, *ONCE)
ATTEMPTS = 3
"""`RetryPolicy.attempts` of a run: what `all requests` means."""


class RowError(Exception):
    """The data is incomplete or contradicts itself; the message names the row."""


@dataclass(frozen=True)
class Operation:
    """A row of `operations.toml` or `verbs.toml`."""

    provider: str
    name: str
    kind: str
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Any = None
    effect: str | None = None
    response: str | None = None
    # Of public methods only:
    operation: str | None = None
    method: str | None = None
    on: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    limit: int | None = None

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}"

    @property
    def group(self) -> str:
        """`repeatable` or `once`."""
        return "repeatable" if self.kind in REPEATABLE else "once"


@dataclass(frozen=True)
class Expectation:
    """What a cell promises: "ServerError or value, all requests, effect 1, at least 2 s"."""

    text: str
    outcomes: tuple[str, ...]
    least: int
    most: int
    effect: int | None = None
    seconds: float = 0.0
    logins: int | None = None


@dataclass(frozen=True)
class Fault:
    """A row of `faults.toml`."""

    name: str
    level: str
    inject: tuple[Mapping[str, Any], ...]
    expect: Mapping[str, str]
    wire: str | None = None
    replacement: str | None = None
    login: bool = False
    why: str | None = None

    def expectation(self, *keys: str) -> Expectation:
        """The expectation under the first of the keys that has one; raises RowError if none has."""
        for key in keys:
            if key in self.expect:
                return parse(self.expect[key], f"{self.name}: {key}")
        raise RowError(f"fault {self.name!r} has no expectation for any of {', '.join(keys)}")


_REQUESTS = re.compile(r"(?:(\d+) to )?(\d+|all) requests?")
_LOGINS = re.compile(r"(\d+) logins?")
_SECONDS = re.compile(r"at least (\d+(?:\.\d+)?) s")


@cache
def parse(text: str, where: str) -> Expectation:
    """An expectation in the words of the file; raises RowError for others."""
    parts = [part.strip() for part in text.split(",")]
    outcomes = tuple(parts[0].split(" or "))
    for outcome in outcomes:
        if outcome != "value" and not isinstance(getattr(errors, outcome, None), type):
            raise RowError(f"{where}: {outcome!r} is neither `value` nor a class of anyqpu.errors")
    least, most, effect, seconds, logins = 0, 0, None, 0.0, None
    for part in parts[1:]:
        if match := _REQUESTS.fullmatch(part):
            most = ATTEMPTS if match[2] == "all" else int(match[2])
            least = int(match[1]) if match[1] else most
        elif part in ("effect 0", "effect 1"):
            effect = int(part[-1])
        elif match := _LOGINS.fullmatch(part):
            logins = int(match[1])
        elif match := _SECONDS.fullmatch(part):
            seconds = float(match[1])
        else:
            raise RowError(f"{where}: cannot read {part!r}")
    return Expectation(text, outcomes, least, most, effect, seconds, logins)


OPERATION_KEYS = {"class", "args", "body", "effect", "response"}
VERB_KEYS = {"class", "operation", "method", "on", "args", "options", "effect", "limit"}


def operations(path: Path = DATA / "operations.toml") -> dict[str, Operation]:
    """The rows of operations by `provider:operationId`."""
    return _rows(path, OPERATION_KEYS)


def verbs(path: Path = DATA / "verbs.toml") -> dict[str, Operation]:
    """The rows of public methods by `provider:method()`."""
    return _rows(path, VERB_KEYS)


def _rows(path: Path, names: set[str]) -> dict[str, Operation]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rows: dict[str, Operation] = {}
    for provider, table in content.items():
        for name, row in table.items():
            _check_keys(row, names, f"{provider}.{name}")
            if row["class"] not in CLASSES:
                raise RowError(f"{provider}.{name}: unknown class {row['class']!r}")
            rest = {key: value for key, value in row.items() if key != "class"}
            made = Operation(provider, name, row["class"], **rest)
            rows[str(made)] = made
    return rows


GROUP_KEYS = {"name", "why", "suffix", "inject", "expect", "login", "statuses", "fault"}
FAULT_KEYS = {"name", "why", "inject", "expect", "error", "wire", "each"}


def faults(path: Path = DATA / "faults.toml") -> dict[str, Fault]:
    """The rows of faults by name: those that a group lists, and one for each of its statuses."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    named_faults: dict[str, Fault] = {}
    for group in content["group"]:
        _check_keys(group, GROUP_KEYS, f"group {group.get('name')!r}")
        rows = [
            {"name": f"{status} {group['suffix']}", "inject": {"status": int(status)}, "error": error}
            for status, error in group.get("statuses", {}).items()
        ]
        for row in rows + group.get("fault", []):
            _check_keys(row, FAULT_KEYS, f"fault {row.get('name')!r}")
            made = _fault(group, row)
            if made.name in named_faults:
                raise RowError(f"fault {made.name!r} is there twice")
            named_faults[made.name] = made
    return named_faults


def _fault(group: Mapping[str, Any], row: Mapping[str, Any]) -> Fault:
    inject = row.get("inject", {})
    several = inject if isinstance(inject, list) else [inject]
    expect = {**group.get("expect", {}), **row.get("expect", {})}
    error = row.get("error")
    return Fault(
        name=row["name"],
        level=group["name"],
        inject=tuple({**group.get("inject", {}), **one} for one in several),
        expect={key: text.replace("{error}", error) if error else text for key, text in expect.items()},
        wire=row.get("wire"),
        replacement=row.get("each"),
        login=group.get("login", False),
        why=row.get("why", group.get("why")),
    )


def _check_keys(row: Mapping[str, Any], allowed: set[str], where: str) -> None:
    if wrong := set(row) - allowed:
        raise RowError(f"{where}: unknown {', '.join(sorted(wrong))}")

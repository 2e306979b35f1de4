"""Which operation of which cloud a request is: what faults are aimed at and what the page shows."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

CLOUDS = ("scaleway", "kipu", "pasqal", "rigetti")
EXECUTION = ("execute_qpu_request", "get_buffers", "get_execution_results")
"""Rigetti's methods over ZeroMQ, which no HTTP request is."""
_SLASHES = re.compile(r"/{2,}")
_PARAMETER = re.compile(r"\\\{[^}]*\\\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the table; `name` is the operationId of the cloud's document."""

    cloud: str
    method: str
    path: str
    name: str


def _read() -> tuple[Operation, ...]:
    text = (files("anyqpu_emulator") / "operations.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Operation(*line) for line in lines)


# Read when the module is: an emulator may be made in an event loop, where nothing should wait for a disk.
_TABLE = _read()


def table() -> tuple[Operation, ...]:
    """All of them."""
    return _TABLE


def find(method: str, path: str) -> Operation | None:
    """The operation that a request is; None where there is none."""
    joined = _SLASHES.sub("/", path)
    for pattern, operation in _patterns().get((joined.split("/", 2)[1:2] or [""])[0] + " " + method, ()):
        if pattern.fullmatch(joined):
            return operation
    return None


def cloud_of(path: str) -> str | None:
    """The cloud below whose prefix a path lies."""
    head = _SLASHES.sub("/", path).split("/", 2)[1:2]
    return head[0] if head and head[0] in CLOUDS else None


def is_meant(wanted: str, cloud: str, method: str, path: str, operation: Operation | None) -> bool:
    """Whether `wanted` names a request.

    It is `*`, the name of an operation in any spelling (`createJob`, `CreateJob`, `create_job`), or a method and a
    path with `*` in it, the whole path or that below the cloud's prefix.
    """
    if wanted == "*":
        return True
    if " " not in wanted:
        return operation is not None and key(operation.name) == key(wanted)
    wanted_method, _, pattern = wanted.partition(" ")
    if wanted_method not in ("*", method):
        return False
    joined = _SLASHES.sub("/", path)
    return any(fnmatchcase(text, pattern.strip()) for text in (joined, joined.removeprefix(f"/{cloud}")))


def problem(wanted: str, cloud: str | None) -> str | None:
    """What is wrong with the name of an operation; None if nothing is."""
    if wanted == "*":
        return None
    if " " in wanted:
        method, _, path = wanted.partition(" ")
        if method not in ("*", "GET", "POST", "PUT", "PATCH", "DELETE"):
            return f"{method!r} is no method; write one like 'POST /jobs', or '* /jobs' for any"
        return None if path.strip().startswith(("/", "*")) else f"{path!r} is no path; it begins with / or *"
    names = _names(cloud)
    if key(wanted) in {key(name) for name in names}:
        return None
    where = f"of {cloud}" if cloud else "of any cloud"
    close = difflib.get_close_matches(wanted, names, 1, 0.6)
    hint = f"did you mean {close[0]!r}?" if close else "write an operationId, 'METHOD /path' or '*'"
    return f"{wanted!r} is no operation {where}; {hint}"


def key(name: str) -> str:
    """A name as it is compared: the clouds spell theirs in three ways."""
    return name.replace("_", "").lower()


def _names(cloud: str | None) -> list[str]:
    found = [operation.name for operation in table() if cloud in (None, operation.cloud)]
    return found + list(EXECUTION) if cloud in (None, "rigetti") else found


@cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], Operation]]]:
    """By cloud and method; paths with fewer parameters come first, since `/jobs/cancel` fits `/jobs/{id}` too."""
    found: dict[str, list[tuple[re.Pattern[str], Operation]]] = {}
    for operation in sorted(table(), key=lambda each: (each.path.count("{"), -len(each.path))):
        pattern = re.compile(_PARAMETER.sub("[^/]+", re.escape(operation.path)))
        found.setdefault(f"{operation.cloud} {operation.method}", []).append((pattern, operation))
    return found

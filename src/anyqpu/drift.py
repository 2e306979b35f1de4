"""What a cloud sends and its document does not know: noticed before it breaks anything.

Unknown words and fields are kept and are not fatal; here they are counted, and logged once each, so that a service
knows that its cloud has moved on. With the environment variable ANYQPU_DRIFT_FILE the counts are added to a file when
the process ends; `anyqpu bug-report` shows it.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from anyqpu_raw._core import tell_of_drift

logger = logging.getLogger("anyqpu.drift")

ENVIRONMENT = "ANYQPU_DRIFT_FILE"
# A server that makes up a new field for every answer shall not fill the memory.
MOST = 1000
LONGEST = 100

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that a cloud's document does not know.

    Attributes:
        provider: The cloud.
        kind: `word` (of an enum), `field` (of an object), `type` (of a field), `missing` (of an object),
            `element` (of a list) or `status`.
        where: The model or the operation.
        what: The word, the name of the field, the reason, or the status.
        count: How often it was met by this process.
    """

    provider: str
    kind: str
    where: str
    what: str
    count: int


_counts: Counter[Key] = Counter()
_lock = threading.Lock()


def note(provider: str, kind: str, where: str, what: str) -> None:
    """Count something, and log it if it is new."""
    key = (provider, kind, where, what[:LONGEST])
    with _lock:
        if key not in _counts and len(_counts) >= MOST:
            return
        _counts[key] += 1
        new = _counts[key] == 1
    if new:
        logger.info(
            "%s: %s %r of %s is not in the document that this version is made from", provider, kind, what, where
        )


def seen() -> tuple[Drift, ...]:
    """All that this process has met, the most frequent first."""
    with _lock:
        return tuple(Drift(*key, count) for key, count in _counts.most_common())


def forget() -> None:
    """Begin to count anew."""
    with _lock:
        _counts.clear()


def recorded() -> tuple[Drift, ...]:
    """What earlier processes have added to the file; empty without one."""
    name = os.environ.get(ENVIRONMENT)
    return tuple(Drift(*key, count) for key, count in _read(Path(name)).most_common()) if name else ()


def save(file: Path) -> None:
    """Add what this process has met to a file."""
    with _lock:
        counts = Counter(_counts)
    if counts:
        whole = _read(file) + counts
        rows = [[*key, count] for key, count in whole.most_common(MOST)]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _read(file: Path) -> Counter[Key]:
    try:
        rows: Any = json.loads(file.read_text(encoding="utf-8"))
        found: Counter[Key] = Counter()
        for provider, kind, where, what, count in cast("list[list[Any]]", rows):
            found[str(provider), str(kind), str(where), str(what)] += int(count)
    except (OSError, ValueError, TypeError):
        # It is a help, and no reason to fail.
        return Counter()
    return found


def _generated(kind: str, module: str, what: str) -> None:
    """Count what the generated code reports; `module` is a model's, or an operation's identifier in its place."""
    parts = module.split(".")
    if parts[0] == "anyqpu_raw" and len(parts) > 2:
        name = parts[-1] if kind == "status" else "".join(word.capitalize() for word in parts[-1].split("_"))
        note(parts[1], kind, name, what)


def watch() -> None:
    """Be told by the generated code; and save at the end, where that is asked for."""
    global _watching  # noqa: PLW0603
    if _watching:
        return
    _watching = True
    tell_of_drift(_generated)
    if name := os.environ.get(ENVIRONMENT):
        atexit.register(save, Path(name))


_watching = False

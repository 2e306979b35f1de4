"""Counts of differences between a provider's responses and its API document.

Unknown values and fields are kept and are not fatal. They are counted here, and logged once each, so that a service
notices a change of its provider. With the environment variable ANYQPU_DRIFT_FILE the counts are added to a file at
exit; `anyqpu bug-report` shows it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import threading
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from anyqpu_raw._core import set_drift_callback

from anyqpu._files import UnreadableFileError, read_regular
from anyqpu.transport import exchange
from anyqpu.transport.redact import shown

logger = logging.getLogger("anyqpu.drift")

ENVIRONMENT = "ANYQPU_DRIFT_FILE"
# The limits of entries and of their length: a server that sends a new field each time must not fill the memory.
MOST = 1000
LONGEST = 100
# The limit of the file in bytes, far more than that many entries need.
LONGEST_FILE = 2**21
# A larger count means that the file is damaged.
LARGEST = 10**12

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """A difference between a provider's responses and its API document.

    Attributes:
        provider: The provider.
        kind: `word` (an unknown value of an enum), `field` (an unknown field), `type` (a field of another type),
            `missing` (a missing field), `element` (an unreadable element of a list) or `status` (an unknown status).
        where: The model or the operation.
        what: The value, the name of the field, the reason, or the status.
        count: The number of occurrences in this process.
    """

    provider: str
    kind: str
    where: str
    what: str
    count: int


_counts: Counter[Key] = Counter()
_lock = threading.Lock()


def note(provider: str, kind: str, where: str, item: str) -> None:
    """Count a difference, and log it the first time."""
    if len(_counts) >= MOST and (provider, kind, where, item) not in _counts:
        # The table is full; redacting thousands of unknown values would take seconds.
        return
    # Text from a server may contain secrets, which must not reach the log or the file.
    item = shown(item, exchange.secrets(), limit=LONGEST) or ""
    key = (provider, kind, where, item)
    with _lock:
        if key not in _counts and len(_counts) >= MOST:
            return
        _counts[key] += 1
        new = _counts[key] == 1
    if new:
        logger.info("%s: %s %r of %s is not in the API document of this version", provider, kind, item, where)


def seen() -> tuple[Drift, ...]:
    """Return all differences in this process, the most frequent first."""
    with _lock:
        return tuple(Drift(*key, count) for key, count in _counts.most_common())


def forget() -> None:
    """Reset all counts."""
    with _lock:
        _counts.clear()


def recorded() -> tuple[Drift, ...]:
    """Return the differences in the file; empty without a file, or if it cannot be read."""
    name = os.environ.get(ENVIRONMENT)
    return tuple(Drift(*key, count) for key, count in _read(Path(name)).most_common()) if name else ()


def save(file: Path) -> None:
    """Add the counts of this process to a file; log a warning if it cannot be written, since this runs at exit.

    The file is replaced atomically, so that a full disk does not damage it.
    """
    with _lock:
        counts = Counter(_counts)
    if not counts:
        return
    draft: Path | None = None
    try:
        # Replace the target of a symbolic link, not the link.
        file = Path(os.path.realpath(file))
        if file.exists() and not file.is_file():
            raise ValueError("it is not a regular file")
        rows = [[*key, count] for key, count in (_read(file) + counts).most_common(MOST)]
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        draft.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        draft.replace(file)
    except (OSError, ValueError) as error:
        logger.warning("%s=%s cannot be written: %s", ENVIRONMENT, file, getattr(error, "strerror", None) or error)
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def _read(file: Path) -> Counter[Key]:
    """Return the counts of a file; empty for a damaged one."""
    counts: Counter[Key] = Counter()
    try:
        content = read_regular(file, limit=LONGEST_FILE)
        rows: Any = [] if content is None else json.loads(content[0])
    except (UnreadableFileError, ValueError, RecursionError):
        return counts
    for row in cast("list[Any]", rows)[:MOST] if isinstance(rows, list) else ():
        match row:
            case [str(provider), str(kind), str(where), str(what), int(count)] if 0 < count < LARGEST:
                counts[provider, kind, where, what[:LONGEST]] += count
            case _:
                pass
    return counts


def _generated(kind: str, module: str, item: str) -> None:
    """Count a report of the generated code; `module` is a model's module, or ends with an operation's identifier."""
    parts = module.split(".")
    # The package of a generated client has the name of its provider: `anyqpu_raw.kipu.models.job`.
    provider = next((above for above, part in pairwise(parts) if part in ("api", "models")), None)
    if provider is not None:
        name = parts[-1] if kind == "status" else "".join(word.capitalize() for word in parts[-1].split("_"))
        note(provider, kind, name, item)


def watch() -> None:
    """Register for reports of the generated code, and save at exit if the environment names a file."""
    global _watching  # noqa: PLW0603
    if _watching:
        return
    _watching = True
    set_drift_callback(_generated)
    if name := os.environ.get(ENVIRONMENT):
        atexit.register(save, Path(name))


_watching = False

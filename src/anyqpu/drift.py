"""Count what a cloud sends and its API document does not have, before it breaks anything.

Unknown words and fields are kept and are not fatal; here they are counted, and logged once each, so that a service
notices that its cloud has changed. With the environment variable ANYQPU_DRIFT_FILE the counts are added to a file when
the process ends; `anyqpu bug-report` shows it.
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
from pathlib import Path
from typing import Any, cast

from anyqpu_raw._core import tell_of_drift

from anyqpu._files import UnreadableFileError, read_regular
from anyqpu.transport import exchange
from anyqpu.transport.redact import shown

logger = logging.getLogger("anyqpu.drift")

ENVIRONMENT = "ANYQPU_DRIFT_FILE"
# A server that invents a new field for every response must not fill the memory.
MOST = 1000
LONGEST = 100
# Bytes of the file: far more than so many counts take.
LONGEST_FILE = 2**21
# A larger count in the file is damage.
LARGEST = 10**12

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that a cloud's API document does not have.

    Attributes:
        provider: The cloud.
        kind: `word` (of an enum), `field` (of an object), `type` (of a field), `missing` (of an object),
            `element` (of a list) or `status`.
        where: The model or the operation.
        what: The word, the name of the field, the reason, or the status.
        count: How often this process has met it.
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
    if len(_counts) >= MOST and (provider, kind, where, what) not in _counts:
        # Nothing new is counted any more; a response of thousands of odd words must not cost a second of redaction.
        return
    # Logs and the file must not get what a server may have put there.
    what = shown(what, exchange.secrets(), limit=LONGEST) or ""
    key = (provider, kind, where, what)
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
    """Return all that this process has met, the most frequent first."""
    with _lock:
        return tuple(Drift(*key, count) for key, count in _counts.most_common())


def forget() -> None:
    """Reset all counts."""
    with _lock:
        _counts.clear()


def recorded() -> tuple[Drift, ...]:
    """Return what earlier processes have added to the file; empty without one, or if it cannot be read."""
    name = os.environ.get(ENVIRONMENT)
    return tuple(Drift(*key, count) for key, count in _read(Path(name)).most_common()) if name else ()


def save(file: Path) -> None:
    """Add what this process has met to a file; one that cannot be written is a warning, since processes end with this.

    The file is replaced whole or not at all, so a full disk does not damage what it holds.
    """
    with _lock:
        counts = Counter(_counts)
    if not counts:
        return
    draft: Path | None = None
    try:
        # A link stays one.
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
    """Return the counts of a file; none for one that is damaged, which is a help lost and no reason to fail."""
    found: Counter[Key] = Counter()
    try:
        content = read_regular(file, limit=LONGEST_FILE)
        rows: Any = [] if content is None else json.loads(content[0])
    except (UnreadableFileError, ValueError, RecursionError):
        return found
    for row in cast("list[Any]", rows)[:MOST] if isinstance(rows, list) else ():
        match row:
            case [str(provider), str(kind), str(where), str(what), int(count)] if 0 < count < LARGEST:
                found[provider, kind, where, what[:LONGEST]] += count
            case _:
                pass
    return found


def _generated(kind: str, module: str, what: str) -> None:
    """Count what the generated code reports; `module` is a model's, or an operation's identifier in its place."""
    parts = module.split(".")
    if parts[0] == "anyqpu_raw" and len(parts) > 2:
        name = parts[-1] if kind == "status" else "".join(word.capitalize() for word in parts[-1].split("_"))
        note(parts[1], kind, name, what)


def watch() -> None:
    """Register for what the generated code meets; and save at exit, if the environment names a file."""
    global _watching  # noqa: PLW0603
    if _watching:
        return
    _watching = True
    tell_of_drift(_generated)
    if name := os.environ.get(ENVIRONMENT):
        atexit.register(save, Path(name))


_watching = False

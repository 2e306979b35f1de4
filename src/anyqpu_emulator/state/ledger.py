"""Which records changed, and when they are written."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from anyqpu_emulator.clock import Clock, ShiftedClock, SystemClock
from anyqpu_emulator.lifecycle import Job, State
from anyqpu_emulator.work import Compute

from .file import Row, StateError, StateFile
from .shelf import Kind, Shelf

V = TypeVar("V")
_log = logging.getLogger("anyqpu_emulator")
# The time of day at which the emulator's time was 0, and its time when something was written last.
_EPOCH, _NOW = "epoch", "now"
# Fields of a job, as they are written.
_JOB = ("id", "line", "seed", "created_at", "ready_at", "run_for", "started_at", "ended_at", "limit", "late")


class Resume(Protocol):
    """How a job comes back: as it was if it was over, computed again otherwise."""

    def __call__(self, values: Mapping[str, Any], data: bytes | None, work: Callable[[], Compute]) -> Job:
        """`values` is what `job_values` wrote; `work` is asked for only if it is needed."""
        ...


class Ledger:
    """All shelves of an emulator. Without a file it keeps nothing, and costs nothing."""

    def __init__(self, file: StateFile | None = None, clock: Clock | None = None) -> None:
        """`file` is closed along with this; `clock` is the emulator's, whose time goes on after a restart."""
        self._file = file
        self._shelves: dict[str, Shelf[Any]] = {}
        self._changed: dict[tuple[str, str], None] = {}
        self._rows: dict[tuple[str, str], Row] = {}
        # Whether the file's records are to be deleted, and whether none of them counts any more.
        self._emptied = self._begun_anew = False
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self.meta: Shelf[Any] = self.shelf(Kind("meta"))
        self.clock = self._resumed(clock or SystemClock())

    def _resumed(self, clock: Clock) -> Clock:
        """A clock that goes on from the times in the file: the time of day is what it is, but never goes back."""
        if self._file is None:
            return clock
        wall, monotonic = clock.wall(), clock.monotonic()
        epoch: float = self.value(_EPOCH, lambda: wall - monotonic)
        now = max(wall - epoch, self.meta.get(_NOW, monotonic))
        return ShiftedClock(clock, now - monotonic, now + epoch - wall)

    @property
    def epoch(self) -> float | None:
        """The time of day at which the emulator's time was 0, if that is in the file: stamps are to stay the same."""
        return self.meta.get(_EPOCH)

    @property
    def keeps(self) -> bool:
        """Whether there is a file."""
        return self._file is not None

    def shelf(self, kind: Kind[V], resume: Resume | None = None) -> Shelf[V]:
        """The records of a kind, those of the file included. Raises StateError for what is no such record."""
        items: list[tuple[str, V]] = []
        for row in self._file.read(kind.name) if self._file is not None and not self._begun_anew else ():
            try:
                items.append((row.name, _record(kind, row, resume)))
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                message = f"the state file holds a {kind.name} that cannot be read ({row.name}: {error!r})"
                raise StateError(f"{message}; give a new file") from None
        shelf = Shelf(kind, self, items)
        self._shelves[kind.name] = shelf
        return shelf

    def value(self, name: str, make: Callable[[], V]) -> V:
        """Something that is made once, and the same after a restart."""
        if name not in self.meta:
            self.meta[name] = make()
        found: V = self.meta[name]
        return found

    def note(self, kind: str, name: str) -> None:
        """Something changed. Safe to call from any thread."""
        if self._file is not None:
            with self._lock:
                self._changed[kind, name] = None

    def collect(self) -> bool:
        """Turn what changed into rows; whether there is anything to write. Quick: call it where records change."""
        with self._lock:
            changed, self._changed = self._changed, {}
        if changed:
            self.meta[_NOW] = self.clock.monotonic()
            changed[self.meta.kind.name, _NOW] = None
        for kind, name in changed:
            row = _row(self._shelves[kind], name)
            if row is not None:
                with self._lock:
                    self._rows[kind, name] = row
        return bool(self._rows) or self._emptied

    def write(self) -> None:
        """Write what was collected, before this returns; in a thread that may block."""
        with self._writing:
            with self._lock:
                rows, self._rows = self._rows, {}
                emptied, self._emptied = self._emptied, False
            if not (rows or emptied) or self._file is None:
                return
            try:
                self._file.write(rows.values(), emptied=emptied)
            except sqlite3.Error as error:
                _log.error("the state file cannot be written: %s", error)
                with self._lock:
                    # For the next time; what has changed since is newer.
                    self._rows = rows | self._rows
                    self._emptied = self._emptied or emptied

    def flush(self) -> None:
        """Write all that has changed. Blocks."""
        if self.collect():
            self.write()

    def clear(self) -> None:
        """Forget all records, with the next writing those of the file too; time goes on.

        Shelves have to be made anew.
        """
        times = {name: self.meta[name] for name in (_EPOCH, _NOW) if name in self.meta}
        with self._lock:
            self._changed.clear()
            self._rows.clear()
            self._emptied = self._begun_anew = True
        self._shelves.clear()
        self.meta = self.shelf(Kind("meta"))
        for name, value in times.items():
            self.meta[name] = value

    def close(self) -> None:
        """Write, and close the file. Closing twice is fine."""
        if self._file is not None:
            self.flush()
            self._file.close()
            self._file = None


def job_values(job: Job) -> dict[str, Any]:
    """A job in JSON, without what came out."""
    values = {name: getattr(job, name) for name in _JOB}
    values |= {"result_due": job.result_due, "state": job.state.value, "held": job.held.value if job.held else None}
    failure = job.failure
    return values if failure is None else values | {"failure": [failure.code, failure.message]}


def job_data(job: Job) -> bytes | None:
    """What came out, whether or not it is there for others yet."""
    outcome = job.computation.outcome
    return outcome if job.state is State.COMPLETED and isinstance(outcome, bytes) else None


def _row(shelf: Shelf[Any], name: str) -> Row | None:
    kind = shelf.kind
    if name not in shelf:
        return Row(kind.name, name, None)
    value = shelf[name]
    try:
        if kind.make is None:
            return Row(kind.name, name, json.dumps(kind.codec.encode(value)))
        body: dict[str, Any] = kind.codec.encode_fields(value, kind.skip | {"job"})
        job: Job | None = getattr(value, "job", None)
        if job is None:
            return Row(kind.name, name, json.dumps(body))
        return Row(kind.name, name, json.dumps({"record": body, "job": job_values(job)}), job_data(job))
    except (TypeError, RecursionError):
        _log.exception("%s %s cannot be kept", kind.name, name)
        return None


def _record(kind: Kind[V], row: Row, resume: Resume | None) -> V:
    found: Any = json.loads(row.body or "null")
    if kind.make is None:
        value: V = kind.codec.decode(found)
        return value
    if resume is None or kind.work is None:
        return kind.make(**kind.codec.decode_fields(found))
    values, work = kind.codec.decode_fields(found["record"]), kind.work
    job = resume(found["job"], row.data, lambda: work(values, found["job"]["seed"]))
    return kind.make(**values, job=job)

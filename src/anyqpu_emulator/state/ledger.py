"""Which records changed, and when they are written."""

from __future__ import annotations

import json
import logging
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
        # How often everything was deleted, and how many of these the file knows of.
        self._clears = self._clears_written = 0
        self._problem: StateError | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        try:
            self.meta: Shelf[Any] = self.shelf(Kind("meta"))
            self.clock = self._resumed(clock or SystemClock())
        except Exception as error:
            found = error if isinstance(error, StateError) else self.inconsistent(error)
            self.abandon()
            raise found from error

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
        for row in self._file.read(kind.name) if self._file is not None and not self._clears else ():
            try:
                items.append((row.name, _record(kind, row, resume)))
            except Exception as error:
                raise self._damaged(f"a {kind.name} that cannot be read ({row.name}: {error!r})") from error
        shelf = Shelf(kind, self, items)
        self._shelves[kind.name] = shelf
        return shelf

    def value(self, name: str, make: Callable[[], V]) -> V:
        """Something that is made once, and the same after a restart."""
        if name not in self.meta:
            self.meta[name] = make()
        found: V = self.meta[name]
        return found

    def _damaged(self, what: str) -> StateError:
        path = self._file.path if self._file is not None else ""
        return StateError(f"the state file {path} holds {what}; restore a copy of it, or give a new file")

    def inconsistent(self, error: Exception) -> StateError:
        """The error for records that can be read but contradict each other, such as a job whose session is missing."""
        return self._damaged(f"records that contradict each other ({error!r})")

    @property
    def problem(self) -> str | None:
        """Why the last write failed; None once a write has succeeded."""
        return None if self._problem is None else str(self._problem)

    def note(self, kind: str, name: str) -> None:
        """Something changed. Safe to call from any thread."""
        if self._file is not None:
            with self._lock:
                self._changed[kind, name] = None

    def collect(self) -> bool:
        """Turn what changed into rows; whether something is not in the file yet.

        Quick: call it where records change. Rows stay until they are written, so a request that reads a record while
        another thread writes it waits for that write too. Raises StateError for a record that cannot be written.
        """
        with self._lock:
            changed, self._changed = self._changed, {}
        if changed:
            self.meta[_NOW] = self.clock.monotonic()
            changed[self.meta.kind.name, _NOW] = None
        problem: StateError | None = None
        for kind, name in changed:
            try:
                row = _row(self._shelves[kind], name)
            except (TypeError, RecursionError) as error:
                _log.exception("%s %s cannot be written", kind, name)
                problem = StateError(f"{kind} {name} cannot be written to the state file: {error}")
                continue
            with self._lock:
                self._rows[kind, name] = row
        if problem is not None:
            raise problem
        return bool(self._rows) or self._clears != self._clears_written

    def write(self) -> None:
        """Write what was collected before this returns; in a thread that may block.

        Raises StateError where the file cannot be written. The rows then stay for the next call.
        """
        with self._writing:
            with self._lock:
                rows, clears = dict(self._rows), self._clears
            emptied = clears != self._clears_written
            if not (rows or emptied) or self._file is None:
                return
            try:
                self._file.write(rows.values(), emptied=emptied)
            except StateError as error:
                if self._problem is None:
                    _log.error("%s. Requests are refused until it can be written", error)
                self._problem = error
                raise
            if self._problem is not None:
                _log.warning("the state file can be written again")
            self._problem = None
            with self._lock:
                self._clears_written = clears
                for key, row in rows.items():
                    # One that has changed since is newer than what was written.
                    if self._rows.get(key) is row:
                        del self._rows[key]

    def flush(self) -> None:
        """Write all that has changed. Blocks. Raises StateError."""
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
            self._clears += 1
        self._shelves.clear()
        self.meta = self.shelf(Kind("meta"))
        for name, value in times.items():
            self.meta[name] = value

    def close(self) -> None:
        """Write, and close the file. Closing twice is fine.

        What cannot be written is logged: it was never acknowledged, since no response was sent that depends on it.
        """
        if self._file is not None:
            try:
                self.flush()
            except StateError as error:
                _log.error("%s. What was refused since then is lost", error)
            self.abandon()

    def abandon(self) -> None:
        """Close the file without writing, so that a file that could not be read stays as it is."""
        if self._file is not None:
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


def _row(shelf: Shelf[Any], name: str) -> Row:
    kind = shelf.kind
    if name not in shelf:
        return Row(kind.name, name, None)
    value = shelf[name]
    if kind.make is None:
        return Row(kind.name, name, json.dumps(kind.codec.encode(value)))
    body: dict[str, Any] = kind.codec.encode_fields(value, kind.skip | {"job"})
    job: Job | None = getattr(value, "job", None)
    if job is None:
        return Row(kind.name, name, json.dumps(body))
    return Row(kind.name, name, json.dumps({"record": body, "job": job_values(job)}), job_data(job))


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

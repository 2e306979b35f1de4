"""Tables of records, and the writing of their changes."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from anyqpu_emulator.clock import Clock, ShiftedClock, SystemClock
from anyqpu_emulator.lifecycle import Job, State
from anyqpu_emulator.record import Record
from anyqpu_emulator.workers import Compute

from .codec import Codec
from .file import Row, StateError, StateFile

V = TypeVar("V")
_log = logging.getLogger("anyqpu_emulator")
# Keys of the table `meta`: the wall time at the emulator's time 0, and the emulator's time at the last write.
_EPOCH, _NOW = "epoch", "now"
# Fields of a job that are written as they are.
_JOB_FIELDS = ("id", "line", "seed", "created_at", "ready_at", "run_for", "started_at", "ended_at", "limit", "late")


@dataclass(frozen=True, slots=True)
class Schema(Generic[V]):
    """How the records of a table are written.

    `make` is their dataclass, None for plain values. `skip` are fields that follow from other records. `work` returns
    the computation of a record with a field `job`, from its other fields and the job's seed, to repeat it if needed.
    """

    name: str
    make: Callable[..., V] | None = None
    codec: Codec = field(default_factory=Codec)
    skip: frozenset[str] = frozenset()
    work: Callable[[Mapping[str, Any], list[int]], Compute] | None = None


class RestoreJob(Protocol):
    """Rebuild a job: as it was if it was over, computed again otherwise."""

    def __call__(self, values: Mapping[str, Any], data: bytes | None, work: Callable[[], Compute]) -> Job:
        """`values` and `data` were written; `work` is called only for a job that is computed again."""
        ...


class Table(dict[str, V], Generic[V]):
    """A dict that notes its changes, and those of the records in it, for the next write."""

    def __init__(self, schema: Schema[V], persistence: Persistence, items: Iterable[tuple[str, V]] = ()) -> None:
        """Begin with the records in the file."""
        super().__init__(items)
        self.schema = schema
        self._persistence = persistence
        for key, value in self.items():
            self._subscribe(key, value)

    def __setitem__(self, key: str, value: V) -> None:
        super().__setitem__(key, value)
        self._subscribe(key, value)
        self._persistence.note(self.schema.name, key)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._persistence.note(self.schema.name, key)

    def discard(self, key: str) -> V | None:
        """Remove and return a value, or None."""
        value = self.get(key)
        if key in self:
            del self[key]
        return value

    def _subscribe(self, key: str, value: V) -> None:
        if not self._persistence.has_file:
            return

        def note() -> None:
            # Changes of a record that was removed are not written.
            if self.get(key) is value:
                self._persistence.note(self.schema.name, key)

        for part in (value, getattr(value, "job", None)):
            if isinstance(part, Record):
                part.on_change(note)


class Persistence:
    """All tables of an emulator, and their file. Without a file nothing is written."""

    def __init__(self, file: StateFile | None = None, clock: Clock | None = None) -> None:
        """`file` is closed along with this; `clock` is the emulator's, whose time continues after a restart."""
        self._file = file
        self._tables: dict[str, Table[Any]] = {}
        self._changed: dict[tuple[str, str], None] = {}
        self._rows: dict[tuple[str, str], Row] = {}
        # How often everything was deleted, and how many of these deletions were written.
        self._clears = self._clears_written = 0
        self._problem: StateError | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        try:
            self.meta: Table[Any] = self.table(Schema("meta"))
            self.clock = self._resumed(clock or SystemClock())
        except Exception as error:
            # Before the file is closed, whose path the message has.
            reported = error if isinstance(error, StateError) else self.inconsistent(error)
            self.abandon()
            raise reported from error

    def _resumed(self, clock: Clock) -> Clock:
        """Return a clock that continues from the times in the file. Its wall time is that of `clock`, or later."""
        if self._file is None:
            return clock
        wall, monotonic = clock.wall(), clock.monotonic()
        epoch: float = self.value(_EPOCH, lambda: wall - monotonic)
        now = max(wall - epoch, self.meta.get(_NOW, monotonic))
        return ShiftedClock(clock, now - monotonic, now + epoch - wall)

    @property
    def epoch(self) -> float | None:
        """The wall time at the emulator's time 0, if the file has it: time stamps stay the same."""
        return self.meta.get(_EPOCH)

    @property
    def has_file(self) -> bool:
        """Whether changes are written."""
        return self._file is not None

    def table(self, schema: Schema[V], restore_job: RestoreJob | None = None) -> Table[V]:
        """Return a table with the records in the file. Raises StateError for one that cannot be read."""
        items: list[tuple[str, V]] = []
        for row in self._file.read(schema.name) if self._file is not None and not self._clears else ():
            try:
                items.append((row.name, _record(schema, row, restore_job)))
            except Exception as error:
                raise self._damaged(f"a {schema.name} that cannot be read ({row.name}: {error!r})") from error
        table = Table(schema, self, items)
        self._tables[schema.name] = table
        return table

    def value(self, name: str, make: Callable[[], V]) -> V:
        """Return a value that is made once and stays the same after a restart."""
        if name not in self.meta:
            self.meta[name] = make()
        value: V = self.meta[name]
        return value

    def _damaged(self, content: str) -> StateError:
        path = self._file.path if self._file is not None else ""
        return StateError(f"the state file {path} holds {content}; restore a copy of it, or give a new file")

    def inconsistent(self, error: Exception) -> StateError:
        """Return the error for records that contradict each other, such as a job whose session is missing."""
        return self._damaged(f"records that contradict each other ({error!r})")

    @property
    def problem(self) -> str | None:
        """Why the last write failed; None once a write has succeeded."""
        return None if self._problem is None else str(self._problem)

    def note(self, table: str, key: str) -> None:
        """Note a change for the next write. Safe to call from any thread."""
        if self._file is not None:
            with self._lock:
                self._changed[table, key] = None

    def collect(self) -> bool:
        """Turn changes into rows, and return whether there is something to write.

        Quick: call it where records change. Rows stay until they are written, so a request that reads a record while
        another thread writes it waits for that write too. Raises StateError for a record that cannot be written.
        """
        with self._lock:
            changed, self._changed = self._changed, {}
        if changed:
            self.meta[_NOW] = self.clock.monotonic()
            changed[self.meta.schema.name, _NOW] = None
        problem: StateError | None = None
        for table, key in changed:
            try:
                row = _row(self._tables[table], key)
            except (TypeError, RecursionError) as error:
                _log.exception("%s %s cannot be written", table, key)
                problem = StateError(f"{table} {key} cannot be written to the state file: {error}")
                continue
            with self._lock:
                self._rows[table, key] = row
        if problem is not None:
            raise problem
        return bool(self._rows) or self._clears != self._clears_written

    def write(self) -> None:
        """Write the collected rows; blocks. Raises StateError, after which the rows stay for the next call."""
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
                    # A row that has changed since is newer than what was written.
                    if self._rows.get(key) is row:
                        del self._rows[key]

    def flush(self) -> None:
        """Write all changes; blocks. Raises StateError."""
        if self.collect():
            self.write()

    def clear(self) -> None:
        """Delete all records, with the next write those in the file too; time is kept. Tables must be made anew."""
        times = {name: self.meta[name] for name in (_EPOCH, _NOW) if name in self.meta}
        with self._lock:
            self._changed.clear()
            self._rows.clear()
            self._clears += 1
        self._tables.clear()
        self.meta = self.table(Schema("meta"))
        for name, value in times.items():
            self.meta[name] = value

    def close(self) -> None:
        """Write all changes and close the file. Closing twice is fine.

        A failure is logged: no response was sent that depends on what cannot be written.
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


def _job_values(job: Job) -> dict[str, Any]:
    values = {name: getattr(job, name) for name in _JOB_FIELDS}
    values |= {"result_due": job.result_due, "state": job.state.value, "held": job.held.value if job.held else None}
    failure = job.failure
    return values if failure is None else values | {"failure": [failure.code, failure.message]}


def _job_data(job: Job) -> bytes | None:
    """Return the job's outcome, whether or not clients can read it yet."""
    outcome = job.computation.outcome
    return outcome if job.state is State.COMPLETED and isinstance(outcome, bytes) else None


def _row(table: Table[Any], key: str) -> Row:
    schema = table.schema
    if key not in table:
        return Row(schema.name, key, None)
    value = table[key]
    if schema.make is None:
        return Row(schema.name, key, json.dumps(schema.codec.encode(value)))
    body: dict[str, Any] = schema.codec.encode_fields(value, schema.skip | {"job"})
    job: Job | None = getattr(value, "job", None)
    if job is None:
        return Row(schema.name, key, json.dumps(body))
    return Row(schema.name, key, json.dumps({"record": body, "job": _job_values(job)}), _job_data(job))


def _record(schema: Schema[V], row: Row, restore_job: RestoreJob | None) -> V:
    body: Any = json.loads(row.body or "null")
    if schema.make is None:
        value: V = schema.codec.decode(body)
        return value
    if restore_job is None or schema.work is None:
        return schema.make(**schema.codec.decode_fields(body))
    values, work = schema.codec.decode_fields(body["record"]), schema.work
    job = restore_job(body["job"], row.data, lambda: work(values, body["job"]["seed"]))
    return schema.make(**values, job=job)

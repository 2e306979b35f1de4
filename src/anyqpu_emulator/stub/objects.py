"""The objects of a stub's collections: made from requests, moved from state to state, and shown as documented."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError
from anyqpu_emulator.engines.statevector import sample
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.lifecycle import Job, State
from anyqpu_emulator.persistence import Codec, Schema, Table
from anyqpu_emulator.record import Record
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.workers import Compute, Failure

from .resources import Collection, Resources

_CREATED = ("creat", "submit", "queued")
_ENDED = ("end", "finish", "complet", "updat")


@dataclass(slots=True)
class ObjectRecord(Record):
    """An object: its collection with the path parameters above it, and its properties as last set.

    One `from_author` was there from the beginning.
    """

    id: str
    collection: str
    above: dict[str, str]
    values: dict[str, Any]
    created_at: float
    from_author: bool = False


@dataclass(slots=True)
class JobRecord(Record):
    """A job; what it computes is in `program`, empty for nothing."""

    job: Job
    collection: str
    above: dict[str, str]
    values: dict[str, Any]
    program: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def id(self) -> str:
        """The identifier."""
        return self.job.id

    @property
    def created_at(self) -> float:
        """The clock's monotonic seconds when it was made."""
        return self.job.created_at


def computation(program: Mapping[str, Any], seed: list[int]) -> Compute:
    """Return what computes a program in OpenQASM to its counts as JSON; bit 0 on the right."""

    def compute(stopped: Any) -> bytes | Failure:
        if not program:
            return b"{}"
        try:
            circuit = openqasm.parse(str(program["text"]), stopped=stopped)
            if not circuit.num_qubits:
                raise InvalidProgramError("the program has no qubits")
            circuit = circuit if circuit.measures else circuit.measured_everywhere()
            samples = sample(circuit, int(program["shots"]), np.random.default_rng(seed), stopped=stopped)
        except EngineError as error:
            return Failure(error.code, str(error))
        return json.dumps(samples.counts()).encode()

    return compute


class Objects:
    """All objects of one stub."""

    def __init__(self, name: str, resources: Resources, context: AppContext) -> None:
        """Begin with the objects of the state file, or with the first ones of each collection."""
        self._name = name
        self._values = resources.values
        self.context = context
        self._others: Table[ObjectRecord] = context.table(Schema(f"{name}.object", ObjectRecord, Codec()))
        self._jobs: Table[JobRecord] = context.table(
            Schema(f"{name}.job", JobRecord, Codec(), work=lambda values, seed: computation(values["program"], seed))
        )
        if not context.persistence.value(f"{name}.begun", lambda: False):
            context.persistence.meta[f"{name}.begun"] = True
            for collection in resources.collections.values():
                for number, item in enumerate(collection.behaviour.items):
                    id = f"{singular(collection.path)}-{number + 1}"
                    self._add(collection, {}, dict(item), id, from_author=True)

    # What there is

    def all(self, collection: Collection, above: Mapping[str, str]) -> list[ObjectRecord | JobRecord]:
        """Return the objects of a collection, those that were created last first, then the first ones in order."""

        def is_here(entry: ObjectRecord | JobRecord) -> bool:
            return entry.collection == collection.path and entry.above == above

        jobs = [
            entry for entry in self._jobs.values() if is_here(entry) and self.context.scheduler.is_listed(entry.job)
        ]
        others = [entry for entry in self._others.values() if is_here(entry)]
        created = [entry for entry in others if not entry.from_author]
        return [*reversed(jobs), *reversed(created), *(entry for entry in others if entry.from_author)]

    def find(self, collection: Collection, id: str, params: Mapping[str, str]) -> ObjectRecord | JobRecord:
        """Return the object with an identifier, in the path of a request. Raises a 404."""
        entry = self._jobs.get(f"{collection.path} {id}") or self._others.get(f"{collection.path} {id}")
        if entry is None or any(params.get(name, value) != value for name, value in entry.above.items()):
            raise ProblemError(404, f"there is no {singular(collection.path)} {id!r}")
        return entry

    def jobs(self) -> Iterator[JobRecord]:
        """Yield all jobs in the order of their creation."""
        yield from self._jobs.values()

    def created(self) -> Iterator[ObjectRecord]:
        """Yield the other objects that clients created."""
        yield from (entry for entry in self._others.values() if not entry.from_author)

    # How they change

    def create(
        self, collection: Collection, above: Mapping[str, str], body: Any, defaults: Any
    ) -> ObjectRecord | JobRecord:
        """Make an object of a request's body and the defaults of its schema; a job begins to move."""
        properties = self._values.properties(collection.schema)
        sent = {**defaults, **(body if is_object(body) else {})}
        values = {name: value for name, value in sent.items() if name in properties or not properties}
        bare = self._values.of(collection.schema, bare=True)
        stamps = [name for name, schema in properties.items() if schema.get("format") == "date-time"]
        bare = {name: value for name, value in bare.items() if name not in stamps} if is_object(bare) else {}
        values = {**bare, **values}
        id = self._new_id(collection, sent)
        values.pop(collection.status or "", None)
        values.pop(collection.key or "", None)
        # State, times and identifier are what they are when the object is shown.
        if not collection.has_jobs:
            return self._add(collection, above, values, id)
        behaviour = collection.behaviour
        program: dict[str, Any] = {}
        if behaviour.program and sent.get(behaviour.program) is not None:
            program = {"text": sent[behaviour.program], "shots": sent.get(behaviour.shots) or 1}
        line = f"{self._name}/{sent.get(behaviour.device or '', '')}"
        job = self.context.begin(line, lambda seed: computation(program, seed), id=id)
        made = JobRecord(job, collection.path, dict(above), values, program)
        self._jobs[f"{collection.path} {job.id}"] = made
        return made

    def _add(
        self,
        collection: Collection,
        above: Mapping[str, str],
        values: dict[str, Any],
        id: str,
        *,
        from_author: bool = False,
    ) -> ObjectRecord:
        if from_author:
            id = str(values.get(collection.key or "", id))
        made = ObjectRecord(id, collection.path, dict(above), values, self.context.clock.monotonic(), from_author)
        self._others[f"{collection.path} {id}"] = made
        return made

    def _new_id(self, collection: Collection, sent: Mapping[str, Any]) -> str:
        """Return the identifier of a new object: the client's, where the document lets it choose. Raises a 409."""
        schema = self._values.properties(collection.schema).get(collection.key or "", {})
        chosen = sent.get(collection.key or "")
        if isinstance(chosen, str) and chosen and not schema.get("readOnly"):
            place = f"{collection.path} {chosen}"
            if place in self._jobs or place in self._others:
                raise ProblemError(409, f"there is a {singular(collection.path)} {chosen!r} already")
            return chosen
        if schema.get("type") == "integer":
            # One count for all stubs: the identifier of a job is its own in the whole emulator.
            number = self.context.persistence.value("stub.count", lambda: 0) + 1
            self.context.persistence.meta["stub.count"] = number
            return str(number)
        return str(uuid.uuid4())

    def update(self, collection: Collection, entry: ObjectRecord | JobRecord, body: Any) -> None:
        """Set properties of an object; the word of a final state ends a job. Raises a 409 for one that has ended."""
        sent = dict(body) if is_object(body) else {}
        word = sent.pop(collection.status or "", None)
        if word is not None:
            self.put(collection, entry, str(word))
        entry.values = {**entry.values, **sent}

    def put(self, collection: Collection, entry: ObjectRecord | JobRecord, word: str) -> None:
        """Put an object into the state of a word. Raises a 409 for a job that has ended."""
        if isinstance(entry, ObjectRecord):
            entry.values = {**entry.values, str(collection.status): word}
            return
        state = self.context.scheduler.poll(entry.job)
        if state.terminal:
            raise ProblemError(409, f"the {singular(collection.path)} is {state.value} and stays so")
        if collection.words.state_of(word) is State.CANCELLED:
            self.context.scheduler.cancel(entry.job)

    def is_running(self, entry: ObjectRecord | JobRecord) -> bool:
        """Return whether an object is a job that is not over."""
        return isinstance(entry, JobRecord) and not self.context.scheduler.poll(entry.job).terminal

    def delete(self, collection: Collection, entry: ObjectRecord | JobRecord) -> None:
        """Remove an object; a job that runs is cancelled first."""
        if isinstance(entry, JobRecord):
            self.context.scheduler.cancel(entry.job)
            del self._jobs[f"{collection.path} {entry.id}"]
        else:
            del self._others[f"{collection.path} {entry.id}"]

    # How they look

    def word_of(self, collection: Collection, entry: ObjectRecord | JobRecord) -> str | None:
        """Return the word for an object's state; None where it has none."""
        words = collection.words
        if isinstance(entry, ObjectRecord):
            first = next(iter(collection.behaviour.order), None) or next(iter(words.all), None)
            return entry.values.get(collection.status or "", first)
        state = self.context.scheduler.poll(entry.job)
        now, job = self.context.clock.monotonic(), entry.job
        match state:
            case State.QUEUED:
                steps = words.waiting or words.running or (words.completed or "",)
                return _step(steps, now - job.created_at, job.ready_at - job.created_at)
            case State.RUNNING:
                steps = words.running or words.waiting[-1:] or (words.completed or "",)
                return _step(steps, now - (job.started_at or now), job.run_for)
            case State.FAILED:
                return words.failed or words.completed
            case State.CANCELLED:
                return words.cancelled or words.failed or words.completed
            case State.COMPLETED:
                return words.completed

    def view(self, collection: Collection, entry: ObjectRecord | JobRecord) -> dict[str, Any]:
        """Return an object with its identifier and state, times of what has happened, and a failure's reason."""
        properties = self._values.properties(collection.schema)
        view = dict(entry.values)
        if collection.key:
            integer = properties.get(collection.key, {}).get("type") == "integer"
            view[collection.key] = int(entry.id) if integer else entry.id
        if collection.status and (word := self.word_of(collection, entry)) is not None:
            view[collection.status] = word
        required = self._values.schema(collection.schema).get("required", ())
        for name, schema in properties.items():
            if schema.get("format") == "date-time" and entry.values.get(name) is None:
                at = self._time(name, entry)
                if at is None and name in required and not schema.get("nullable"):
                    at = entry.created_at
                if at is not None:
                    view[name] = utc(self.context.scheduler.wall(at)).isoformat().replace("+00:00", "Z")
        failure = entry.job.failure if isinstance(entry, JobRecord) else None
        if failure is not None and collection.behaviour.reason:
            view[collection.behaviour.reason] = failure.message
        return view

    def _time(self, name: str, entry: ObjectRecord | JobRecord) -> float | None:
        letters = name.lower()
        if any(part in letters for part in _CREATED):
            return entry.created_at
        if not isinstance(entry, JobRecord):
            return None
        if "start" in letters:
            return entry.job.started_at
        return entry.job.ended_at if any(part in letters for part in _ENDED) else None

    def shown(self, schema: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
        """Return an object as a response's schema has it: of optional properties, those that the object has."""
        properties = self._values.properties(schema)
        if not properties:
            return dict(view)
        bare: dict[str, Any] = self._values.of(schema, bare=True)
        return {**bare, **{name: value for name, value in view.items() if name in properties}}


def singular(path: str) -> str:
    """Return the name of one object of a collection."""
    name = path.rpartition("/")[2]
    if name.endswith(("ches", "sses", "xes", "zzes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") else name


def labels_in(values: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the tags of an object, and all texts of it by which its creator can find it."""
    tags = values.get("tags")
    tag_list = [str(tag) for tag in tags] if is_list(tags) else []
    return tag_list, [*tag_list, *(value for value in values.values() if isinstance(value, str))]


def _step(words: tuple[str, ...], passed: float, whole: float) -> str:
    """Return the word for a share of the time that a state takes."""
    share = passed / whole if whole > 0 else 1.0
    return words[min(int(share * len(words)), len(words) - 1)]

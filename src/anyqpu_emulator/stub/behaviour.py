"""What a document does not say, as an author's TOML file says it: the order of states, programs, first objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from anyqpu_emulator.lifecycle import State

# Words of clouds for the states of jobs, by which an enum is put in order where the author does not.
_USUAL = {
    State.QUEUED: "queued pending waiting created submitted accepted received new scheduled validating ready",
    State.RUNNING: "running executing started processing inprogress active computing",
    State.COMPLETED: "completed done succeeded success successful finished complete ended",
    State.FAILED: "failed error errored failure aborted rejected",
    State.CANCELLED: "cancelled canceled stopped revoked",
}
WORDS = {word: state for state, words in _USUAL.items() for word in words.split()}


class BehaviourError(ValueError):
    """A behaviour that does not fit its document; the message says where."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the objects of one collection behave.

    Attributes:
        status: Property with the word for an object's state; without it, the enum named status, state or phase.
        order: Words that a job goes through, the last one when it has completed; without it, the usual words.
        failed: Word of a job that failed.
        cancelled: Word of a job that was cancelled.
        reason: Property with the reason of a failure.
        program: Property with a program in OpenQASM, which is computed.
        shots: Property with the number of shots.
        device: Property with the identifier of the device.
        counts: Operation whose response has the counts of a computed program, and where: `getResult:data.counts`.
        items: The first objects of the collection, in their order.
    """

    status: str | None = None
    order: tuple[str, ...] = ()
    failed: str | None = None
    cancelled: str | None = None
    reason: str | None = None
    program: str | None = None
    shots: str = "shots"
    device: str | None = None
    counts: str | None = None
    items: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words for the states of jobs in one enum."""

    waiting: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    completed: str | None = None
    failed: str | None = None
    cancelled: str | None = None
    all: tuple[str, ...] = field(default=())

    def state_of(self, word: str) -> State | None:
        """Return the final state that a word stands for, or None."""
        finals = {self.completed: State.COMPLETED, self.failed: State.FAILED, self.cancelled: State.CANCELLED}
        return finals.get(word)


def behaviours_of(values: Mapping[str, Any]) -> dict[str, Behaviour]:
    """Return the behaviours in the tables `[resources."/path"]` of a TOML file. Raises BehaviourError."""
    if unknown := values.keys() - {"resources"}:
        raise BehaviourError(f'unknown table {", ".join(sorted(unknown))}; there is [resources."/path"]')
    names = {entry.name for entry in fields(Behaviour)}
    made: dict[str, Behaviour] = {}
    for path, table in values.get("resources", {}).items():
        if unknown := table.keys() - names:
            raise BehaviourError(
                f"unknown key {', '.join(sorted(unknown))} of {path}; there is {', '.join(sorted(names))}"
            )
        options: dict[str, Any] = {
            name: tuple(value) if name in ("order", "items") else value for name, value in table.items()
        }
        made[path] = Behaviour(**options)
    return made


def state_of_word(word: str) -> State | None:
    """Return the state that a cloud's word usually stands for, or None."""
    return WORDS.get(re.sub(r"[^a-z]", "", word.lower()))


def words_of(enum: tuple[str, ...], behaviour: Behaviour, path: str) -> Words:
    """Return the words of an enum by state; no completed word where it is not the enum of a job.

    Raises BehaviourError for a word that the enum does not have.
    """
    named = (*behaviour.order, *(word for word in (behaviour.failed, behaviour.cancelled) if word))
    if wrong := [word for word in named if enum and word not in enum]:
        raise BehaviourError(f"{path}: the enum has no {', '.join(wrong)}; it has {', '.join(enum)}")
    usual = {word: state_of_word(word) for word in enum}

    def first(state: State) -> str | None:
        return next((word for word in enum if usual[word] is state), None)

    order = behaviour.order
    if not order:
        done = first(State.COMPLETED)
        waiting = [word for word in enum if usual[word] in (State.QUEUED, State.RUNNING)]
        # Running comes last, in whichever order the document has the words.
        waiting.sort(key=lambda word: usual[word] is State.RUNNING)
        order = (*waiting, done) if done and waiting else ()
    starts = next((place for place, word in enumerate(order) if state_of_word(word) is State.RUNNING), 1)
    return Words(
        waiting=order[: min(starts, len(order) - 1)] if order else (),
        running=order[starts:-1],
        completed=order[-1] if order else None,
        failed=behaviour.failed or first(State.FAILED),
        cancelled=behaviour.cancelled or first(State.CANCELLED),
        all=enum,
    )

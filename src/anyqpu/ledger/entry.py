"""Entries of the ledger, their outcomes, and the states that they pass through."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal, cast, get_args

from anyqpu import errors
from anyqpu._json import VERSION, json_fields, json_value
from anyqpu.errors import (
    AnyQPUError,
    Hint,
    JobCancelledError,
    JobFailedError,
    JobTimedOutError,
    NotFoundError,
    ResultNotAvailableError,
    SubmissionUnknownError,
    ValidationError,
)
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.program import Program
from anyqpu.model.result import Result
from anyqpu.model.serialize import JsonForm, check_version

State = Literal["planned", "sending", "sent", "unknown", "over"]
"""The states of an entry: to be sent, being sent, sent, possibly sent, and ended."""
OutcomeKind = Literal["completed", "failed", "cancelled", "timed_out", "refused", "gone", "unknown"]

STATES: tuple[State, ...] = get_args(State)
KINDS: tuple[OutcomeKind, ...] = get_args(OutcomeKind)
# The outcomes with which an entry may end, by its state.
ENDINGS: Mapping[State, frozenset[OutcomeKind]] = {
    # A program may be refused before a request is made.
    "planned": frozenset({"cancelled", "refused"}),
    "sending": frozenset({"refused"}),
    "sent": frozenset(KINDS) - {"refused"},
    # Abandoned by the user.
    "unknown": frozenset({"unknown"}),
}
TRANSITIONS: Mapping[State, frozenset[State]] = {
    "planned": frozenset({"planned", "sending", "over"}),
    "sending": frozenset({"planned", "sent", "over", "unknown"}),
    "sent": frozenset({"over"}),
    # By `Ledger.resolve` only.
    "unknown": frozenset({"planned", "sent", "over"}),
    "over": frozenset(),
}
# Nothing was bought: what was held for these is released.
FREE: frozenset[OutcomeKind] = frozenset({"cancelled", "refused"})
# Bytes of a result that the ledger keeps; of a larger one it keeps the handle.
MOST_BODY = 64 * 1024
_ERRORS: Mapping[OutcomeKind, type[AnyQPUError]] = {
    "failed": JobFailedError,
    "cancelled": JobCancelledError,
    "timed_out": JobTimedOutError,
    "refused": ValidationError,
    "gone": NotFoundError,
}


class LeaseLostError(AnyQPUError):
    """Another worker has the account: what this one was about to write was not written, and it must not send."""


@dataclass(frozen=True, slots=True)
class Outcome(JsonForm):
    """How a job ended.

    Attributes:
        kind: The kind of the end: `completed`, `failed`, `cancelled`, `timed_out`, `refused` (nothing was bought),
            `gone` (the provider does not have the job any more), or `unknown` (it may have been sent).
        body: The result as JSON, as `Result.to_dict` writes it; None where it does not exist, or has more than 64 KB.
        error: The error as JSON, as `AnyQPUError.to_dict` writes it.
        handle: The text of the job's handle, with which `anyqpu.resume` gets the job.
    """

    kind: OutcomeKind
    body: str | None = None
    error: str | None = None
    handle: str | None = None
    _json_more: ClassVar[Mapping[str, Any]] = {"result": Result | None}

    @classmethod
    def completed(cls, result: Result | None, handle: JobHandle | str | None) -> Outcome:
        """Return the outcome of a completed job; `result` may be missing, where it cannot be read now."""
        body = None if result is None else _compact(result.to_dict())
        if body is not None and len(body.encode()) > MOST_BODY:
            body = None
        return cls("completed", body=body, handle=_text(handle))

    @classmethod
    def ended(cls, kind: OutcomeKind, error: AnyQPUError | None, handle: JobHandle | str | None = None) -> Outcome:
        """Return the outcome of a job that did not complete."""
        if error is None:
            return cls(kind, handle=_text(handle))
        details = error.to_dict()
        text = _compact(details)
        if len(text.encode()) > MOST_BODY:
            text = _compact({**details, "body": None, "message": details["message"][:1000]})
        return cls(kind, error=text, handle=_text(handle))

    def result(self) -> Result:
        """Return the result; raise what waiting for the job would have raised.

        Raises:
            JobError: The job failed, was cancelled or timed out.
            ResultNotAvailableError: The ledger does not have the result, because it is too large; the job has it.
            SubmissionUnknownError: It is unknown whether the job was sent.
            AnyQPUError: The provider refused the job, or does not have it any more.
        """
        if self.kind != "completed":
            raise self._exception()
        if self.body is None:
            raise ResultNotAvailableError(
                f"the ledger does not have the result, which may have more than {MOST_BODY // 1024} KB",
                hint=Hint(
                    f"(await anyqpu.resume({self.handle!r})).result() gets it", f"`anyqpu result {self.handle}` gets it"
                ),
            )
        return Result.from_dict(json.loads(self.body))

    def _exception(self) -> AnyQPUError:
        handle = JobHandle.parse(self.handle) if self.handle else None
        details = cast("dict[str, Any]", json.loads(self.error)) if self.error else {}
        kind: Any = getattr(errors, str(details.get("type")), None)
        if not (isinstance(kind, type) and issubclass(kind, AnyQPUError)):
            kind = _ERRORS.get(self.kind, AnyQPUError)
        message = str(details.get("message") or _WORDS[self.kind])
        if kind is SubmissionUnknownError or (self.kind == "unknown" and not details):
            return SubmissionUnknownError(message, dedup_key=str(details.get("key")), provider=details.get("provider"))
        error: AnyQPUError = kind(message)
        for name in vars(error).keys() & details.keys() - {"handle", "message"}:
            setattr(error, name, details[name])
        if "handle" in vars(error):
            vars(error)["handle"] = handle
        return error

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome in JSON types: `kind`, `result`, `error`, `handle`, and `v`, the version of this form."""
        return {"v": VERSION, **self._to_json()}

    def _to_json(self) -> dict[str, Any]:
        body, error = (None if text is None else json.loads(text) for text in (self.body, self.error))
        return {"kind": self.kind, "result": body, "error": error, "handle": self.handle}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """Return the outcome that `to_dict` was called on; raises `ValidationError` where the data is not valid."""
        data = check_version(cls, data)
        if data.get("kind") not in KINDS:
            raise ValidationError(f"invalid Outcome: unknown kind {str(data.get('kind'))[:40]!r}", fields=("kind",))
        body, error = (None if data.get(name) is None else _compact(data[name]) for name in ("result", "error"))
        return cls(data["kind"], body, error, data.get("handle"))


_WORDS: Mapping[OutcomeKind, str] = {
    "completed": "the job completed",
    "failed": "the job failed",
    "cancelled": "the job was cancelled before it was sent",
    "timed_out": "the provider ended the job because it took too long",
    "refused": "the job was refused",
    "gone": "the provider does not have the job any more",
    "unknown": "the job may have been sent",
}


@dataclass(frozen=True, slots=True)
class Entry(JsonForm):
    """A job in the ledger.

    Attributes:
        key: The idempotency key of its submit.
        run: The run that it belongs to.
        id: Its name within the run.
        place: Its place within the run, from 0.
        account: The name of the account that it is sent with.
        device: The identifier of its device.
        program: The SHA-256 of its program, in hexadecimal.
        options: The other arguments of its submit, in JSON types.
        state: `planned`, `sending`, `sent`, `unknown` or `over`.
        attempts: How often it was about to be sent.
        tried_at: When it was last about to be sent, in seconds since 1970.
        not_before: The time before which it is not sent, in seconds since 1970.
        cancel_asked: Whether its cancellation was requested.
        handle: The text of the job's handle, once it is sent.
        outcome: How it ended, once it is over.
        price: The money that is held for it in its run's budget.
        changed_at: When its state last changed, in seconds since 1970.
    """

    key: str
    run: str
    id: str
    place: int
    account: str
    device: str
    program: str
    options: Mapping[str, Any]
    state: State
    attempts: int
    tried_at: float | None
    not_before: float | None
    cancel_asked: bool
    handle: str | None
    outcome: Outcome | None
    price: Money | None
    changed_at: float

    def to_dict(self) -> dict[str, Any]:
        """Return the entry in JSON types, with times in RFC 3339; `v` is the version of this form."""
        times = {name: getattr(self, name) for name in ("tried_at", "not_before", "changed_at")}
        dates = {name: None if time is None else datetime.fromtimestamp(time, UTC) for name, time in times.items()}
        return {"v": VERSION, **json_fields(self), **json_value(dates)}


@dataclass(frozen=True, slots=True)
class Planned:
    """A job to be planned: the intent, before anything is sent.

    Attributes:
        price: What its budget holds for it: the most that it may cost.
        routed: Whether its device was chosen from several, by their queues or prices. Planned again, such an entry has
            the same content on whatever device and account it was planned first.
    """

    key: str
    id: str
    place: int
    account: str
    device: str
    program: Program
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    price: Money | None = None
    routed: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account with a provider, by the name that entries have for it; it contains no credential.

    Attributes:
        base_url: The address of the provider's API.
        identity: The settings that say whose account it is, such as the project.
    """

    name: str
    provider: str
    base_url: str
    identity: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send an account's jobs, for a while.

    Attributes:
        fence: A number that grows with each owner; a write with an older one is refused.
        until: The end of the lease, in seconds of this machine's clock, which runs while the machine is suspended.
    """

    account: str
    owner: str
    fence: int
    until: float

    def held(self, margin: float = 0.0) -> bool:
        """Return whether the lease lasts for another `margin` seconds, without input or output."""
        return boottime() + margin < self.until

    def check(self) -> None:
        """Raise `LeaseLostError` if the lease has ended."""
        if not self.held():
            raise LeaseLostError(f"the lease of the account {self.account} has ended")


@dataclass(frozen=True, slots=True)
class Change:
    """A transition of an entry.

    Attributes:
        handle: The text of the job's handle, for `sent`.
        outcome: For `over`.
        not_before: The time before which it is not sent again, in seconds since 1970, for `planned`.
    """

    key: str
    state: State
    handle: str | None = None
    outcome: Outcome | None = None
    not_before: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A line of a summary: the entries of a run on a device that are in one state or ended in one way.

    Attributes:
        account: The account of the device.
        outcome: How they ended; None unless `state` is `over`.
        entries: How many there are.
        held: The money that the run's budget holds for them.
        spent: The money that they have cost at most.
        oldest: When the state of the first of them changed, in seconds since 1970.
    """

    run: str
    account: str
    device: str
    state: State
    outcome: OutcomeKind | None
    entries: int
    held: Money | None
    spent: Money | None
    oldest: float


# macOS's monotonic clock runs while the machine is suspended, as Linux's boot time does.
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def boottime() -> float:
    """Return the seconds since the machine was started, including those in which it was suspended."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


def digest(program: Program) -> str:
    """Return the SHA-256 of a program, in hexadecimal."""
    return hashlib.sha256(f"{program.format}\0{program.bits}\0{program.text}".encode()).hexdigest()


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _text(handle: JobHandle | str | None) -> str | None:
    return None if handle is None else str(handle)

"""Entries of the ledger, their outcomes, and the states that they pass through."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal, get_args

from anyqpu import errors
from anyqpu._json import VERSION, json_fields, json_value
from anyqpu.errors import AnyQPUError, Hint, ResultNotAvailableError, SubmissionUnknownError, ValidationError
from anyqpu.model.handle import JobHandle
from anyqpu.model.money import Money
from anyqpu.model.program import Program
from anyqpu.model.result import Result
from anyqpu.model.serialize import JsonForm, check_version

State = Literal["planned", "sending", "sent", "unknown", "over"]
"""The states of an entry: to be sent, being sent, sent, possibly sent, and ended."""
OutcomeKind = Literal["completed", "failed", "cancelled", "timed_out", "refused", "gone", "unknown"]
"""How a job ended. `refused`: nothing was bought. `gone`: the provider does not have it any more."""
KINDS: tuple[OutcomeKind, ...] = get_args(OutcomeKind)

# The states that follow each; those that follow `unknown` are the user's decision.
TRANSITIONS: Mapping[State, frozenset[State]] = {
    "planned": frozenset({"planned", "sending", "over"}),
    "sending": frozenset({"planned", "sent", "over", "unknown"}),
    "sent": frozenset({"over"}),
    "unknown": frozenset({"planned", "sent", "over"}),
    "over": frozenset(),
}
# The outcomes with which an entry may end, by its state. A job may be refused before any request.
ENDINGS: Mapping[State, frozenset[OutcomeKind]] = {
    "planned": frozenset({"cancelled", "refused"}),
    "sending": frozenset({"refused"}),
    "sent": frozenset(KINDS) - {"refused"},
    "unknown": frozenset({"unknown"}),
}
# With these nothing was bought: what was held is released.
FREE: frozenset[OutcomeKind] = frozenset({"cancelled", "refused"})
# The bytes of a result that the ledger keeps; of a larger one it keeps the handle.
MOST_BODY = 64 * 1024
# What `Outcome.result` raises for an error without a type of its own.
_ERRORS: Mapping[OutcomeKind, tuple[type[AnyQPUError], str]] = {
    "failed": (errors.JobFailedError, "the job failed"),
    "cancelled": (errors.JobCancelledError, "the job was cancelled"),
    "timed_out": (errors.JobTimedOutError, "the provider ended the job because it took too long"),
    "refused": (ValidationError, "the job was refused"),
    "gone": (errors.NotFoundError, "the provider does not have the job any more"),
    "unknown": (SubmissionUnknownError, "the job may have been sent"),
}
# macOS's monotonic clock runs while the machine is suspended, as Linux's boot time does.
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class LeaseLostError(AnyQPUError):
    """Another worker has the account: what this one was about to write was not written, and it must not send."""


@dataclass(frozen=True, slots=True)
class Outcome(JsonForm):
    """How a job ended.

    Attributes:
        body: The result as JSON; None where it does not exist, or has more than 64 KB.
        error: The error as JSON.
        handle: The text of the job's handle, with which `anyqpu.resume` gets the job.
    """

    kind: OutcomeKind
    body: str | None = None
    error: str | None = None
    handle: str | None = None
    _json_keys: ClassVar[Mapping[str, str]] = {"body": "result"}
    _json_more: ClassVar[Mapping[str, Any]] = {"result": Result | None, "error": Mapping[str, Any] | None}

    @classmethod
    def completed(cls, result: Result | None, handle: str | None) -> Outcome:
        """Return the outcome of a completed job; `result` may be missing, where it cannot be read now."""
        body = None if result is None else _compact(result.to_dict())
        is_small = body is not None and len(body.encode()) <= MOST_BODY
        return cls("completed", body=body if is_small else None, handle=handle)

    @classmethod
    def ended(cls, kind: OutcomeKind, error: AnyQPUError | None, handle: str | None = None) -> Outcome:
        """Return the outcome of a job that did not complete."""
        text = None if error is None else _compact(error.to_dict())
        if error is not None and text is not None and len(text.encode()) > MOST_BODY:
            text = _compact({"type": type(error).__name__, "message": error.message[:1000], "key": error.key})
        return cls(kind, error=text, handle=handle)

    def result(self) -> Result:
        """Return the result; raise what waiting for the job would have raised.

        Raises:
            JobError: The job failed, was cancelled or timed out.
            ResultNotAvailableError: The ledger does not have the result, because it is too large; the job has it.
            SubmissionUnknownError: It is unknown whether the job was sent.
            AnyQPUError: The job was refused, or the provider does not have it any more.
        """
        if self.kind != "completed":
            raise self._exception()
        if self.body is None:
            hint = Hint(f"anyqpu.resume({self.handle!r}) has it", f"`anyqpu job result {self.handle}` gets it")
            raise ResultNotAvailableError("the ledger does not have the result: it is too large", hint=hint)
        return Result.from_dict(json.loads(self.body))

    def _exception(self) -> AnyQPUError:
        details: dict[str, Any] = json.loads(self.error) if self.error else {}
        usual, words = _ERRORS[self.kind]
        kind: Any = getattr(errors, str(details.get("type")), None)
        kind = kind if isinstance(kind, type) and issubclass(kind, AnyQPUError) else usual
        message = str(details.get("message") or words)
        if kind is SubmissionUnknownError:
            return SubmissionUnknownError(message, dedup_key=str(details.get("key")), provider=details.get("provider"))
        error: AnyQPUError = kind(message)
        for name in vars(error).keys() & details.keys() - {"handle", "message"}:
            setattr(error, name, details[name])
        if "handle" in vars(error):
            vars(error)["handle"] = JobHandle.parse(self.handle) if self.handle else None
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


@dataclass(frozen=True, slots=True)
class Entry(JsonForm):
    """A job in the ledger. Times are seconds since 1970.

    Attributes:
        key: The idempotency key of its submit.
        id: Its name within the run.
        place: Its place within the run, from 0.
        account: The name of the account that it is sent with.
        program: The SHA-256 of its program, in hexadecimal.
        options: The other arguments of its submit, in JSON types.
        attempts: How often it was about to be sent.
        tried_at: When it was last about to be sent.
        not_before: The time before which it is not sent.
        cancel_asked: Whether its cancellation was requested.
        handle: The text of the job's handle, once it is sent.
        price: The money that is held for it in its run's budget.
        changed_at: When its state last changed.
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
        price: The most that it may cost, for its run's budget.
        routed: Whether its device was chosen from several. Planned again, it is the same job on any device and account.
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
    """An account with a provider, by its name in entries. `identity` is whose it is, and contains no credential."""

    name: str
    provider: str
    base_url: str
    identity: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send an account's jobs, until a time of this machine's clock, or until another worker takes it.

    Attributes:
        fence: A number that grows with each owner; a write with an older one is refused.
    """

    account: str
    owner: str
    fence: int
    until: float

    def held(self) -> bool:
        """Return whether the lease has not ended; no I/O."""
        return boottime() < self.until

    def check(self) -> None:
        """Raise `LeaseLostError` if the lease has ended; no I/O."""
        if not self.held():
            raise LeaseLostError(f"the lease of the account {self.account} has ended")


@dataclass(frozen=True, slots=True)
class Change:
    """A transition of an entry: `sent` with a handle, `over` with an outcome, `planned` perhaps with a time."""

    key: str
    state: State
    handle: str | None = None
    outcome: Outcome | None = None
    not_before: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A line of a summary: how many entries are in a state, their money, and when the first of them got there."""

    run: str
    account: str
    device: str
    state: State
    outcome: OutcomeKind | None
    entries: int
    held: Money | None
    spent: Money | None
    oldest: float


def boottime() -> float:
    """Return the seconds since the machine was started, including those in which it was suspended."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


def digest(program: Program) -> str:
    """Return the SHA-256 of a program, in hexadecimal."""
    return hashlib.sha256(f"{program.format}\0{program.bits}\0{program.text}".encode()).hexdigest()


_compact = json.JSONEncoder(separators=(",", ":")).encode

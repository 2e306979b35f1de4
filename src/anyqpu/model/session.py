"""Sessions: time on a device that several jobs share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Literal

from anyqpu.model.money import Money
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable

SUBMIT_TAG = "anyqpu-submit"
"""The tag of a session that `submit` opened: other processes may close it when its jobs have ended."""
OnExit = Literal["drain", "cancel", "leave"]
"""At the end of a session's block: let its jobs finish, cancel them, or leave the session open."""


class SessionStatus(StrEnum):
    """The status of a session. The provider's value is in `Session.raw_status`."""

    STARTING = "starting"
    ACTIVE = "active"
    IDLE = "idle"
    DRAINING = "draining"
    """Closed for further jobs; its present jobs finish."""
    CLOSING = "closing"
    CLOSED = "closed"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether this status is final."""
        return self in {SessionStatus.CLOSED, SessionStatus.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Session(ShortRepr, HtmlRepr, Serializable):
    """A snapshot of a session. None means that the provider gives no value.

    Attributes:
        mode: `batch` or `dedicated`, where a provider has both.
        accepts_jobs: Whether jobs can be submitted to it now.
        usage: The time on the device so far.
        waiting_jobs: The number of its waiting jobs.
        finished_jobs: The number of its jobs that have ended.
        reservation_id: Its reservation, where a provider reserves by session.
        expires_at: The time when it reaches its longest duration. All times are aware, in UTC.
        ends_at: The time when it ends by itself at the latest, if nothing more is submitted: that of `expires_at`, or
            earlier where it has no jobs and an idle limit.
        may_still_cost: What it costs at most until `ends_at`, by the price of an hour on its device.
        raw: The provider's description, as a generated model.
    """

    provider: str
    id: str
    device_id: str | None
    status: SessionStatus
    raw_status: str
    status_recognized: bool = True
    mode: str | None = None
    accepts_jobs: bool | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    expires_at: datetime | None = None
    ends_at: datetime | None = None
    may_still_cost: Money | None = None
    usage: timedelta | None = None
    waiting_jobs: int | None = None
    finished_jobs: int | None = None
    reservation_id: str | None = None
    tags: tuple[str, ...] = ()
    dedup_key: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _repr_names: ClassVar[tuple[str, ...]] = (
        "id",
        "status",
        "device_id",
        "ends_at",
        "may_still_cost",
        "provider",
        "waiting_jobs",
        "mode",
        "expires_at",
        "created_at",
    )

    @property
    def is_from_submit(self) -> bool:
        """Whether a `submit` opened it for its jobs, and not its user."""
        return SUBMIT_TAG in self.tags

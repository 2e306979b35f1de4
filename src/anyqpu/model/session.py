"""A session: time on a device that several jobs share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from anyqpu.model.pictured import HtmlRepr
from anyqpu.model.serialize import Serializable

OnExit = Literal["drain", "cancel", "leave"]
"""What happens to a session's jobs at the end of its block: they finish, they are cancelled, or all goes on."""


class SessionStatus(StrEnum):
    """Where a session stands. The cloud's own word is in `Session.raw_status`."""

    STARTING = "starting"
    ACTIVE = "active"
    IDLE = "idle"
    DRAINING = "draining"
    """Takes no more jobs; those it has go on."""
    CLOSING = "closing"
    CLOSED = "closed"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether it will not change any more."""
        return self in {SessionStatus.CLOSED, SessionStatus.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(HtmlRepr, Serializable):
    """A session as it was when it was last looked at. None means that the cloud does not say.

    Attributes:
        mode: `batch` or `dedicated`, where a cloud has both.
        accepts_jobs: Whether jobs can be submitted to it now.
        usage: Time on the device so far.
        waiting_jobs: How many of its jobs wait.
        finished_jobs: How many have ended.
        reservation_id: The reservation that it belongs to, where a cloud books by session.
        expires_at: When it ends by itself. All times are aware, in UTC.
        raw: The cloud's own description, as a generated model.
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
    usage: timedelta | None = None
    waiting_jobs: int | None = None
    finished_jobs: int | None = None
    reservation_id: str | None = None
    tags: tuple[str, ...] = ()
    dedup_key: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import (
    provider as _provider,
    sdk_provider as _sdk_provider,
    session_mode as _session_mode,
    session_status as _session_status,
    usage_time_state as _usage_time_state,
)

if TYPE_CHECKING:
    from .provider import Provider
    from .sdk_provider import SdkProvider
    from .session_mode import SessionMode
    from .session_status import SessionStatus
    from .usage_time_state import UsageTimeState

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Session(ApiModel):
    """A quantum session grouping related jobs on a shared backend, with shared queue priority and lifecycle.

    Attributes:
        id: Unique session identifier
        status: State of a session. CLOSED, ABORTED and DETACHED are final.
        backend_id: Unique backend identifier
        provider: Cloud through which a backend is reached.
        mode: Whether a session's jobs share the backend in batches or have it to themselves.
        created_at: Timestamp when the session was created.
        started_at: Timestamp when the session started.
        closed_at: Timestamp when the session was closed.
        expires_at: Timestamp when the session expires.
        usage_time_millis: Cumulative quantum backend usage time attributed to this session, in milliseconds.
        provider_id: Provider-specific reference to a session
        tags: Set of tags attached to the session at creation time for categorization or filtering.
        sdk_provider: SDK that made the job or session.
        usage_time_state: Whether a usage time is final: MEASURED is, PENDING may still change, and NOT_MEASURABLE stays
            without a number.
    """

    id: str
    status: SessionStatus
    backend_id: str | Unset = UNSET
    provider: Provider | Unset = UNSET
    mode: SessionMode | Unset = UNSET
    created_at: str | None | Unset = UNSET
    started_at: str | None | Unset = UNSET
    closed_at: str | None | Unset = UNSET
    expires_at: str | None | Unset = UNSET
    usage_time_millis: int | None | Unset = UNSET
    provider_id: str | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    metadata: dict[str, Any] | None | Unset = UNSET
    sdk_provider: SdkProvider | Unset = UNSET
    final: bool | Unset = UNSET
    final_not_aborted: bool | Unset = UNSET
    usage_time_state: UsageTimeState | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("backend_id", "backend_id"),
        ("provider", "provider"),
        ("mode", "mode"),
        ("created_at", "created_at"),
        ("started_at", "started_at"),
        ("closed_at", "closed_at"),
        ("expires_at", "expires_at"),
        ("usage_time_millis", "usage_time_millis"),
        ("provider_id", "provider_id"),
        ("tags", "tags"),
        ("metadata", "metadata"),
        ("sdk_provider", "sdk_provider"),
        ("final", "final"),
        ("final_not_aborted", "final_not_aborted"),
        ("usage_time_state", "usage_time_state"),
    )
    REQUIRED = frozenset(
        {
            "id",
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self.status = _session_status.read(pop("status"))
        self.backend_id = UNSET if (value := pop("backend_id", None)) is None else value
        self.provider = UNSET if (value := pop("provider", None)) is None else _provider.read(value)
        self.mode = UNSET if (value := pop("mode", None)) is None else _session_mode.read(value)
        self.created_at = pop("created_at", UNSET)
        self.started_at = pop("started_at", UNSET)
        self.closed_at = pop("closed_at", UNSET)
        self.expires_at = pop("expires_at", UNSET)
        self.usage_time_millis = pop("usage_time_millis", UNSET)
        self.provider_id = pop("provider_id", UNSET)
        self.tags = pop("tags", UNSET)
        self.metadata = pop("metadata", UNSET)
        self.sdk_provider = UNSET if (value := pop("sdk_provider", None)) is None else _sdk_provider.read(value)
        self.final = UNSET if (value := pop("final", None)) is None else value
        self.final_not_aborted = UNSET if (value := pop("final_not_aborted", None)) is None else value
        self.usage_time_state = (
            UNSET if (value := pop("usage_time_state", None)) is None else _usage_time_state.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

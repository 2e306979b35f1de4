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
    usage_time_state as _usage_time_state,
    workload_response_mode as _workload_response_mode,
    workload_response_type as _workload_response_type,
)

if TYPE_CHECKING:
    from .provider import Provider
    from .sdk_provider import SdkProvider
    from .usage_time_state import UsageTimeState
    from .workload_response_mode import WorkloadResponseMode
    from .workload_response_type import WorkloadResponseType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class WorkloadResponse(ApiModel):
    """Response shape for a workload entry in a paged listing.

    Attributes:
        id: Unique identifier of the workload. Resolves to either a JobId or a SessionId depending on type.
        status: Status of the workload. Valid values depend on the workload type (JobStatus for JOB, SessionStatus
            for SESSION).
        type_: Kind of quantum workload. JOB is a single-execution quantum job; SESSION groups multiple related
            jobs.
        backend_id: Unique backend identifier
        provider: Cloud through which a backend is reached.
        started_at: Timestamp when the workload started executing.
        ended_at: Timestamp when the workload ended.
        created_at: Timestamp when the workload was created.
        sdk_provider: SDK that made the job or session.
        usage_time_millis: Time on the machine as its provider measured it, in milliseconds.
        usage_time_state: Whether a usage time is final: MEASURED is, PENDING may still change, and NOT_MEASURABLE stays
            without a number.
        name: Name of a job.
        service_execution_id: Run of a service that it belongs to.
        mode: Mode of a session.
        job_count: Number of jobs of a session.
    """

    id: str
    status: str
    type_: WorkloadResponseType | Unset = UNSET
    backend_id: str | Unset = UNSET
    provider: Provider | Unset = UNSET
    started_at: str | None | Unset = UNSET
    ended_at: str | None | Unset = UNSET
    created_at: str | None | Unset = UNSET
    sdk_provider: SdkProvider | Unset = UNSET
    usage_time_millis: int | None | Unset = UNSET
    usage_time_state: UsageTimeState | Unset = UNSET
    name: str | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    service_execution_id: str | None | Unset = UNSET
    mode: WorkloadResponseMode | Unset = UNSET
    job_count: int | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("type_", "type"),
        ("backend_id", "backend_id"),
        ("provider", "provider"),
        ("started_at", "started_at"),
        ("ended_at", "ended_at"),
        ("created_at", "created_at"),
        ("sdk_provider", "sdk_provider"),
        ("usage_time_millis", "usage_time_millis"),
        ("usage_time_state", "usage_time_state"),
        ("name", "name"),
        ("tags", "tags"),
        ("service_execution_id", "service_execution_id"),
        ("mode", "mode"),
        ("job_count", "job_count"),
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
        self.status = pop("status")
        self.type_ = UNSET if (value := pop("type", None)) is None else _workload_response_type.read(value)
        self.backend_id = UNSET if (value := pop("backend_id", None)) is None else value
        self.provider = UNSET if (value := pop("provider", None)) is None else _provider.read(value)
        self.started_at = pop("started_at", UNSET)
        self.ended_at = pop("ended_at", UNSET)
        self.created_at = pop("created_at", UNSET)
        self.sdk_provider = UNSET if (value := pop("sdk_provider", None)) is None else _sdk_provider.read(value)
        self.usage_time_millis = pop("usage_time_millis", UNSET)
        self.usage_time_state = (
            UNSET if (value := pop("usage_time_state", None)) is None else _usage_time_state.read(value)
        )
        self.name = pop("name", UNSET)
        self.tags = pop("tags", UNSET)
        self.service_execution_id = pop("service_execution_id", UNSET)
        self.mode = UNSET if (value := pop("mode", None)) is None else _workload_response_mode.read(value)
        self.job_count = pop("job_count", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

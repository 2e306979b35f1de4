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
    input_format as _input_format,
    job_status as _job_status,
    provider as _provider,
    sdk_provider as _sdk_provider,
    usage_time_state as _usage_time_state,
)

if TYPE_CHECKING:
    from .input_format import InputFormat
    from .job_status import JobStatus
    from .provider import Provider
    from .sdk_provider import SdkProvider
    from .usage_time_state import UsageTimeState

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Job(ApiModel):
    """A quantum job: a single asynchronous execution of a quantum circuit on a backend.

    Attributes:
        id: Unique job identifier
        status: State of a job. COMPLETED, FAILED, CANCELLED, ABORTED and DETACHED are final.
        name: Optional human-readable name assigned when the job was submitted.
        backend_id: Unique backend identifier
        provider: Cloud through which a backend is reached.
        provider_job_id: Unique job identifier assigned by the backend provider
        input_format: Format of a job's input; the backend's configuration lists those it takes.
        tags: Tags attached to the job at submission time for categorization or filtering.
        created_at: Timestamp when the job was created.
        started_at: Timestamp when the job started executing.
        ended_at: Timestamp when the job ended.
        runtime: Quantum execution time reported by the provider, in milliseconds. Only populated for terminal jobs.
        shots: Number of shots requested for the job execution.
        session_id: Unique session identifier
        sdk_provider: SDK that made the job or session.
        usage_time_millis: Time on the machine as its provider measured it, in milliseconds.
        usage_time_state: Whether a usage time is final: MEASURED is, PENDING may still change, and NOT_MEASURABLE stays
            without a number.
    """

    id: str
    status: JobStatus
    name: str | None | Unset = UNSET
    backend_id: str | Unset = UNSET
    provider: Provider | Unset = UNSET
    provider_job_id: str | None | Unset = UNSET
    input_params: dict[str, Any] | None | Unset = UNSET
    input_format: InputFormat | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    created_at: str | None | Unset = UNSET
    started_at: str | None | Unset = UNSET
    ended_at: str | None | Unset = UNSET
    runtime: int | None | Unset = UNSET
    shots: int | None | Unset = UNSET
    session_id: str | None | Unset = UNSET
    sdk_provider: SdkProvider | Unset = UNSET
    usage_time_millis: int | None | Unset = UNSET
    usage_time_state: UsageTimeState | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("name", "name"),
        ("backend_id", "backend_id"),
        ("provider", "provider"),
        ("provider_job_id", "provider_job_id"),
        ("input_params", "input_params"),
        ("input_format", "input_format"),
        ("tags", "tags"),
        ("created_at", "created_at"),
        ("started_at", "started_at"),
        ("ended_at", "ended_at"),
        ("runtime", "runtime"),
        ("shots", "shots"),
        ("session_id", "session_id"),
        ("sdk_provider", "sdk_provider"),
        ("usage_time_millis", "usage_time_millis"),
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
        self.status = _job_status.read(pop("status"))
        self.name = pop("name", UNSET)
        self.backend_id = UNSET if (value := pop("backend_id", None)) is None else value
        self.provider = UNSET if (value := pop("provider", None)) is None else _provider.read(value)
        self.provider_job_id = pop("provider_job_id", UNSET)
        self.input_params = pop("input_params", UNSET)
        self.input_format = UNSET if (value := pop("input_format", None)) is None else _input_format.read(value)
        self.tags = pop("tags", UNSET)
        self.created_at = pop("created_at", UNSET)
        self.started_at = pop("started_at", UNSET)
        self.ended_at = pop("ended_at", UNSET)
        self.runtime = pop("runtime", UNSET)
        self.shots = pop("shots", UNSET)
        self.session_id = pop("session_id", UNSET)
        self.sdk_provider = UNSET if (value := pop("sdk_provider", None)) is None else _sdk_provider.read(value)
        self.usage_time_millis = pop("usage_time_millis", UNSET)
        self.usage_time_state = (
            UNSET if (value := pop("usage_time_state", None)) is None else _usage_time_state.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

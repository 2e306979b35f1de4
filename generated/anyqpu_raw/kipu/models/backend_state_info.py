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
from . import backend_state_info_status as _backend_state_info_status

if TYPE_CHECKING:
    from .backend_state_info_status import BackendStateInfoStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BackendStateInfo(ApiModel):
    """Live operational state of a quantum backend: availability and queue metrics.

    Attributes:
        status: Operational state of a quantum backend. ONLINE: processing submitted jobs and accepting new ones.
            PAUSED: accepting jobs but not currently processing them. OFFLINE: not accepting new jobs (e.g.
            maintenance). RETIRED: no longer available. UNKNOWN: state could not be determined.
        queue_avg_time: Average queue waiting time in seconds, as reported by the provider.
        queue_size: Current number of jobs queued on the backend.
    """

    status: BackendStateInfoStatus
    queue_avg_time: int | None | Unset = UNSET
    queue_size: int | None | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("queue_avg_time", "queue_avg_time"),
        ("queue_size", "queue_size"),
    )
    REQUIRED = frozenset(
        {
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
        self.status = _backend_state_info_status.read(pop("status"))
        self.queue_avg_time = pop("queue_avg_time", UNSET)
        self.queue_size = pop("queue_size", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
from . import batch_status as _batch_status

if TYPE_CHECKING:
    from .batch_status import BatchStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BatchStatusInfo(ApiModel):
    """The status of a batch.

    Attributes:
        status: An enumeration.
    """

    status: BatchStatus
    id: str | Unset = UNSET
    jobs_count_per_status: dict[str, int] | None | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("id", "id"),
        ("jobs_count_per_status", "jobs_count_per_status"),
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
        self.status = _batch_status.read(pop("status"))
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.jobs_count_per_status = pop("jobs_count_per_status", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import job_result as _job_result

if TYPE_CHECKING:
    from .job_result import JobResult

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListJobResultsResponse(ApiModel):
    """ListJobResultsResponse

    Attributes:
        total_count: Total number of results.
        job_results: List of results.
    """

    total_count: int | Unset = UNSET
    job_results: list[JobResult] | Unset = UNSET

    FIELDS = (
        ("total_count", "total_count"),
        ("job_results", "job_results"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.total_count = UNSET if (value := pop("total_count", None)) is None else value
        self.job_results = (
            UNSET if (value := pop("job_results", None)) is None else decode_models(value, _job_result.JobResult)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

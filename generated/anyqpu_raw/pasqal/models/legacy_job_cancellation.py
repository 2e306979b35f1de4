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
from . import job_with_result as _job_with_result

if TYPE_CHECKING:
    from .job_with_result import JobWithResult

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class LegacyJobCancellation(ApiModel):
    """Jobs cancelled, with their results, and why others were not, by id."""

    jobs: list[JobWithResult] | Unset = UNSET
    errors: dict[str, str] | Unset = UNSET

    FIELDS = (
        ("jobs", "jobs"),
        ("errors", "errors"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.jobs = (
            UNSET if (value := pop("jobs", None)) is None else decode_models(value, _job_with_result.JobWithResult)
        )
        self.errors = UNSET if (value := pop("errors", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

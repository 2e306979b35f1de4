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
from . import job_frequency_count as _job_frequency_count

if TYPE_CHECKING:
    from .job_frequency_count import JobFrequencyCount

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class JobFrequency(ApiModel):
    """How many jobs ran, by date and device."""

    count: list[JobFrequencyCount] | Unset = UNSET
    job_date_scope: str | Unset = UNSET

    FIELDS = (
        ("count", "count"),
        ("job_date_scope", "job_date_scope"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.count = (
            UNSET
            if (value := pop("count", None)) is None
            else decode_models(value, _job_frequency_count.JobFrequencyCount)
        )
        self.job_date_scope = UNSET if (value := pop("job_date_scope", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

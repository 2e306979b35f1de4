from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class QuandelaJobInputParams(ApiModel):
    """Optional job parameters for Quandela backends. These are combined with the input payload before submission
    to the Quandela Cloud API.

    Attributes:
        pcvl_version: Perceval library version used to generate the payload
        platform_name: Name of the target platform (e.g. sim:altair)
        process_id: Identifier of the process to run
        job_group_name: Name of the job group for batch submissions
        max_duration: Maximum duration in seconds for the job execution
    """

    pcvl_version: str | Unset = UNSET
    platform_name: str | Unset = UNSET
    process_id: str | Unset = UNSET
    job_group_name: str | Unset = UNSET
    max_duration: int | Unset = UNSET

    FIELDS = (
        ("pcvl_version", "pcvl_version"),
        ("platform_name", "platform_name"),
        ("process_id", "process_id"),
        ("job_group_name", "job_group_name"),
        ("max_duration", "max_duration"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.pcvl_version = UNSET if (value := pop("pcvl_version", None)) is None else value
        self.platform_name = UNSET if (value := pop("platform_name", None)) is None else value
        self.process_id = UNSET if (value := pop("process_id", None)) is None else value
        self.job_group_name = UNSET if (value := pop("job_group_name", None)) is None else value
        self.max_duration = UNSET if (value := pop("max_duration", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

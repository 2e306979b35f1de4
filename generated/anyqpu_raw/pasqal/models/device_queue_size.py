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
class DeviceQueueSize(ApiModel):
    """What waits in a queue."""

    queue: str | Unset = UNSET
    number_of_batches: int | Unset = UNSET
    number_of_jobs: int | Unset = UNSET
    number_of_shots: int | Unset = UNSET

    FIELDS = (
        ("queue", "queue"),
        ("number_of_batches", "number_of_batches"),
        ("number_of_jobs", "number_of_jobs"),
        ("number_of_shots", "number_of_shots"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.queue = UNSET if (value := pop("queue", None)) is None else value
        self.number_of_batches = UNSET if (value := pop("number_of_batches", None)) is None else value
        self.number_of_jobs = UNSET if (value := pop("number_of_jobs", None)) is None else value
        self.number_of_shots = UNSET if (value := pop("number_of_shots", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    unknown_fields,
)


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
        rest = dict(src_dict)
        self = cls(
            queue=UNSET if (value := rest.pop("queue", None)) is None else value,
            number_of_batches=UNSET if (value := rest.pop("number_of_batches", None)) is None else value,
            number_of_jobs=UNSET if (value := rest.pop("number_of_jobs", None)) is None else value,
            number_of_shots=UNSET if (value := rest.pop("number_of_shots", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class JobResult(ApiModel):
    """JobResult

    Attributes:
        job_id: ID of the parent job.
        result: Result in JSON format.
        url: URL to download a large result (optional).
        created_at: Creation time of the result. (RFC 3339 format)
    """

    job_id: str | Unset = UNSET
    result: str | None | Unset = UNSET
    url: str | None | Unset = UNSET
    created_at: datetime | None | Unset = UNSET

    FIELDS = (
        ("job_id", "job_id"),
        ("result", "result"),
        ("url", "url"),
        ("created_at", "created_at"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.job_id = UNSET if (value := pop("job_id", None)) is None else value
        self.result = pop("result", UNSET)
        self.url = pop("url", UNSET)
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

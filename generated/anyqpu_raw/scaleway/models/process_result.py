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
class ProcessResult(ApiModel):
    """ProcessResult

    Attributes:
        process_id: ID of the parent process.
        result: Result in JSON format.
        created_at: Creation time of the result. (RFC 3339 format)
    """

    process_id: str | Unset = UNSET
    result: str | Unset = UNSET
    created_at: datetime | None | Unset = UNSET

    FIELDS = (
        ("process_id", "process_id"),
        ("result", "result"),
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
        self.process_id = UNSET if (value := pop("process_id", None)) is None else value
        self.result = UNSET if (value := pop("result", None)) is None else value
        self.created_at = (
            value if (value := pop("created_at", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

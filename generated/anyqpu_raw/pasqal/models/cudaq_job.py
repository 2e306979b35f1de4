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
class CudaqJob(ApiModel):
    """A job of CUDA-Q; creating it answers with the id alone.

    Attributes:
        status: An enumeration.
    """

    id: str | Unset = UNSET
    status: BatchStatus | Unset = UNSET
    result: Any = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("result", "result"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.status = UNSET if (value := pop("status", None)) is None else _batch_status.read(value)
        self.result = pop("result", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

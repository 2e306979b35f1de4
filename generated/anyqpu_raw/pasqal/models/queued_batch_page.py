from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import pagination as _pagination

if TYPE_CHECKING:
    from .pagination import Pagination

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class QueuedBatchPage(ApiModel):
    """QueuedBatchPage

    Attributes:
        pagination: Which part of the matches a page holds.
    """

    data: list[dict[str, Any]]
    status: str | Unset = UNSET
    message: str | Unset = UNSET
    code: str | int | Unset = UNSET
    pagination: Pagination | Unset = UNSET

    FIELDS = (
        ("data", "data"),
        ("status", "status"),
        ("message", "message"),
        ("code", "code"),
        ("pagination", "pagination"),
    )
    REQUIRED = frozenset(
        {
            "data",
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
        self.data = pop("data")
        self.status = UNSET if (value := pop("status", None)) is None else value
        self.message = UNSET if (value := pop("message", None)) is None else value
        self.code = UNSET if (value := pop("code", None)) is None else value
        self.pagination = (
            UNSET if (value := pop("pagination", None)) is None else decode_model(value, _pagination.Pagination)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_model,
    unknown_fields,
)
from . import pagination as _pagination

if TYPE_CHECKING:
    from .pagination import Pagination


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
        rest = dict(src_dict)
        self = cls(
            data=rest.pop("data"),
            status=UNSET if (value := rest.pop("status", None)) is None else value,
            message=UNSET if (value := rest.pop("message", None)) is None else value,
            code=UNSET if (value := rest.pop("code", None)) is None else value,
            pagination=UNSET
            if (value := rest.pop("pagination", None)) is None
            else decode_model(value, _pagination.Pagination),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
from . import job as _job

if TYPE_CHECKING:
    from .job import Job

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class PageResponseJob(ApiModel):
    """A single page of results from a paginated listing endpoint.

    Attributes:
        content: Items contained in the current page, in the page's order.
        page: Zero-based index of the current page.
        size: Maximum number of items per page requested by the caller.
        total_elements: Total number of items across all pages matching the query.
        total_pages: Total number of pages available given the page size.
    """

    content: list[Job] | Unset = UNSET
    page: int | Unset = UNSET
    size: int | Unset = UNSET
    total_elements: int | Unset = UNSET
    total_pages: int | Unset = UNSET

    FIELDS = (
        ("content", "content"),
        ("page", "page"),
        ("size", "size"),
        ("total_elements", "total_elements"),
        ("total_pages", "total_pages"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.content = UNSET if (value := pop("content", None)) is None else decode_models(value, _job.Job)
        self.page = UNSET if (value := pop("page", None)) is None else value
        self.size = UNSET if (value := pop("size", None)) is None else value
        self.total_elements = UNSET if (value := pop("total_elements", None)) is None else value
        self.total_pages = UNSET if (value := pop("total_pages", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

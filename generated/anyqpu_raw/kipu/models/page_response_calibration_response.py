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
from . import (
    calibration_response as _calibration_response,
)

if TYPE_CHECKING:
    from .calibration_response import CalibrationResponse

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class PageResponseCalibrationResponse(ApiModel):
    """One page of a list of calibrations."""

    content: list[CalibrationResponse] | Unset = UNSET
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
        self.content = (
            UNSET
            if (value := pop("content", None)) is None
            else decode_models(value, _calibration_response.CalibrationResponse)
        )
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

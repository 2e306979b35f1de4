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
from . import booking as _booking

if TYPE_CHECKING:
    from .booking import Booking

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ListBookingsResponse(ApiModel):
    """ListBookingsResponse

    Attributes:
        total_count: Total number of bookings.
        bookings: List of bookings.
    """

    total_count: int | Unset = UNSET
    bookings: list[Booking] | Unset = UNSET

    FIELDS = (
        ("total_count", "total_count"),
        ("bookings", "bookings"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.total_count = UNSET if (value := pop("total_count", None)) is None else value
        self.bookings = UNSET if (value := pop("bookings", None)) is None else decode_models(value, _booking.Booking)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

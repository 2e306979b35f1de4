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
class Money(ApiModel):
    """An amount of money, `units` whole units plus `nanos` billionths of one.

    Attributes:
        currency_code: ISO 4217 code of the currency.
        units: Whole units of the currency.
        nanos: Billionths of a unit; of the same sign as units.
    """

    currency_code: str | Unset = UNSET
    units: int | Unset = UNSET
    nanos: int | Unset = UNSET

    FIELDS = (
        ("currency_code", "currency_code"),
        ("units", "units"),
        ("nanos", "nanos"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.currency_code = UNSET if (value := pop("currency_code", None)) is None else value
        self.units = UNSET if (value := pop("units", None)) is None else value
        self.nanos = UNSET if (value := pop("nanos", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

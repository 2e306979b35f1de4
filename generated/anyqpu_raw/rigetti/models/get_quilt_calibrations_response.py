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
class GetQuiltCalibrationsResponse(ApiModel):
    """GetQuiltCalibrationsResponse

    Attributes:
        quilt: Calibrations suitable for use in a Quil-T program
        settings_timestamp: ISO8601 timestamp of the settings used to generate these calibrations
    """

    quilt: str
    settings_timestamp: str | Unset = UNSET

    FIELDS = (
        ("quilt", "quilt"),
        ("settings_timestamp", "settingsTimestamp"),
    )
    REQUIRED = frozenset(
        {
            "quilt",
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
        self.quilt = pop("quilt")
        self.settings_timestamp = UNSET if (value := pop("settingsTimestamp", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

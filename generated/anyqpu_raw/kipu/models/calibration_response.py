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
class CalibrationResponse(ApiModel):
    """Calibration snapshot for a quantum backend at a specific point in time. The shape of the calibration payload
    depends on the backend technology (e.g. gate-based vs. neutral-atom).

    Attributes:
        backend_id: Unique backend identifier
        calibrated_at: Instant at which the calibration was effective on the backend.
    """

    backend_id: str | Unset = UNSET
    calibrated_at: datetime | Unset = UNSET
    calibration: dict[str, Any] | Unset = UNSET

    FIELDS = (
        ("backend_id", "backend_id"),
        ("calibrated_at", "calibrated_at"),
        ("calibration", "calibration"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.backend_id = UNSET if (value := pop("backend_id", None)) is None else value
        self.calibrated_at = UNSET if (value := pop("calibrated_at", None)) is None else decode_datetime(value)
        self.calibration = UNSET if (value := pop("calibration", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
)


@define(kw_only=True, repr=False)
class IQMJobInputCircuitsItemArgs(ApiModel):
    """Arguments for the circuit, such as rotation angles.

    Attributes:
        angle_t: Rotation angle in units of full turns (t = turns, so 0.5 = pi radians).
        phase_t: Phase angle in units of full turns.
        key: Measurement key.
    """

    angle_t: float | Unset = UNSET
    phase_t: float | Unset = UNSET
    key: str | Unset = UNSET

    FIELDS = (
        ("angle_t", "angle_t"),
        ("phase_t", "phase_t"),
        ("key", "key"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            angle_t=UNSET if (value := rest.pop("angle_t", None)) is None else value,
            phase_t=UNSET if (value := rest.pop("phase_t", None)) is None else value,
            key=UNSET if (value := rest.pop("key", None)) is None else value,
        )
        if rest:
            self._extra = rest
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
)

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.angle_t = UNSET if (value := pop("angle_t", None)) is None else value
        self.phase_t = UNSET if (value := pop("phase_t", None)) is None else value
        self.key = UNSET if (value := pop("key", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = rest
        _usual.learn(cls, src_dict)
        return self

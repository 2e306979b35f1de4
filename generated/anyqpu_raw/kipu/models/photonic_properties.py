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
class PhotonicProperties(ApiModel):
    """Photonic-specific capability bounds for a backend (number of modes and photons).

    Attributes:
        max_modes: Maximum number of optical modes usable per circuit.
        min_modes: Minimum number of optical modes required per circuit.
        max_photons: Maximum number of photons usable per circuit.
        min_photons: Minimum number of photons required per circuit.
    """

    max_modes: int | Unset = UNSET
    min_modes: int | Unset = UNSET
    max_photons: int | Unset = UNSET
    min_photons: int | Unset = UNSET

    FIELDS = (
        ("max_modes", "max_modes"),
        ("min_modes", "min_modes"),
        ("max_photons", "max_photons"),
        ("min_photons", "min_photons"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.max_modes = UNSET if (value := pop("max_modes", None)) is None else value
        self.min_modes = UNSET if (value := pop("min_modes", None)) is None else value
        self.max_photons = UNSET if (value := pop("max_photons", None)) is None else value
        self.min_photons = UNSET if (value := pop("min_photons", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

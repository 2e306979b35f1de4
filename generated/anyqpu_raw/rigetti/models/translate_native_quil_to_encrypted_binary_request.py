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
class TranslateNativeQuilToEncryptedBinaryRequest(ApiModel):
    """TranslateNativeQuilToEncryptedBinaryRequest

    Attributes:
        num_shots: Number of iterations to execute on the control hardware
        quil: The native Quil program to be translated for execution
        settings_timestamp: ISO8601 timestamp of the latest settings to be used in translation. If omitted, latest settings will
            be used.
    """

    num_shots: int
    quil: str
    settings_timestamp: str | Unset = UNSET

    FIELDS = (
        ("num_shots", "numShots"),
        ("quil", "quil"),
        ("settings_timestamp", "settingsTimestamp"),
    )
    REQUIRED = frozenset(
        {
            "numShots",
            "quil",
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
        self.num_shots = pop("numShots")
        self.quil = pop("quil")
        self.settings_timestamp = UNSET if (value := pop("settingsTimestamp", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

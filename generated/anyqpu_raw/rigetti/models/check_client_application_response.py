from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CheckClientApplicationResponse(ApiModel):
    """CheckClientApplicationResponse

    Attributes:
        is_update_required: Set to true if component is not at latest version.
    """

    is_latest_version: bool
    is_update_required: bool
    message: str

    FIELDS = (
        ("is_latest_version", "isLatestVersion"),
        ("is_update_required", "isUpdateRequired"),
        ("message", "message"),
    )
    REQUIRED = frozenset(
        {
            "isLatestVersion",
            "isUpdateRequired",
            "message",
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
        self.is_latest_version = pop("isLatestVersion")
        self.is_update_required = pop("isUpdateRequired")
        self.message = pop("message")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

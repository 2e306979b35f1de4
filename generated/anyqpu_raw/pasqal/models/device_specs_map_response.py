from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class DeviceSpecsMapResponse(ApiModel):
    """DeviceSpecsMapResponse"""

    data: dict[str, str]
    status: str | Unset = UNSET
    message: str | Unset = UNSET
    code: str | int | Unset = UNSET

    FIELDS = (
        ("data", "data"),
        ("status", "status"),
        ("message", "message"),
        ("code", "code"),
    )
    REQUIRED = frozenset(
        {
            "data",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            data=rest.pop("data"),
            status=UNSET if (value := rest.pop("status", None)) is None else value,
            message=UNSET if (value := rest.pop("message", None)) is None else value,
            code=UNSET if (value := rest.pop("code", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
class ErrorResponse(ApiModel):
    """An error in JSend; gateways in front of the service may answer otherwise, or with nothing.

    Attributes:
        status: fail or error
        data: Often {description: a text or a list}; may be missing.
    """

    status: str | Unset = UNSET
    message: str | None | Unset = UNSET
    code: str | int | None | Unset = UNSET
    data: Any = UNSET

    FIELDS = (
        ("status", "status"),
        ("message", "message"),
        ("code", "code"),
        ("data", "data"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.status = UNSET if (value := pop("status", None)) is None else value
        self.message = pop("message", UNSET)
        self.code = pop("code", UNSET)
        self.data = pop("data", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

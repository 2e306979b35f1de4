from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import validation_error_in as _validation_error_in

if TYPE_CHECKING:
    from .validation_error_in import ValidationErrorIn

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ValidationError(ApiModel):
    """ValidationError"""

    message: str
    in_: ValidationErrorIn | Unset = UNSET
    path: list[str] | Unset = UNSET

    FIELDS = (
        ("message", "message"),
        ("in_", "in"),
        ("path", "path"),
    )
    REQUIRED = frozenset(
        {
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
        self.message = pop("message")
        self.in_ = UNSET if (value := pop("in", None)) is None else _validation_error_in.read(value)
        self.path = UNSET if (value := pop("path", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

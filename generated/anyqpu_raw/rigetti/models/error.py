from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import validation_error as _validation_error

if TYPE_CHECKING:
    from .validation_error import ValidationError

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Error(ApiModel):
    """Error"""

    code: str
    message: str
    request_id: str | Unset = UNSET
    validation_errors: list[ValidationError] | Unset = UNSET

    FIELDS = (
        ("code", "code"),
        ("message", "message"),
        ("request_id", "requestId"),
        ("validation_errors", "validationErrors"),
    )
    REQUIRED = frozenset(
        {
            "code",
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
        self.code = pop("code")
        self.message = pop("message")
        self.request_id = UNSET if (value := pop("requestId", None)) is None else value
        self.validation_errors = (
            UNSET
            if (value := pop("validationErrors", None)) is None
            else decode_models(value, _validation_error.ValidationError)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)
from . import (
    normalized_error_result_type as _normalized_error_result_type,
)

if TYPE_CHECKING:
    from .normalized_error_result_type import NormalizedErrorResultType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NormalizedErrorResult(ApiModel):
    """The error of a job that failed, once for the whole job.

    Attributes:
        error: A message, with the code and details of the provider if there are any.
    """

    type_: NormalizedErrorResultType
    error: dict[str, Any]

    FIELDS = (
        ("type_", "type"),
        ("error", "error"),
    )
    REQUIRED = frozenset(
        {
            "type",
            "error",
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
        self.type_ = _normalized_error_result_type.read(pop("type"))
        self.error = pop("error")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

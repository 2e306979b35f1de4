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
from . import batch as _batch

if TYPE_CHECKING:
    from .batch import Batch

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BatchCancellation(ApiModel):
    """Batches cancelled, and why others were not, by id."""

    batches: list[Batch] | Unset = UNSET
    errors: dict[str, str] | Unset = UNSET

    FIELDS = (
        ("batches", "batches"),
        ("errors", "errors"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.batches = UNSET if (value := pop("batches", None)) is None else decode_models(value, _batch.Batch)
        self.errors = UNSET if (value := pop("errors", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
from . import (
    normalized_unmapped_result_type as _normalized_unmapped_result_type,
)

if TYPE_CHECKING:
    from .normalized_unmapped_result_type import NormalizedUnmappedResultType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NormalizedUnmappedResult(ApiModel):
    """The place of a program whose result has no normalized form.

    Attributes:
        index: Place of the program in the job, from 0.
        name: Name of the program; several may have the same.
    """

    type_: NormalizedUnmappedResultType
    index: int | Unset = UNSET
    name: str | None | Unset = UNSET
    reason: str | None | Unset = UNSET

    FIELDS = (
        ("type_", "type"),
        ("index", "index"),
        ("name", "name"),
        ("reason", "reason"),
    )
    REQUIRED = frozenset(
        {
            "type",
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
        self.type_ = _normalized_unmapped_result_type.read(pop("type"))
        self.index = UNSET if (value := pop("index", None)) is None else value
        self.name = pop("name", UNSET)
        self.reason = pop("reason", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

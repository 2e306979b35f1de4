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
from . import (
    normalized_pub as _normalized_pub,
    qasm_format as _qasm_format,
)

if TYPE_CHECKING:
    from .normalized_pub import NormalizedPub
    from .qasm_format import QasmFormat

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NormalizedJobInput(ApiModel):
    """Programs of a job in OpenQASM, in their order.

    Attributes:
        format_: Version of OpenQASM that a text is in.
    """

    format_: QasmFormat | Unset = UNSET
    pubs: list[NormalizedPub] | Unset = UNSET

    FIELDS = (
        ("format_", "format"),
        ("pubs", "pubs"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.format_ = UNSET if (value := pop("format", None)) is None else _qasm_format.read(value)
        self.pubs = (
            UNSET if (value := pop("pubs", None)) is None else decode_models(value, _normalized_pub.NormalizedPub)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

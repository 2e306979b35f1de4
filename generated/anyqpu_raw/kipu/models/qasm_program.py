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
class QasmProgram(ApiModel):
    """A program in OpenQASM.

    Attributes:
        qasm: Text of the program.
        name: Name of the program.
    """

    qasm: str
    name: str | None | Unset = UNSET

    FIELDS = (
        ("qasm", "qasm"),
        ("name", "name"),
    )
    REQUIRED = frozenset(
        {
            "qasm",
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
        self.qasm = pop("qasm")
        self.name = pop("name", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.qasm = pop("qasm")
        self.name = pop("name", UNSET)
        self._extra = None
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class QudoraJobInput(ApiModel):
    """Quantum program input for Qudora backends

    Attributes:
        qasm: Quantum program source code in OpenQASM 2.0 or OpenQASM 3.0 format
    """

    qasm: str | list[str]

    FIELDS = (("qasm", "qasm"),)
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
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

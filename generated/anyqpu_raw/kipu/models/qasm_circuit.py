from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import qasm_format as _qasm_format, qasm_program as _qasm_program

if TYPE_CHECKING:
    from .qasm_format import QasmFormat
    from .qasm_program import QasmProgram

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class QasmCircuit(ApiModel):
    """The programs of a job in OpenQASM, for display; the machine does not get them.

    Attributes:
        format_: Version of OpenQASM that a text is in.
    """

    format_: QasmFormat
    programs: list[QasmProgram]

    FIELDS = (
        ("format_", "format"),
        ("programs", "programs"),
    )
    REQUIRED = frozenset(
        {
            "format",
            "programs",
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
        self.format_ = _qasm_format.read(pop("format"))
        self.programs = decode_models(pop("programs"), _qasm_program.QasmProgram)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

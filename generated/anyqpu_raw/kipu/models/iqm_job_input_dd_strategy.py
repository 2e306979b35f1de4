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
class IQMJobInputDdStrategy(ApiModel):
    """Dynamical decoupling strategy configuration.

    Attributes:
        gate_sequences: Gate sequences for dynamical decoupling.
        merge_contiguous_waits: Whether to merge contiguous wait periods.
        skip_leading_wait: Whether to skip the leading wait period.
        skip_trailing_wait: Whether to skip the trailing wait period.
        target_qubits: Target qubits for dynamical decoupling.
    """

    gate_sequences: list[list[str]] | Unset = UNSET
    merge_contiguous_waits: bool | Unset = UNSET
    skip_leading_wait: bool | Unset = UNSET
    skip_trailing_wait: bool | Unset = UNSET
    target_qubits: list[str] | Unset = UNSET

    FIELDS = (
        ("gate_sequences", "gate_sequences"),
        ("merge_contiguous_waits", "merge_contiguous_waits"),
        ("skip_leading_wait", "skip_leading_wait"),
        ("skip_trailing_wait", "skip_trailing_wait"),
        ("target_qubits", "target_qubits"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.gate_sequences = UNSET if (value := pop("gate_sequences", None)) is None else value
        self.merge_contiguous_waits = UNSET if (value := pop("merge_contiguous_waits", None)) is None else value
        self.skip_leading_wait = UNSET if (value := pop("skip_leading_wait", None)) is None else value
        self.skip_trailing_wait = UNSET if (value := pop("skip_trailing_wait", None)) is None else value
        self.target_qubits = UNSET if (value := pop("target_qubits", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
from . import kipu_job_input_params_mode as _kipu_job_input_params_mode

if TYPE_CHECKING:
    from .kipu_job_input_params_mode import KipuJobInputParamsMode

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class KipuJobInputParams(ApiModel):
    """Optional job parameters for Kipu backends. Mirrors the qsim simulator's POST /jobs body fields beyond
    `input`/`shots`, flattened: SDK users set tuning options directly instead of nesting them under `options`.

    Attributes:
        mode: Simulation mode. `sample` returns measurement counts (uses `shots`); `statevector` returns the full
            final state vector; `amplitudes` returns amplitudes for the bitstrings listed in `bitstrings`.
        max_fused_gate_size: qsim's max-fused-gate optimization. Higher = potentially faster but more memory. Default 2.
        cpu_threads: OpenMP thread count for the simulation. `0` (default) lets qsim pick.
        bitstrings: Bitstrings to compute amplitudes for. Required when `mode` is `amplitudes`, ignored otherwise. Each
            entry is a binary string of length `num_qubits` (e.g. `"00"`, `"11"`).
    """

    mode: KipuJobInputParamsMode | Unset = UNSET
    max_fused_gate_size: int | Unset = UNSET
    cpu_threads: int | Unset = UNSET
    bitstrings: list[str] | Unset = UNSET

    FIELDS = (
        ("mode", "mode"),
        ("max_fused_gate_size", "max_fused_gate_size"),
        ("cpu_threads", "cpu_threads"),
        ("bitstrings", "bitstrings"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.mode = UNSET if (value := pop("mode", None)) is None else _kipu_job_input_params_mode.read(value)
        self.max_fused_gate_size = UNSET if (value := pop("max_fused_gate_size", None)) is None else value
        self.cpu_threads = UNSET if (value := pop("cpu_threads", None)) is None else value
        self.bitstrings = UNSET if (value := pop("bitstrings", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

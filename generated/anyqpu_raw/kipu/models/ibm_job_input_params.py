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
    ibm_job_input_params_log_level as _ibm_job_input_params_log_level,
)

if TYPE_CHECKING:
    from .ibm_job_input_params_log_level import IBMJobInputParamsLogLevel

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class IBMJobInputParams(ApiModel):
    """Input parameters for IBM Quantum job creation

    Attributes:
        program_id: The ID of the Qiskit Runtime program to run (e.g. 'sampler', 'estimator')
        max_execution_time: Maximum execution time in seconds
        log_level: Log level for the job execution
    """

    program_id: str
    max_execution_time: int | Unset = UNSET
    log_level: IBMJobInputParamsLogLevel | Unset = UNSET

    FIELDS = (
        ("program_id", "program_id"),
        ("max_execution_time", "max_execution_time"),
        ("log_level", "log_level"),
    )
    REQUIRED = frozenset(
        {
            "program_id",
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
        self.program_id = pop("program_id")
        self.max_execution_time = UNSET if (value := pop("max_execution_time", None)) is None else value
        self.log_level = (
            UNSET if (value := pop("log_level", None)) is None else _ibm_job_input_params_log_level.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

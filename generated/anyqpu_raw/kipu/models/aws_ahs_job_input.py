from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_model,
    unknown_fields,
)
from . import aws_ahs_job_input_ahs_program as _aws_ahs_job_input_ahs_program

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program import AwsAHSJobInputAhsProgram


@define(kw_only=True, repr=False)
class AwsAHSJobInput(ApiModel):
    """Analog Hamiltonian Simulation program for AWS Braket AHS backends (e.g. QuEra Aquila).

    Attributes:
        ahs_program: The Analog Hamiltonian Simulation program definition
    """

    ahs_program: AwsAHSJobInputAhsProgram

    FIELDS = (("ahs_program", "ahs_program"),)
    REQUIRED = frozenset(
        {
            "ahs_program",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.ahs_program = decode_model(pop("ahs_program"), _aws_ahs_job_input_ahs_program.AwsAHSJobInputAhsProgram)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

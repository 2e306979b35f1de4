from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_model,
    unknown_fields,
)
from . import (
    aws_ahs_job_input_ahs_program_setup_ahs_register as _aws_ahs_job_input_ahs_program_setup_ahs_register,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_setup_ahs_register import AwsAHSJobInputAhsProgramSetupAhsRegister


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramSetup(ApiModel):
    """Register setup defining atom positions and filling

    Attributes:
        ahs_register: Atomic register configuration with 2D coordinates and filling pattern
    """

    ahs_register: AwsAHSJobInputAhsProgramSetupAhsRegister

    FIELDS = (("ahs_register", "ahs_register"),)
    REQUIRED = frozenset(
        {
            "ahs_register",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.ahs_register = decode_model(
            pop("ahs_register"),
            _aws_ahs_job_input_ahs_program_setup_ahs_register.AwsAHSJobInputAhsProgramSetupAhsRegister,
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

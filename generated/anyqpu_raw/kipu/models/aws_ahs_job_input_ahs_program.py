from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    aws_ahs_job_input_ahs_program_hamiltonian as _aws_ahs_job_input_ahs_program_hamiltonian,
    aws_ahs_job_input_ahs_program_setup as _aws_ahs_job_input_ahs_program_setup,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_hamiltonian import AwsAHSJobInputAhsProgramHamiltonian
    from .aws_ahs_job_input_ahs_program_setup import AwsAHSJobInputAhsProgramSetup

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgram(ApiModel):
    """The Analog Hamiltonian Simulation program definition

    Attributes:
        setup: Register setup defining atom positions and filling
        hamiltonian: Hamiltonian definition with driving fields and optional local detuning
    """

    setup: AwsAHSJobInputAhsProgramSetup
    hamiltonian: AwsAHSJobInputAhsProgramHamiltonian

    FIELDS = (
        ("setup", "setup"),
        ("hamiltonian", "hamiltonian"),
    )
    REQUIRED = frozenset(
        {
            "setup",
            "hamiltonian",
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
        self.setup = decode_model(pop("setup"), _aws_ahs_job_input_ahs_program_setup.AwsAHSJobInputAhsProgramSetup)
        self.hamiltonian = decode_model(
            pop("hamiltonian"), _aws_ahs_job_input_ahs_program_hamiltonian.AwsAHSJobInputAhsProgramHamiltonian
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

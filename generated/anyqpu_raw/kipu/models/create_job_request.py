from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    input_format as _input_format,
    qasm_circuit as _qasm_circuit,
    sdk_provider as _sdk_provider,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input import AwsAHSJobInput
    from .aws_ahs_job_input_params import AwsAHSJobInputParams
    from .aws_qasm3_job_input import AwsQASM3JobInput
    from .aws_qasm3_job_input_params import AwsQASM3JobInputParams
    from .azure_ionq_job_input import AzureIonqJobInput
    from .azure_ionq_job_input_params import AzureIonqJobInputParams
    from .estimator_v2_input import EstimatorV2Input
    from .ibm_job_input_params import IBMJobInputParams
    from .input_format import InputFormat
    from .iqm_job_input import IQMJobInput
    from .iqm_job_input_params import IQMJobInputParams
    from .kipu_job_input import KipuJobInput
    from .kipu_job_input_params import KipuJobInputParams
    from .noise_learner_input import NoiseLearnerInput
    from .qasm_circuit import QasmCircuit
    from .quandela_job_input_params import QuandelaJobInputParams
    from .qudora_job_input import QudoraJobInput
    from .qudora_job_input_params import QudoraJobInputParams
    from .sampler_v2_input import SamplerV2Input
    from .sdk_provider import SdkProvider

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateJobRequest(ApiModel):
    """CreateJobRequest

    Attributes:
        backend_id: Unique backend identifier
        shots: Number of shots to execute
        input_: Backend-specific job input. The format depends on the backend the job is executed on.
        name: Optional name for the job
        input_format: Format of a job's input; the backend's configuration lists those it takes.
        input_params: Backend-specific job input parameters. The supported parameters depend on the backend the job is
            executed on.
        tags: Set of tags to identify or categorize the job
        session_id: Unique session identifier
        sdk_provider: SDK that made the job or session.
    """

    backend_id: str
    shots: int
    input_: (
        AzureIonqJobInput
        | dict[str, Any]
        | AwsAHSJobInput
        | QudoraJobInput
        | KipuJobInput
        | SamplerV2Input
        | EstimatorV2Input
        | NoiseLearnerInput
        | IQMJobInput
        | AwsQASM3JobInput
        | str
    )
    name: str | None | Unset = UNSET
    input_format: InputFormat | Unset = UNSET
    input_params: (
        AzureIonqJobInputParams
        | QuandelaJobInputParams
        | AwsAHSJobInputParams
        | QudoraJobInputParams
        | KipuJobInputParams
        | IBMJobInputParams
        | IQMJobInputParams
        | AwsQASM3JobInputParams
        | dict[str, Any]
        | Unset
    ) = UNSET
    tags: list[str] | None | Unset = UNSET
    session_id: str | None | Unset = UNSET
    sdk_provider: SdkProvider | Unset = UNSET
    qasm: QasmCircuit | None | Unset = UNSET

    FIELDS = (
        ("backend_id", "backend_id"),
        ("shots", "shots"),
        ("input_", "input"),
        ("name", "name"),
        ("input_format", "input_format"),
        ("input_params", "input_params"),
        ("tags", "tags"),
        ("session_id", "session_id"),
        ("sdk_provider", "sdk_provider"),
        ("qasm", "qasm"),
    )
    REQUIRED = frozenset(
        {
            "backend_id",
            "shots",
            "input",
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
        self.backend_id = pop("backend_id")
        self.shots = pop("shots")
        self.input_ = pop("input")
        self.name = pop("name", UNSET)
        self.input_format = UNSET if (value := pop("input_format", None)) is None else _input_format.read(value)
        self.input_params = UNSET if (value := pop("input_params", None)) is None else value
        self.tags = pop("tags", UNSET)
        self.session_id = pop("session_id", UNSET)
        self.sdk_provider = UNSET if (value := pop("sdk_provider", None)) is None else _sdk_provider.read(value)
        self.qasm = (
            value
            if (value := pop("qasm", UNSET)) is UNSET or value is None
            else (decode_model(value, _qasm_circuit.QasmCircuit))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

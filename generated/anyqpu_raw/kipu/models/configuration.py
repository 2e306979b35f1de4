from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_list,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    configuration_output_format as _configuration_output_format,
    connectivity as _connectivity,
    gate as _gate,
    input_format as _input_format,
    photonic_properties as _photonic_properties,
    qubit as _qubit,
    shots_range as _shots_range,
)

if TYPE_CHECKING:
    from .configuration_output_format import ConfigurationOutputFormat
    from .connectivity import Connectivity
    from .gate import Gate
    from .input_format import InputFormat
    from .photonic_properties import PhotonicProperties
    from .qubit import Qubit
    from .shots_range import ShotsRange

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Configuration(ApiModel):
    """Static hardware configuration of a quantum backend: gates, qubit count, connectivity, shot range, supported
    I/O formats.

    Attributes:
        gates: Native gates exposed by the backend.
        operations: Non-gate operations supported by the backend (e.g. measure, reset, barrier).
        qubit_count: Total number of qubits available on the backend.
        connectivity: Qubit connectivity of a backend. Either `fullyConnected=true` (all qubits coupled) or an explicit
            coupling graph.
        shots_range: Allowed range of shots per job on a backend.
        supported_input_formats: Input circuit formats the backend can accept.
        output_format: Format in which job results are returned.
        memory_result_supported: Whether the backend can return per-shot memory (not just aggregated counts).
        photonic_properties: Photonic-specific capability bounds for a backend (number of modes and photons).
        max_pubs_per_job: Programs that a job may have.
        total_shots_range: Allowed range of shots per job on a backend.
    """

    gates: list[Gate] | Unset = UNSET
    operations: list[str] | Unset = UNSET
    qubit_count: int | Unset = UNSET
    connectivity: Connectivity | Unset = UNSET
    shots_range: ShotsRange | Unset = UNSET
    supported_input_formats: list[InputFormat] | Unset = UNSET
    output_format: ConfigurationOutputFormat | Unset = UNSET
    memory_result_supported: bool | Unset = UNSET
    photonic_properties: PhotonicProperties | Unset = UNSET
    qubits: list[Qubit] | Unset = UNSET
    instructions: list[str] | Unset = UNSET
    max_pubs_per_job: int | None | Unset = UNSET
    total_shots_range: ShotsRange | Unset = UNSET

    FIELDS = (
        ("gates", "gates"),
        ("operations", "operations"),
        ("qubit_count", "qubit_count"),
        ("connectivity", "connectivity"),
        ("shots_range", "shots_range"),
        ("supported_input_formats", "supported_input_formats"),
        ("output_format", "output_format"),
        ("memory_result_supported", "memory_result_supported"),
        ("photonic_properties", "photonic_properties"),
        ("qubits", "qubits"),
        ("instructions", "instructions"),
        ("max_pubs_per_job", "max_pubs_per_job"),
        ("total_shots_range", "total_shots_range"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.gates = UNSET if (value := pop("gates", None)) is None else decode_models(value, _gate.Gate)
        self.operations = UNSET if (value := pop("operations", None)) is None else value
        self.qubit_count = UNSET if (value := pop("qubit_count", None)) is None else value
        self.connectivity = (
            UNSET if (value := pop("connectivity", None)) is None else decode_model(value, _connectivity.Connectivity)
        )
        self.shots_range = (
            UNSET if (value := pop("shots_range", None)) is None else decode_model(value, _shots_range.ShotsRange)
        )
        self.supported_input_formats = (
            UNSET
            if (value := pop("supported_input_formats", None)) is None
            else decode_list(value, lambda item: _input_format.read(item))
        )
        self.output_format = (
            UNSET if (value := pop("output_format", None)) is None else _configuration_output_format.read(value)
        )
        self.memory_result_supported = UNSET if (value := pop("memory_result_supported", None)) is None else value
        self.photonic_properties = (
            UNSET
            if (value := pop("photonic_properties", None)) is None
            else decode_model(value, _photonic_properties.PhotonicProperties)
        )
        self.qubits = UNSET if (value := pop("qubits", None)) is None else decode_models(value, _qubit.Qubit)
        self.instructions = UNSET if (value := pop("instructions", None)) is None else value
        self.max_pubs_per_job = pop("max_pubs_per_job", UNSET)
        self.total_shots_range = (
            UNSET if (value := pop("total_shots_range", None)) is None else decode_model(value, _shots_range.ShotsRange)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

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
from . import create_job_body_circuit as _create_job_body_circuit

if TYPE_CHECKING:
    from .create_job_body_circuit import CreateJobBodyCircuit

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateJobBody(ApiModel):
    """CreateJobBody

    Attributes:
        name: Name of the job.
        session_id: Session in which the job is executed.
        circuit: Quantum circuit that should be executed.
        tags: Tags of the job.
        max_duration: Maximum duration of the job. (in seconds)
        model_id: Computation model ID to be executed by the job.
        parameters: Execution parameters for this job.
    """

    name: str
    session_id: str
    circuit: CreateJobBodyCircuit
    tags: list[str] | None | Unset = UNSET
    max_duration: str | None | Unset = UNSET
    model_id: str | None | Unset = UNSET
    parameters: str | None | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("session_id", "session_id"),
        ("circuit", "circuit"),
        ("tags", "tags"),
        ("max_duration", "max_duration"),
        ("model_id", "model_id"),
        ("parameters", "parameters"),
    )
    REQUIRED = frozenset(
        {
            "name",
            "session_id",
            "circuit",
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
        self.name = pop("name")
        self.session_id = pop("session_id")
        self.circuit = decode_model(pop("circuit"), _create_job_body_circuit.CreateJobBodyCircuit)
        self.tags = pop("tags", UNSET)
        self.max_duration = pop("max_duration", UNSET)
        self.model_id = pop("model_id", UNSET)
        self.parameters = pop("parameters", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

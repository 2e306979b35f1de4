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
    unknown_fields,
)
from . import nomad_job_datacenters as _nomad_job_datacenters

if TYPE_CHECKING:
    from .nomad_job_datacenters import NomadJobDatacenters

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateEndpointParameters(ApiModel):
    """A publicly available set of parameters for defining an endpoint.

    Attributes:
        datacenters: Which datacenters are available for endpoint placement. Defaults to berkeley-775
        quantum_processor_ids: Public identifiers for quantum processors served by this endpoint.
    """

    datacenters: list[NomadJobDatacenters] | Unset = UNSET
    quantum_processor_ids: list[str] | Unset = UNSET

    FIELDS = (
        ("datacenters", "datacenters"),
        ("quantum_processor_ids", "quantumProcessorIds"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.datacenters = (
            UNSET
            if (value := pop("datacenters", None)) is None
            else decode_list(value, lambda item: _nomad_job_datacenters.read(item))
        )
        self.quantum_processor_ids = UNSET if (value := pop("quantumProcessorIds", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

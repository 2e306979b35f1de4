from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)
from . import (
    backend_name as _backend_name,
    workload_type as _workload_type,
)

if TYPE_CHECKING:
    from .backend_name import BackendName
    from .workload_type import WorkloadType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateWorkloadRequest(ApiModel):
    """CreateWorkloadRequest

    Attributes:
        workload_type: An enumeration.
        backend: An enumeration.
        config: Any JSON object: the page does not say what is inside.
    """

    project_id: str
    workload_type: WorkloadType
    backend: BackendName
    config: dict[str, Any]

    FIELDS = (
        ("project_id", "project_id"),
        ("workload_type", "workload_type"),
        ("backend", "backend"),
        ("config", "config"),
    )
    REQUIRED = frozenset(
        {
            "project_id",
            "workload_type",
            "backend",
            "config",
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
        self.project_id = pop("project_id")
        self.workload_type = _workload_type.read(pop("workload_type"))
        self.backend = _backend_name.read(pop("backend"))
        self.config = pop("config")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

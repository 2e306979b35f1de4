from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import (
    create_job_request as _create_job_request,
    device_type_name as _device_type_name,
)

if TYPE_CHECKING:
    from .create_job_request import CreateJobRequest
    from .device_type_name import DeviceTypeName

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateBatchRequest(ApiModel):
    """CreateBatchRequest

    Attributes:
        emulator: Enumeration of allowed and legacy device type names
        webhook: Where the service announces the results.
        device_type: A name such as EMU_FREE, EMU_MPS or FRESNEL; without it, the device of the sequence.
        backend_configuration: The configuration of an emulator, as Pulser's EmulationConfig writes it.
    """

    project_id: str
    configuration: Any = UNSET
    priority: float | Unset = UNSET
    emulator: DeviceTypeName | Unset = UNSET
    sequence_builder: str | None | Unset = UNSET
    tags: list[str] | Unset = UNSET
    complete: bool | Unset = UNSET
    open_: bool | Unset = UNSET
    jobs: list[CreateJobRequest] | Unset = UNSET
    webhook: str | None | Unset = UNSET
    device_type: str | None | Unset = UNSET
    backend_configuration: str | None | Unset = UNSET

    FIELDS = (
        ("project_id", "project_id"),
        ("configuration", "configuration"),
        ("priority", "priority"),
        ("emulator", "emulator"),
        ("sequence_builder", "sequence_builder"),
        ("tags", "tags"),
        ("complete", "complete"),
        ("open_", "open"),
        ("jobs", "jobs"),
        ("webhook", "webhook"),
        ("device_type", "device_type"),
        ("backend_configuration", "backend_configuration"),
    )
    REQUIRED = frozenset(
        {
            "project_id",
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
        self.configuration = pop("configuration", UNSET)
        self.priority = UNSET if (value := pop("priority", None)) is None else value
        self.emulator = UNSET if (value := pop("emulator", None)) is None else _device_type_name.read(value)
        self.sequence_builder = pop("sequence_builder", UNSET)
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self.complete = UNSET if (value := pop("complete", None)) is None else value
        self.open_ = UNSET if (value := pop("open", None)) is None else value
        self.jobs = (
            UNSET
            if (value := pop("jobs", None)) is None
            else decode_models(value, _create_job_request.CreateJobRequest)
        )
        self.webhook = pop("webhook", UNSET)
        self.device_type = pop("device_type", UNSET)
        self.backend_configuration = pop("backend_configuration", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

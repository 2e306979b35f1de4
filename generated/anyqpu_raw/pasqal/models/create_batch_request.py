from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_list,
    decode_model,
    unknown_fields,
)
from . import (
    create_job_request as _create_job_request,
    device_type_name as _device_type_name,
)

if TYPE_CHECKING:
    from .create_job_request import CreateJobRequest
    from .device_type_name import DeviceTypeName


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
        rest = dict(src_dict)
        self = cls(
            project_id=rest.pop("project_id"),
            configuration=rest.pop("configuration", UNSET),
            priority=UNSET if (value := rest.pop("priority", None)) is None else value,
            emulator=UNSET
            if (value := rest.pop("emulator", None)) is None
            else _device_type_name.DeviceTypeName.read(value),
            sequence_builder=rest.pop("sequence_builder", UNSET),
            tags=UNSET if (value := rest.pop("tags", None)) is None else value,
            complete=UNSET if (value := rest.pop("complete", None)) is None else value,
            open_=UNSET if (value := rest.pop("open", None)) is None else value,
            jobs=UNSET
            if (value := rest.pop("jobs", None)) is None
            else decode_list(value, lambda item: decode_model(item, _create_job_request.CreateJobRequest)),
            webhook=rest.pop("webhook", UNSET),
            device_type=rest.pop("device_type", UNSET),
            backend_configuration=rest.pop("backend_configuration", UNSET),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

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
from . import create_job_request as _create_job_request

if TYPE_CHECKING:
    from .create_job_request import CreateJobRequest


@define(kw_only=True, repr=False)
class CreateOvhBatchRequest(ApiModel):
    """CreateOvhBatchRequest"""

    sequence_builder: str | None | Unset = UNSET
    webhook: str | None | Unset = UNSET
    jobs: list[CreateJobRequest] | Unset = UNSET
    open_: bool | Unset = UNSET
    device_type: str | None | Unset = UNSET
    tags: list[str] | Unset = UNSET
    configuration: Any = UNSET
    backend_configuration: str | None | Unset = UNSET

    FIELDS = (
        ("sequence_builder", "sequence_builder"),
        ("webhook", "webhook"),
        ("jobs", "jobs"),
        ("open_", "open"),
        ("device_type", "device_type"),
        ("tags", "tags"),
        ("configuration", "configuration"),
        ("backend_configuration", "backend_configuration"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        self = cls(
            sequence_builder=rest.pop("sequence_builder", UNSET),
            webhook=rest.pop("webhook", UNSET),
            jobs=UNSET
            if (value := rest.pop("jobs", None)) is None
            else decode_list(value, lambda item: decode_model(item, _create_job_request.CreateJobRequest)),
            open_=UNSET if (value := rest.pop("open", None)) is None else value,
            device_type=rest.pop("device_type", UNSET),
            tags=UNSET if (value := rest.pop("tags", None)) is None else value,
            configuration=rest.pop("configuration", UNSET),
            backend_configuration=rest.pop("backend_configuration", UNSET),
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

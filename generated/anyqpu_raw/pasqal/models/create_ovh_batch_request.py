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
from . import create_job_request as _create_job_request

if TYPE_CHECKING:
    from .create_job_request import CreateJobRequest

_usual = UsualReaders()


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
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.sequence_builder = pop("sequence_builder", UNSET)
        self.webhook = pop("webhook", UNSET)
        self.jobs = (
            UNSET
            if (value := pop("jobs", None)) is None
            else decode_models(value, _create_job_request.CreateJobRequest)
        )
        self.open_ = UNSET if (value := pop("open", None)) is None else value
        self.device_type = pop("device_type", UNSET)
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self.configuration = pop("configuration", UNSET)
        self.backend_configuration = pop("backend_configuration", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

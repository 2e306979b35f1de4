from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_models,
    unknown_fields,
)
from . import device_queue_size as _device_queue_size

if TYPE_CHECKING:
    from .device_queue_size import DeviceQueueSize


@define(kw_only=True, repr=False)
class DeviceQueueSizes(ApiModel):
    """The queues of a device."""

    device_queues: list[DeviceQueueSize] | Unset = UNSET

    FIELDS = (("device_queues", "device_queues"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.device_queues = (
            UNSET
            if (value := pop("device_queues", None)) is None
            else decode_models(value, _device_queue_size.DeviceQueueSize)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

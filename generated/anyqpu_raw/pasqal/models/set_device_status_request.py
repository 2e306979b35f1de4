from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)
from . import device_status as _device_status

if TYPE_CHECKING:
    from .device_status import DeviceStatus


@define(kw_only=True, repr=False)
class SetDeviceStatusRequest(ApiModel):
    """SetDeviceStatusRequest

    Attributes:
        status: An enumeration.
    """

    status: DeviceStatus

    FIELDS = (("status", "status"),)
    REQUIRED = frozenset(
        {
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.status = _device_status.read(pop("status"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

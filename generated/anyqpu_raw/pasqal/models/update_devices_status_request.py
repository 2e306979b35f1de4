from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_list,
    unknown_fields,
)
from . import (
    device_status as _device_status,
    device_type_name as _device_type_name,
)

if TYPE_CHECKING:
    from .device_status import DeviceStatus
    from .device_type_name import DeviceTypeName

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class UpdateDevicesStatusRequest(ApiModel):
    """UpdateDevicesStatusRequest

    Attributes:
        status: An enumeration.
    """

    device_type_names: list[DeviceTypeName]
    status: DeviceStatus

    FIELDS = (
        ("device_type_names", "device_type_names"),
        ("status", "status"),
    )
    REQUIRED = frozenset(
        {
            "device_type_names",
            "status",
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
        self.device_type_names = decode_list(pop("device_type_names"), lambda item: _device_type_name.read(item))
        self.status = _device_status.read(pop("status"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

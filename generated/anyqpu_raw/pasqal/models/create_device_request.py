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
from . import (
    device_status as _device_status,
    device_type_name as _device_type_name,
    results_type as _results_type,
)

if TYPE_CHECKING:
    from .device_status import DeviceStatus
    from .device_type_name import DeviceTypeName
    from .results_type import ResultsType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateDeviceRequest(ApiModel):
    """CreateDeviceRequest

    Attributes:
        status: An enumeration.
        device_type: Enumeration of allowed and legacy device type names
    """

    status: DeviceStatus
    device_type: DeviceTypeName
    specs: str
    is_emulator: bool
    has_execution_logs: bool
    allowed_result_types: list[ResultsType]
    default_result_types: list[ResultsType]
    active: bool | Unset = UNSET

    FIELDS = (
        ("status", "status"),
        ("device_type", "device_type"),
        ("specs", "specs"),
        ("is_emulator", "is_emulator"),
        ("has_execution_logs", "has_execution_logs"),
        ("allowed_result_types", "allowed_result_types"),
        ("default_result_types", "default_result_types"),
        ("active", "active"),
    )
    REQUIRED = frozenset(
        {
            "status",
            "device_type",
            "specs",
            "is_emulator",
            "has_execution_logs",
            "allowed_result_types",
            "default_result_types",
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
        self.status = _device_status.read(pop("status"))
        self.device_type = _device_type_name.read(pop("device_type"))
        self.specs = pop("specs")
        self.is_emulator = pop("is_emulator")
        self.has_execution_logs = pop("has_execution_logs")
        self.allowed_result_types = decode_list(pop("allowed_result_types"), lambda item: _results_type.read(item))
        self.default_result_types = decode_list(pop("default_result_types"), lambda item: _results_type.read(item))
        self.active = UNSET if (value := pop("active", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import device_status as _device_status

if TYPE_CHECKING:
    from .device_status import DeviceStatus

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Device(ApiModel):
    """A QPU or an emulator.

    Attributes:
        status: An enumeration.
        availability: ACTIVE, INACTIVE or RETIRED
    """

    id: str
    status: DeviceStatus
    name: str | None | Unset = UNSET
    device_type: str | None | Unset = UNSET
    average_queue_time: int | None | Unset = UNSET
    max_atom_num: int | None | Unset = UNSET
    is_emulator: bool | None | Unset = UNSET
    active: bool | None | Unset = UNSET
    availability: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    bill_usage: bool | None | Unset = UNSET
    has_execution_logs: bool | None | Unset = UNSET
    channels: Any = UNSET
    allowed_result_types: list[str] | None | Unset = UNSET
    default_result_types: list[str] | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("status", "status"),
        ("name", "name"),
        ("device_type", "device_type"),
        ("average_queue_time", "average_queue_time"),
        ("max_atom_num", "max_atom_num"),
        ("is_emulator", "is_emulator"),
        ("active", "active"),
        ("availability", "availability"),
        ("description", "description"),
        ("bill_usage", "bill_usage"),
        ("has_execution_logs", "has_execution_logs"),
        ("channels", "channels"),
        ("allowed_result_types", "allowed_result_types"),
        ("default_result_types", "default_result_types"),
    )
    REQUIRED = frozenset(
        {
            "id",
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
        self.id = pop("id")
        self.status = _device_status.read(pop("status"))
        self.name = pop("name", UNSET)
        self.device_type = pop("device_type", UNSET)
        self.average_queue_time = pop("average_queue_time", UNSET)
        self.max_atom_num = pop("max_atom_num", UNSET)
        self.is_emulator = pop("is_emulator", UNSET)
        self.active = pop("active", UNSET)
        self.availability = pop("availability", UNSET)
        self.description = pop("description", UNSET)
        self.bill_usage = pop("bill_usage", UNSET)
        self.has_execution_logs = pop("has_execution_logs", UNSET)
        self.channels = pop("channels", UNSET)
        self.allowed_result_types = pop("allowed_result_types", UNSET)
        self.default_result_types = pop("default_result_types", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

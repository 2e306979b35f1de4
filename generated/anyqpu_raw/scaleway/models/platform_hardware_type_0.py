from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class PlatformHardwareType0(ApiModel):
    """Specifications of the underlying hardware.

    Attributes:
        name: Product name of the hardware.
        vcpus: Number of vCPUs available.
        gpus: Number of GPUs available (0 if no GPU).
        gpus_network: Network topology of GPUs (PCIe, NVLink...).
        ram: Amount of RAM available in byte.
        vram: Amount of VRAM available in byte (0 if no GPU).
    """

    name: str | Unset = UNSET
    vcpus: int | Unset = UNSET
    gpus: int | Unset = UNSET
    gpus_network: str | Unset = UNSET
    ram: int | Unset = UNSET
    vram: int | Unset = UNSET

    FIELDS = (
        ("name", "name"),
        ("vcpus", "vcpus"),
        ("gpus", "gpus"),
        ("gpus_network", "gpus_network"),
        ("ram", "ram"),
        ("vram", "vram"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.vcpus = UNSET if (value := pop("vcpus", None)) is None else value
        self.gpus = UNSET if (value := pop("gpus", None)) is None else value
        self.gpus_network = UNSET if (value := pop("gpus_network", None)) is None else value
        self.ram = UNSET if (value := pop("ram", None)) is None else value
        self.vram = UNSET if (value := pop("vram", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

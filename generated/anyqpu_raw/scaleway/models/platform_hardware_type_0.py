from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    unknown_fields,
)


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
        rest = dict(src_dict)
        self = cls(
            name=UNSET if (value := rest.pop("name", None)) is None else value,
            vcpus=UNSET if (value := rest.pop("vcpus", None)) is None else value,
            gpus=UNSET if (value := rest.pop("gpus", None)) is None else value,
            gpus_network=UNSET if (value := rest.pop("gpus_network", None)) is None else value,
            ram=UNSET if (value := rest.pop("ram", None)) is None else value,
            vram=UNSET if (value := rest.pop("vram", None)) is None else value,
        )
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

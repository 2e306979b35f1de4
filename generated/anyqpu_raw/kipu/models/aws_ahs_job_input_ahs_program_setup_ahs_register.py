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
    aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item as _aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item,
)

if TYPE_CHECKING:
    from .aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item import (
        AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem,
    )

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class AwsAHSJobInputAhsProgramSetupAhsRegister(ApiModel):
    """Atomic register configuration with 2D coordinates and filling pattern

    Attributes:
        sites: List of [x, y] coordinate pairs for atom trap positions in meters
        filling: List of 0 or 1 values indicating which sites are filled with atoms
    """

    sites: list[list[float]]
    filling: list[AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem]

    FIELDS = (
        ("sites", "sites"),
        ("filling", "filling"),
    )
    REQUIRED = frozenset(
        {
            "sites",
            "filling",
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
        self.sites = pop("sites")
        self.filling = decode_list(
            pop("filling"), lambda item: _aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item.read(item)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

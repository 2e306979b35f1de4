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
from . import application_type as _application_type

if TYPE_CHECKING:
    from .application_type import ApplicationType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Application(ApiModel):
    """Application

    Attributes:
        id: Unique ID of the application.
        name: Name of the application.
        type_: Type of the application.
        compatible_platform_ids: List of compatible platform (by IDs) able to run this application.
        input_template: JSON format describing the expected input.
    """

    id: str
    name: str | Unset = UNSET
    type_: ApplicationType | Unset = UNSET
    compatible_platform_ids: list[str] | Unset = UNSET
    input_template: str | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("name", "name"),
        ("type_", "type"),
        ("compatible_platform_ids", "compatible_platform_ids"),
        ("input_template", "input_template"),
    )
    REQUIRED = frozenset(
        {
            "id",
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
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.type_ = UNSET if (value := pop("type", None)) is None else _application_type.read(value)
        self.compatible_platform_ids = UNSET if (value := pop("compatible_platform_ids", None)) is None else value
        self.input_template = UNSET if (value := pop("input_template", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

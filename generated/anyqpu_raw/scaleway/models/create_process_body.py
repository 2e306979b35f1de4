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
class CreateProcessBody(ApiModel):
    """CreateProcessBody

    Attributes:
        project_id: ID of the project in which the process was created. (UUID format)
        platform_id: ID of the platform for which the process was created.
        application_id: ID of the application for which the process was created.
        name: Name of the process.
        input_: Process parameters in JSON format.
        tags: Tags of the process.
    """

    project_id: str
    platform_id: str | None
    application_id: str | None
    name: str | Unset = UNSET
    input_: str | None | Unset = UNSET
    tags: list[str] | Unset = UNSET

    FIELDS = (
        ("project_id", "project_id"),
        ("platform_id", "platform_id"),
        ("application_id", "application_id"),
        ("name", "name"),
        ("input_", "input"),
        ("tags", "tags"),
    )
    REQUIRED = frozenset(
        {
            "project_id",
            "platform_id",
            "application_id",
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
        self.project_id = pop("project_id")
        self.platform_id = pop("platform_id")
        self.application_id = pop("application_id")
        self.name = UNSET if (value := pop("name", None)) is None else value
        self.input_ = pop("input", UNSET)
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

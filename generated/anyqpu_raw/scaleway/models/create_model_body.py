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
class CreateModelBody(ApiModel):
    """CreateModelBody

    Attributes:
        project_id: Project ID to attach this model.
        payload: The serialized model data.
    """

    project_id: str | Unset = UNSET
    payload: str | None | Unset = UNSET

    FIELDS = (
        ("project_id", "project_id"),
        ("payload", "payload"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.project_id = UNSET if (value := pop("project_id", None)) is None else value
        self.payload = pop("payload", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

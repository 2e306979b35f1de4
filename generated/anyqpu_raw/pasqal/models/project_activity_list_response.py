from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_models,
    unknown_fields,
)
from . import project_activity as _project_activity

if TYPE_CHECKING:
    from .project_activity import ProjectActivity

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ProjectActivityListResponse(ApiModel):
    """ProjectActivityListResponse"""

    data: list[ProjectActivity]
    status: str | Unset = UNSET
    message: str | Unset = UNSET
    code: str | int | Unset = UNSET

    FIELDS = (
        ("data", "data"),
        ("status", "status"),
        ("message", "message"),
        ("code", "code"),
    )
    REQUIRED = frozenset(
        {
            "data",
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
        self.data = decode_models(pop("data"), _project_activity.ProjectActivity)
        self.status = UNSET if (value := pop("status", None)) is None else value
        self.message = UNSET if (value := pop("message", None)) is None else value
        self.code = UNSET if (value := pop("code", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

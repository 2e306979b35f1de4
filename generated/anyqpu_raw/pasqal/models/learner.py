from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    decode_map,
    decode_model,
    unknown_fields,
)
from . import learner_progress as _learner_progress, project_package as _project_package

if TYPE_CHECKING:
    from .learner_progress import LearnerProgress
    from .project_package import ProjectPackage

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Learner(ApiModel):
    """A user's progress in a course.

    Attributes:
        package: An enumeration.
    """

    user_id: str | Unset = UNSET
    package: ProjectPackage | Unset = UNSET
    progress: dict[str, LearnerProgress] | Unset = UNSET
    id: str | Unset = UNSET
    created_at: datetime | Unset = UNSET
    updated_at: datetime | Unset = UNSET

    FIELDS = (
        ("user_id", "user_id"),
        ("package", "package"),
        ("progress", "progress"),
        ("id", "id"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.user_id = UNSET if (value := pop("user_id", None)) is None else value
        self.package = UNSET if (value := pop("package", None)) is None else _project_package.read(value)
        self.progress = (
            UNSET
            if (value := pop("progress", None)) is None
            else decode_map(value, lambda item: decode_model(item, _learner_progress.LearnerProgress))
        )
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.created_at = UNSET if (value := pop("created_at", None)) is None else decode_datetime(value)
        self.updated_at = UNSET if (value := pop("updated_at", None)) is None else decode_datetime(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

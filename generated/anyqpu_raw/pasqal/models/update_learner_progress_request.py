from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_map,
    decode_model,
    unknown_fields,
)
from . import learner_progress as _learner_progress

if TYPE_CHECKING:
    from .learner_progress import LearnerProgress


@define(kw_only=True, repr=False)
class UpdateLearnerProgressRequest(ApiModel):
    """UpdateLearnerProgressRequest"""

    progress: dict[str, LearnerProgress]

    FIELDS = (("progress", "progress"),)
    REQUIRED = frozenset(
        {
            "progress",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.progress = decode_map(pop("progress"), lambda item: decode_model(item, _learner_progress.LearnerProgress))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class SessionStateUpdateRequest(ApiModel):
    """SessionStateUpdateRequest

    Attributes:
        accept_jobs: Controls whether the session accepts new job submissions. Set to true to keep the session open for
            new jobs (ACTIVE). Set to false to stop accepting new jobs while allowing already-submitted
            in-flight jobs to complete (DRAINING); to fully terminate the session instead, call closeSession.
    """

    accept_jobs: bool

    FIELDS = (("accept_jobs", "accept_jobs"),)
    REQUIRED = frozenset(
        {
            "accept_jobs",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.accept_jobs = pop("accept_jobs")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

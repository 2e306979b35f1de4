from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)
from . import session_status as _session_status

if TYPE_CHECKING:
    from .session_status import SessionStatus


@define(kw_only=True, repr=False)
class SessionStatusResponse(ApiModel):
    """Lightweight response carrying only the session's current lifecycle status.

    Attributes:
        status: State of a session. CLOSED, ABORTED and DETACHED are final.
    """

    status: SessionStatus

    FIELDS = (("status", "status"),)
    REQUIRED = frozenset(
        {
            "status",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.status = _session_status.read(pop("status"))
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

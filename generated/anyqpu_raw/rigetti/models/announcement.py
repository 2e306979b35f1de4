from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    decode_datetime,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Announcement(ApiModel):
    """News for the users of the service."""

    active: bool
    content_html: str
    created_at: datetime
    id: int

    FIELDS = (
        ("active", "active"),
        ("content_html", "contentHtml"),
        ("created_at", "createdAt"),
        ("id", "id"),
    )
    REQUIRED = frozenset(
        {
            "active",
            "contentHtml",
            "createdAt",
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
        self.active = pop("active")
        self.content_html = pop("contentHtml")
        self.created_at = decode_datetime(pop("createdAt"))
        self.id = pop("id")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

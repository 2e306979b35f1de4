from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    checksum_description as _checksum_description,
)

if TYPE_CHECKING:
    from .checksum_description import ChecksumDescription

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ClientApplicationsDownloadLink(ApiModel):
    """ClientApplicationsDownloadLink"""

    url: str
    checksum_description: ChecksumDescription | Unset = UNSET
    platform: str | Unset = UNSET

    FIELDS = (
        ("url", "url"),
        ("checksum_description", "checksumDescription"),
        ("platform", "platform"),
    )
    REQUIRED = frozenset(
        {
            "url",
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
        self.url = pop("url")
        self.checksum_description = (
            UNSET
            if (value := pop("checksumDescription", None)) is None
            else decode_model(value, _checksum_description.ChecksumDescription)
        )
        self.platform = UNSET if (value := pop("platform", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

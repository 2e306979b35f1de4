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
from . import (
    client_applications_download_link as _client_applications_download_link,
)

if TYPE_CHECKING:
    from .client_applications_download_link import ClientApplicationsDownloadLink

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class ClientApplication(ApiModel):
    """ClientApplication

    Attributes:
        latest_version: Semantic version
        minimum_version: Semantic version
    """

    latest_version: str
    name: str
    supported: bool
    details_uri: str | Unset = UNSET
    links: list[ClientApplicationsDownloadLink] | Unset = UNSET
    minimum_version: str | Unset = UNSET

    FIELDS = (
        ("latest_version", "latestVersion"),
        ("name", "name"),
        ("supported", "supported"),
        ("details_uri", "detailsUri"),
        ("links", "links"),
        ("minimum_version", "minimumVersion"),
    )
    REQUIRED = frozenset(
        {
            "latestVersion",
            "name",
            "supported",
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
        self.latest_version = pop("latestVersion")
        self.name = pop("name")
        self.supported = pop("supported")
        self.details_uri = UNSET if (value := pop("detailsUri", None)) is None else value
        self.links = (
            UNSET
            if (value := pop("links", None)) is None
            else decode_models(value, _client_applications_download_link.ClientApplicationsDownloadLink)
        )
        self.minimum_version = UNSET if (value := pop("minimumVersion", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

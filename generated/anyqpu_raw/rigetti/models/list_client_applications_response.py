from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    decode_models,
    unknown_fields,
)
from . import (
    client_application as _client_application,
)

if TYPE_CHECKING:
    from .client_application import ClientApplication


@define(kw_only=True, repr=False)
class ListClientApplicationsResponse(ApiModel):
    """ListClientApplicationsResponse"""

    client_applications: list[ClientApplication]

    FIELDS = (("client_applications", "clientApplications"),)
    REQUIRED = frozenset(
        {
            "clientApplications",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.client_applications = decode_models(pop("clientApplications"), _client_application.ClientApplication)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_list,
    decode_model,
    unknown_fields,
)
from . import backend_sdk as _backend_sdk, sdk_name as _sdk_name

if TYPE_CHECKING:
    from .backend_sdk import BackendSdk
    from .sdk_name import SdkName

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Documentation(ApiModel):
    """Documentation, geographic location, and SDK metadata associated with a backend.

    Attributes:
        description: Short prose description of the backend shown in UIs.
        url: URL to the provider's documentation for this backend.
        status_url: URL to a live status page / dashboard for this backend.
        location: Geographic region where the backend hardware is physically located (ISO 3166 country code or region
            name).
        sdks: SDKs reachable against this backend.
        eu_sovereignty: True if the backend is operated under EU data-sovereignty guarantees.
        eu_sovereignty_disclaimer: Disclaimer text clarifying the scope / limits of the EU-sovereignty claim.
    """

    description: str | None | Unset = UNSET
    url: str | None | Unset = UNSET
    status_url: str | None | Unset = UNSET
    location: str | None | Unset = UNSET
    sdks: list[SdkName | BackendSdk] | Unset = UNSET
    eu_sovereignty: bool | Unset = UNSET
    eu_sovereignty_disclaimer: str | None | Unset = UNSET

    FIELDS = (
        ("description", "description"),
        ("url", "url"),
        ("status_url", "status_url"),
        ("location", "location"),
        ("sdks", "sdks"),
        ("eu_sovereignty", "eu_sovereignty"),
        ("eu_sovereignty_disclaimer", "eu_sovereignty_disclaimer"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.description = pop("description", UNSET)
        self.url = pop("url", UNSET)
        self.status_url = pop("status_url", UNSET)
        self.location = pop("location", UNSET)
        self.sdks = (
            UNSET
            if (value := pop("sdks", None)) is None
            else decode_list(
                value,
                lambda item: (
                    decode_model(item, _backend_sdk.BackendSdk) if isinstance(item, dict) else _sdk_name.read(item)
                ),
            )
        )
        self.eu_sovereignty = UNSET if (value := pop("eu_sovereignty", None)) is None else value
        self.eu_sovereignty_disclaimer = pop("eu_sovereignty_disclaimer", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

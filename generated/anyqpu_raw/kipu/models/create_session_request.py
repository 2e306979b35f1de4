from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import (
    provider as _provider,
    sdk_provider as _sdk_provider,
    session_mode as _session_mode,
)

if TYPE_CHECKING:
    from .provider import Provider
    from .sdk_provider import SdkProvider
    from .session_mode import SessionMode

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateSessionRequest(ApiModel):
    """CreateSessionRequest

    Attributes:
        backend_id: Unique backend identifier
        mode: Whether a session's jobs share the backend in batches or have it to themselves.
        provider: Cloud through which a backend is reached.
        ttl: Maximum Time-to-live for the session in seconds
        tags: Set of tags to identify or categorize the session
        sdk_provider: SDK that made the job or session.
    """

    backend_id: str
    mode: SessionMode
    provider: Provider
    ttl: int | Unset = UNSET
    tags: list[str] | Unset = UNSET
    metadata: dict[str, Any] | Unset = UNSET
    sdk_provider: SdkProvider | Unset = UNSET

    FIELDS = (
        ("backend_id", "backend_id"),
        ("mode", "mode"),
        ("provider", "provider"),
        ("ttl", "ttl"),
        ("tags", "tags"),
        ("metadata", "metadata"),
        ("sdk_provider", "sdk_provider"),
    )
    REQUIRED = frozenset(
        {
            "backend_id",
            "mode",
            "provider",
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
        self.backend_id = pop("backend_id")
        self.mode = _session_mode.read(pop("mode"))
        self.provider = _provider.read(pop("provider"))
        self.ttl = UNSET if (value := pop("ttl", None)) is None else value
        self.tags = UNSET if (value := pop("tags", None)) is None else value
        self.metadata = UNSET if (value := pop("metadata", None)) is None else value
        self.sdk_provider = UNSET if (value := pop("sdk_provider", None)) is None else _sdk_provider.read(value)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class EngagementCredentials(ApiModel):
    """Credentials are the ZeroMQ CURVE Keys used to encrypt the connection
    with the Quantum Processor
    Endpoint."""

    client_public: str
    client_secret: str
    server_public: str

    FIELDS = (
        ("client_public", "clientPublic"),
        ("client_secret", "clientSecret"),
        ("server_public", "serverPublic"),
    )
    REQUIRED = frozenset(
        {
            "clientPublic",
            "clientSecret",
            "serverPublic",
        }
    )
    SECRETS = frozenset(
        {
            "client_secret",
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
        self.client_public = pop("clientPublic")
        self.client_secret = pop("clientSecret")
        self.server_public = pop("serverPublic")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self

"""What is added to a request so that the cloud knows who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from anyqpu.errors import ConfigError
from anyqpu.transport.secret import Secret


class Auth(Protocol):
    """Gives the headers that identify the caller."""

    async def headers(self) -> dict[str, str]:
        """The headers, with the secrets in clear."""
        ...


@dataclass(frozen=True, slots=True)
class HeaderAuth:
    """Headers that stay the same: API keys and tokens that somebody else renews."""

    secrets: Mapping[str, Secret]
    prefix: str = ""
    plain: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for name, secret in self.secrets.items():
            text = secret.reveal()
            # Not shown: a mistyped credential is mostly still a credential.
            if not text.isascii() or not text.isprintable() or text != text.strip():
                raise ConfigError(f"the credential for {name} has characters that no header can hold")

    async def headers(self) -> dict[str, str]:
        """The headers, with the secrets in clear."""
        return {name: self.prefix + secret.reveal() for name, secret in self.secrets.items()} | dict(self.plain)

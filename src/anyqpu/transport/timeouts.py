"""How long to wait for what."""

from __future__ import annotations

from dataclasses import dataclass

from anyqpu.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each phase of an exchange, and for a call as a whole.

    Attributes:
        connect: Until there is a connection, encrypted if it has to be.
        read: For each wait for more of the answer.
        write: For each part of the request.
        total: For a call with its login, all its retries and the sleeps between them; also for a result that is
            downloaded into memory.
        download: For a download to a file.
    """

    connect: float = 10.0
    read: float = 30.0
    write: float = 30.0
    total: float = 120.0
    download: float = 3600.0

    def __post_init__(self) -> None:
        for name in ("connect", "read", "write", "total", "download"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise ConfigError(f"timeout is in seconds and more than 0; {name} is {value!r}")

    @classmethod
    def of(cls, value: float | Timeouts | None) -> Timeouts:
        """A number is the limit of each phase, and a quarter of that of a call as a whole."""
        if value is None:
            return cls()
        if isinstance(value, Timeouts):
            return value
        if isinstance(value, bool) or not value > 0:
            raise ConfigError(f"timeout is in seconds and more than 0, not {value!r}")
        return cls(connect=min(value, 10.0), read=value, write=value, total=4 * value)

"""How long to wait for what."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from anyqpu._checks import check_instance, check_number
from anyqpu._lazy import LazyModule

if TYPE_CHECKING:
    import numbers
else:
    numbers = LazyModule("numbers")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each phase of an exchange, and for a call as a whole.

    Attributes:
        connect: Until there is a connection, encrypted if it has to be.
        read: For each wait for more of the response.
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
        for field in fields(self):
            check_number(f"timeout {field.name}", getattr(self, field.name), above=0, unit="seconds")

    @classmethod
    def of(cls, value: float | Timeouts | None) -> Timeouts:
        """Return timeouts for a number: the limit of each phase, and a quarter of that of a call as a whole.

        Raises:
            ConfigError: The value is neither a number of seconds above 0 nor `Timeouts`.
        """
        if value is None:
            return cls()
        if isinstance(value, Timeouts):
            return value
        check_instance("timeout", value, numbers.Real, expected="a number of seconds or Timeouts")
        check_number("timeout", value, above=0, unit="seconds")
        return cls(connect=min(value, 10.0), read=value, write=value, total=4 * value)
